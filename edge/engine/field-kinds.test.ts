import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type AnyField,
  defineModule,
  entity,
  Field,
  f,
  parseManifest,
  toManifest,
} from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { seedFile } from '../files/seed-file.ts';
import { exportCsv } from './csv/export.ts';
import { importRecords } from './csv/import.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { callBy, targetOf } from './testing-library.ts';

interface Kind {
  readonly field: () => AnyField;
  /** Two values as JSON, the smaller first, and one that is refused. */
  readonly values: readonly [unknown, unknown];
  readonly bad: unknown;
  /** What a filter says of it: operators that find the second value alone; none for what has no order. */
  readonly finds?: readonly string[];
}

const ids = ['0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71', '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e72'] as const;
const ordered = ['[eq]=V', '[gt]=U', '[gte]=V', '[ne]=U', '[in]=V', '[nin]=U', '[between]=V,V'];
const kinds: Readonly<Record<string, Kind>> = {
  text: {
    field: () => f.text(),
    values: ["'=a", 'b;"ž'],
    bad: 5,
    finds: ['[eq]=V', '[ne]=U', '[contains]=;"', '[startsWith]=B'],
  },
  email: { field: () => f.text({ format: 'email' }), values: ['a@x.cz', 'b@x.cz'], bad: 'nobody', finds: ordered },
  richText: {
    field: () => f.richText(),
    values: ['-a\n\n**b**', 'c'],
    bad: 5,
    finds: ['[eq]=V', '[gt]=U', '[contains]=C'],
  },
  int: { field: () => f.int({ min: -5 }), values: [-5, 7], bad: -6, finds: ordered },
  decimal: { field: () => f.decimal({ scale: 2 }), values: ['-1.50', '10.05'], bad: '1.005', finds: ordered },
  whole: { field: () => f.decimal({ scale: 0 }), values: ['2', '10'], bad: '1.5', finds: ordered },
  money: {
    field: () => f.money(),
    values: [
      { amount: -100, currency: 'EUR' },
      { amount: 250, currency: 'EUR' },
    ],
    bad: { amount: 1.5, currency: 'EUR' },
    finds: ['.amount][eq]=250', '.amount][gt]=0'],
  },
  bool: { field: () => f.bool(), values: [false, true], bad: 'yes', finds: ['[eq]=V', '[ne]=U'] },
  date: { field: () => f.date(), values: ['2026-04-10', '2026-04-11'], bad: '2026-02-30', finds: ordered },
  instant: {
    field: () => f.instant(),
    values: ['2026-04-10T09:00:00Z', '2026-04-10T09:00:01Z'],
    bad: '2026-04-10',
    finds: ordered,
  },
  localTime: { field: () => f.localTime(), values: ['09:00', '24:00'], bad: '9', finds: ordered },
  duration: { field: () => f.duration({ min: 0 }), values: [15, 90], bad: -1, finds: ordered },
  zone: { field: () => f.zone(), values: ['Europe/Paris', 'Europe/Prague'], bad: 'Mars/Olympus', finds: ordered },
  enum: { field: () => f.enum(['a', 'b']), values: ['a', 'b'], bad: 'c', finds: ordered },
  ref: { field: () => f.ref('target'), values: ids, bad: 'nowhere', finds: ordered },
  file: { field: () => f.file(), values: ['a-1', 'b_2'], bad: 'nowhere', finds: ordered },
  picture: {
    field: () => f.file({ accept: ['image/*', 'text/plain'], maxBytes: 100 }),
    values: ['a-1', 'b_2'],
    bad: 'paper',
    finds: ordered,
  },
  small: { field: () => f.file({ maxBytes: 100 }), values: ['a-1', 'b_2'], bad: 'large', finds: ordered },
  pictures: {
    field: () => f.list(f.file({ accept: ['image/*'] })),
    values: [['a-1'], ['b_2', 'a-1']],
    bad: ['a-1', 'coming'],
    finds: ['[some][eq]=b_2'],
  },
  pictured: {
    field: () => f.object({ at: f.list(f.object({ of: f.file().optional() })) }),
    values: [{ at: [{ of: 'a-1' }] }, { at: [{ of: null }, { of: 'b_2' }] }],
    bad: { at: [{ of: 'gone' }] },
  },
  texts: { field: () => f.list(f.text()), values: [['a'], ['b;', '=c']], bad: [5], finds: ['[some][eq]=b;'] },
  numbers: {
    field: () => f.list(f.decimal({ scale: 1 })),
    values: [['1.0'], ['2.5', '3.0']],
    bad: ['x'],
    finds: ['[some][gt]=2', '[every][gte]=2.5'],
  },
  refs: {
    field: () => f.list(f.ref('target')),
    values: [[ids[0]], [ids[1]]],
    bad: [ids[0], 'nowhere'],
    finds: ['[some][eq]=V'],
  },
  objects: {
    field: () => f.list(f.object({ at: f.instant(), rate: f.decimal({ scale: 2 }).optional() })),
    values: [[{ at: '2026-04-10T09:00:00Z', rate: '1.00' }], [{ at: '2026-04-10T09:00:00Z', rate: '2.00' }]],
    bad: [{ at: 'soon' }],
    finds: ['[some][rate][gt]=1.5'],
  },
  object: { field: () => f.object({ n: f.int() }), values: [{ n: 1 }, { n: 2 }], bad: { n: 1, m: 2 } },
  json: { field: () => f.json(), values: ['5', { a: [1, null] }], bad: undefined },
  geo: {
    field: () => f.geo(),
    values: [
      { lat: 0, lng: -180 },
      { lat: 50.5, lng: 14.25 },
    ],
    bad: { lat: 91, lng: 0 },
  },
  address: {
    field: () => f.address(),
    values: [
      { line1: 'A 1', city: 'Brno', country: 'CZ' },
      { line1: 'B 2', city: 'Wien', country: 'AT', postalCode: '1010' },
    ],
    bad: { line1: 'A', city: 'B', country: 'XX' },
  },
  translated: {
    field: () => f.text({ max: 9 }).translated(),
    values: [{ en: 'a' }, { en: 'b', cs: 'ž' }],
    bad: { en: 'far too long' },
  },
};

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
  return defineModule({
    id: 'inlay.kinds',
    version: '1.0.0',
    type: 'app',
    label: 'Kinds',
    description: '',
    icon: 'x',
    categories: [],
    settings: {},
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
    events: {},
    actions: {},
  });
}

describe('every kind with every modifier', () => {
  let engine: TestEngine;
  let admin: Actor;
  before(async () => {
    const suited = cases.filter(({ kind, modifier }) => !unsuited(kind, modifier));
    engine = createTestEngine({ modules: [{ module: moduleOf(suited) }], now: '2026-01-05T09:00:00Z' });
    admin = engine.actors.admin;
    const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
    const sql = 'INSERT INTO "kinds_target" ("id", "created_at", "updated_at", "rev", "n") VALUES (?, 1, 1, 1, 1)';
    await db.write(ids.map(id => ({ sql, args: [id] })));
    for (const id of ['a-1', 'b_2']) await seedFile(engine, id);
    await seedFile(engine, 'paper', { mime: 'application/pdf' });
    await seedFile(engine, 'large', { size: 101 });
    await seedFile(engine, 'coming', { state: 'uploaded' });
    await seedFile(engine, 'gone', { deletedAt: 1 });
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
