import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ManifestJson, parseManifest, toManifest } from '../../schemas/module/index.ts';
import { folk, loyalty } from '../engine/testing-loyalty.ts';
import { collisions } from './collisions.ts';
import { compareManifests } from './compatibility.ts';
import { planChange } from './plan.ts';
import { disagreements } from './steps.ts';

const [people, card] = [toManifest(folk), toManifest(loyalty)];
const app = (id: string, more: object = {}): ManifestJson =>
  parseManifest({
    id,
    version: '1.0.0',
    type: 'app',
    label: 'A',
    description: '',
    icon: 'x',
    categories: [],
    requires: { folk: { range: '^1.0.0' } },
    settings: {},
    entities: {},
    events: {},
    actions: {},
    ...more,
  });
const widget = (tag: string) => ({ tag, label: 'W', surfaces: ['site'], actions: [], height: 10 });
const extending = (id: string, target: string, fields: object) =>
  app(id, { extends: { [target]: { fields, access: {} } } });
const text = { kind: 'text', required: false };

test('modules that do not touch one another stand side by side', () => {
  assert.deepEqual(collisions([people, card, app('acme.other', { widgets: { a: widget('inlay-a') } })]), []);
});

test('tables, tags, pages and added fields that two modules claim are named', () => {
  const one = app('acme.one', { widgets: { board: widget('inlay-one') } });
  assert.deepEqual(collisions([people, one, app('acme.two', { widgets: { wall: widget('inlay-one') } })]), [
    'one and two both have the tag <inlay-one>.',
  ]);
  assert.deepEqual(collisions([people, one, app('acme.two', { widgets: { board: widget('inlay-two') } })]), [
    'one and two both have the page /p/SITE/board.',
  ]);
  const entity = { label: 'E', fields: {}, access: {}, table: 'folk_person' };
  assert.deepEqual(collisions([people, app('acme.two', { entities: { e: entity } })]), [
    'folk and two both have the table folk_person.',
  ]);
  const stars = (id: string) => extending(id, 'folk.person', { stars: text });
  assert.deepEqual(collisions([people, stars('acme.guest-1'), stars('acme.guest1')]), [
    'guest-1 and guest1 both have the field guest1_stars of folk.person.',
  ]);
  const taken = { ...people.entities['person']!, fields: { old: { ...text, column: 'crm__stars' } } };
  const owner = { ...people, entities: { person: taken } } as ManifestJson;
  assert.deepEqual(collisions([owner, stars('inlay.crm')]), [
    'folk and crm both have the column crm__stars of folk.person.',
  ]);
});

test('an install that would collide, and an upgrade that takes an extended entity away, are conflicts of the plan', () => {
  const board = (id: string) => app(id, { widgets: { board: widget(`inlay-${id.slice(5)}`) } });
  const [one, two] = [board('acme.one'), board('acme.two')];
  const bare = { ...people, version: '1.1.0', entities: {}, actions: {} };
  const catalogue = new Map(
    [[bare, people], [card], [one], [two]].map(manifests => [
      manifests[0]!.id.split('.')[1]!,
      manifests.map(manifest => ({ version: manifest.version, manifest })),
    ]),
  );
  const installed = ['folk', 'one', 'loyalty-card'].map(module => ({ module, version: '1.0.0' }));
  assert.deepEqual(planChange(catalogue, installed, { module: 'two' }).conflicts, [
    'one and two both have the page /p/SITE/board.',
  ]);
  assert.deepEqual(planChange(catalogue, installed, { module: 'folk', version: '1.1.0' }).conflicts, [
    'loyalty-card 1.0.0 adds fields to folk.person, which folk 1.1.0 does not have.',
  ]);
});

test('added fields are scopes to agree to, and their columns keep their type for ever', () => {
  const { scopes } = compareManifests('loyalty-card', undefined, card);
  assert.ok(scopes.includes('keep points on folk.person') && scopes.includes('award acts as the system'));
  const fields = {
    ...card.extends!['folk.person']!.fields,
    points: { ...text, kind: 'text' as const, required: false },
  };
  const later = { ...card, version: '1.1.0', extends: { 'folk.person': { fields, access: {} } } } as ManifestJson;
  assert.deepEqual(disagreements(card, later), [
    'folk.person: loyaltyCard_points is stored as TEXT, in 1.0.0 as INTEGER.',
  ]);
});
