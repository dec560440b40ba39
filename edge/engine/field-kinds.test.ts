import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type AnyField, entity, Field, f, parseManifest, toManifest } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { exportCsv } from './csv/export.ts';
import { importRecords } from './csv/import.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { type Kind, kinds, seedKinds } from './testing-kinds.ts';
import { callBy, targetOf } from './testing-library.ts';
import { testModule } from './testing-module.ts';

/** What each modifier asks of a kind; a kind that it does not suit is refused with the manifest. */
const modifiers: Readonly<Record<string, (field: AnyField, kind: Kind) => AnyField>> = {
  required: field => field,
  optional: field => field.optional(),
  unique: field => field.unique(),
  index: field => field.index(),
  search: field => field.search(),
  pii: field => field.pii(),
  immutable: field => field.immutable(),
  encrypted: field => field.encrypted(),
};
const unsuited = (kind: string, modifier: string): boolean =>
  modifier === 'encrypted' && (kind === 'ref' || kind === 'refs' || kind === 'translated');

/** Kinds whose wrong values only the commit knows; a lock refuses before it. */
const judgedLater = new Set(['ref', 'refs', 'file', 'picture', 'small', 'pictures', 'pictured']);

const all = { read: true, create: true, update: true, delete: true } as const;
const cases = Object.keys(kinds).flatMap(kind => Object.keys(modifiers).map(modifier => ({ kind, modifier })));
const nameOf = (kind: string, modifier: string) => `${kind}${modifier[0]!.toUpperCase()}${modifier.slice(1)}`;

function moduleOf(suited: readonly { kind: string; modifier: string }[]) {
  return testModule({
    id: 'inlay.kinds',
    entities: {
      target: entity({ label: 'Target', fields: { n: f.int() }, access: { admin: all } }),
      ...Object.fromEntries(
        suited.map(({ kind, modifier }) => [
          nameOf(kind, modifier),
          entity({
            label: 'Case',
            fields: { n: f.int(), value: modifiers[modifier]!(kinds[kind]!.field(), kinds[kind]!) },
            access: { admin: all },
          }),
        ]),
      ),
    },
  });
}

describe('every kind with every modifier', () => {
  let engine: TestEngine;
  let admin: Actor;
  before(async () => {
    const suited = cases.filter(({ kind, modifier }) => !unsuited(kind, modifier));
    engine = createTestEngine({ modules: [{ module: moduleOf(suited) }], now: '2026-01-05T09:00:00Z' });
    admin = engine.actors.admin;
    await seedKinds(engine);
  });
  after(() => engine.close());

  for (const { kind, modifier } of cases) {
    const { values, bad, finds } = kinds[kind]!;
    const [low, high] = values;
    const name = nameOf(kind, modifier);
    if (unsuited(kind, modifier)) {
      test(`${kind} ${modifier} is refused`, () => {
        assert.throws(() => parseManifest(toManifest(moduleOf([{ kind, modifier }]))), /encrypted/);
      });
      continue;
    }
    test(`${kind} ${modifier}`, async () => {
      const create = (value: unknown, n = 1) => engine.create(admin, 'kinds', name, { n, value });
      const get = async (id: string) => (await engine.get(admin, 'kinds', name, id))['value'];
      const list = async (query: string) => (await engine.list(admin, 'kinds', name, query)).map(row => row['n']);
      const complete = (value: unknown) =>
        kind === 'objects' ? (value as object[]).map(item => ({ rate: null, ...item })) : value;

      // Create and read: the reply says what a read will say.
      const first = await create(low, 1);
      assert.deepEqual(first['value'], complete(low));
      assert.deepEqual(await get(first.id), complete(low));
      if (bad !== undefined) {
        await assert.rejects(create(bad), { code: 'VALIDATION_FAILED' });
        const target = targetOf(engine, 'kinds', name);
        const rows = [{ n: 9, value: bad }];
        if (judgedLater.has(kind)) {
          const refused = await importRecords(engine.runtime, callBy(engine, admin), target, { rows });
          const { data } = JSON.parse(refused.body) as { data: { new: number; errors: { row: number }[] } };
          assert.deepEqual([data.new, data.errors[0]?.row], [0, 1], refused.body);
        }
      }
      if (modifier === 'optional') {
        const empty = await engine.create(admin, 'kinds', name, { n: 0 });
        assert.equal(await get(empty.id), null);
        await engine.remove(admin, 'kinds', name, empty.id);
      } else if (kind !== 'json') {
        await assert.rejects(engine.create(admin, 'kinds', name, { n: 0 }), { code: 'VALIDATION_FAILED' });
      }
      if (modifier === 'unique') {
        await assert.rejects(create(low, 3), { code: 'ALREADY_EXISTS' });
      }

      // Update.
      const second = await create(modifier === 'immutable' || modifier === 'unique' ? high : low, 2);
      const change = engine.update(admin, 'kinds', name, second.id, { value: high });
      assert.deepEqual((await change)['value'], complete(high));
      assert.deepEqual(await get(second.id), complete(high));
      if (modifier === 'immutable') {
        const again = engine.update(admin, 'kinds', name, second.id, { value: low });
        await assert.rejects(again, { code: 'LOCKED' });
      }
      if (bad !== undefined) {
        const wrong = engine.update(admin, 'kinds', name, second.id, { value: bad });
        await assert.rejects(wrong, {
          code: modifier === 'immutable' && judgedLater.has(kind) ? 'LOCKED' : 'VALIDATION_FAILED',
        });
      }

      // Filter and sort.
      if (modifier === 'encrypted') {
        await assert.rejects(list('filter[value][null]=false'), { code: 'INVALID_QUERY' });
        await assert.rejects(list('sort=value'), { code: 'INVALID_QUERY' });
      } else {
        const text = (value: unknown) => encodeURIComponent(String(Array.isArray(value) ? value[0] : value));
        for (const find of finds ?? []) {
          const path = find.startsWith('.') ? `value${find}` : `value]${find}`;
          const query = `filter[${path}`
            .replace('=V,V', `=${text(high)},${text(high)}`)
            .replace('=V', `=${text(high)}`);
          assert.deepEqual(await list(query.replace('=U', `=${text(low)}`)), [2], find);
        }
        const compared = !['geo', 'address', 'translated'].includes(kind);
        if (compared) assert.deepEqual(await list('filter[value][null]=false&sort=n'), [1, 2]);
        else await assert.rejects(list('filter[value][null]=false'), { code: 'INVALID_QUERY' });
        if (finds?.includes('[gt]=U')) assert.deepEqual(await list('sort=-value'), [2, 1]);
      }

      // Out as CSV, and in again as new records.
      if (modifier === 'encrypted' || modifier === 'unique') return;
      const target = targetOf(engine, 'kinds', name);
      const file = await new Response(
        await exportCsv(engine.runtime, callBy(engine, admin), target, [['sort', 'n']]),
      ).text();
      const reply = await importRecords(engine.runtime, callBy(engine, admin), target, { csv: file });
      const { data } = JSON.parse(reply.body) as { data: { new: number; errors: unknown[] } };
      assert.deepEqual([data.new, data.errors], [2, []], file);
      const copies = await engine.list(admin, 'kinds', name, 'sort=n,createdAt');
      assert.deepEqual(
        copies.map(row => row['value']),
        [low, low, high, high].map(complete),
        file,
      );
    });
  }

  test('a part of a field takes no modifier that needs a column', () => {
    for (const part of [f.text().encrypted(), f.int().unique(), f.sequence('{##}'), f.int().computed('1')]) {
      for (const field of [new Field({ kind: 'list', of: part.json, required: true }), f.object({ part })]) {
        const module = moduleOf([]);
        const manifest = toManifest({
          ...module,
          entities: { a: entity({ label: 'A', fields: { field }, access: {} }) },
        });
        assert.throws(() => parseManifest(manifest), /a part of a field has no column/);
      }
    }
  });
});
