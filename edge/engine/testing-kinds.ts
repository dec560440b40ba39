/** Every kind of field with values for tests, and what those refer to. */
import { type AnyField, f } from '../../schemas/module/index.ts';
import { seedFile } from '../files/seed-file.ts';
import type { TestEngine } from './testing.ts';

export interface Kind {
  readonly field: () => AnyField;
  /** Two values as JSON, the smaller first, and one that is refused. */
  readonly values: readonly [unknown, unknown];
  readonly bad: unknown;
  /** What a filter says of it: operators that find the second value alone; none for what has no order. */
  readonly finds?: readonly string[];
}

const ids = ['0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71', '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e72'] as const;
const ordered = ['[eq]=V', '[gt]=U', '[gte]=V', '[ne]=U', '[in]=V', '[nin]=U', '[between]=V,V'];
export const kinds: Readonly<Record<string, Kind>> = {
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

/** Makes the records and files that the values name, for a module `kinds` with an entity `target`. */
export async function seedKinds(engine: TestEngine): Promise<void> {
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  const sql = 'INSERT INTO "kinds_target" ("id", "created_at", "updated_at", "rev", "n") VALUES (?, 1, 1, 1, 1)';
  await db.write(ids.map(id => ({ sql, args: [id] })));
  for (const id of ['a-1', 'b_2']) await seedFile(engine, id);
  await seedFile(engine, 'paper', { mime: 'application/pdf' });
  await seedFile(engine, 'large', { size: 101 });
  await seedFile(engine, 'coming', { state: 'uploaded' });
  await seedFile(engine, 'gone', { deletedAt: 1 });
}
