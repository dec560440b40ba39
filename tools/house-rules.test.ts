import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newIds } from '../edge/engine/compile/new-ids.ts';
import { entity, f, type ManifestJson, toManifest, withStableIds } from '../schemas/module/index.ts';
import { houseRules } from './house-rules.ts';

const manifestOf = (version: `1.${number}.0`, more: object = {}): ManifestJson =>
  toManifest({
    ...{ id: 'inlay.notes', type: 'app', label: 'Notes', description: '', icon: 'x', categories: [] },
    version,
    settings: {},
    entities: { note: entity({ label: 'Note', fields: { text: f.text(), ...more }, access: {} }) },
    events: {},
    actions: {},
  } as Parameters<typeof toManifest>[0]);

let drawn = 0;
const withIds = (manifest: ManifestJson): ManifestJson =>
  withStableIds(
    manifest,
    newIds(manifest, {}, () => {
      drawn += 1;
      return String(drawn).padStart(10, 'a');
    }),
  );
const found = (before: ManifestJson | undefined, after: ManifestJson) =>
  houseRules(before, after).map(({ level, code, pointer }) => `${level} ${code} ${pointer}`);

test('what was never published, and what has not changed, owes nothing', () => {
  const bare = manifestOf('1.0.0');
  assert.deepEqual([found(undefined, bare), found(bare, structuredClone(bare))], [[], []]);
});

test('other content under a version that is published is an error, under an older one too', () => {
  const before = withIds(manifestOf('1.1.0'));
  for (const version of ['1.1.0', '1.0.0'] as const) {
    const after = withIds(manifestOf(version, { colour: f.text().optional() }));
    assert.deepEqual(found(before, after), ['error version_not_raised /version']);
  }
  assert.deepEqual(found(before, withIds(manifestOf('1.2.0', { colour: f.text().optional() }))), []);
});

test('entities and fields that have no id are named before they are published again', () => {
  const before = manifestOf('1.0.0');
  assert.deepEqual(found(before, manifestOf('1.1.0', { colour: f.text().optional() })), [
    'error id_missing /entities/note',
    'error id_missing /entities/note/fields/text',
    'error id_missing /entities/note/fields/colour',
  ]);
});
