import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { entity, f } from '../../../schemas/module/index.ts';
import { createTestEngine } from '../testing.ts';
import { callBy, targetOf } from '../testing-library.ts';
import { testModule } from '../testing-module.ts';
import { importRecords } from './import.ts';

interface Outcome {
  import: string | null;
  new: number;
  update: number;
  error: number;
  errors: { row: number; pointer: string; code: string; message: string }[];
}

const all = { read: true, create: true, update: true, delete: true } as const;
const shelf = testModule({
  id: 'inlay.shelf',
  entities: {
    item: entity({
      label: 'Item',
      fields: {
        code: f.text().unique(),
        weight: f.decimal({ scale: 2 }).optional().unique(),
        room: f.text().default('A'),
        slot: f.int().optional(),
        size: f.enum(['small', 'large']).default('small'),
        from: f.int().default(0),
        to: f.int().default(1),
        next: f.ref('item', 'setNull').optional(),
        beside: f.list(f.ref('item')).default([]),
        parts: f.list(f.object({ of: f.ref('item').optional() })).default([]),
        half: f.int().default(1),
        whole: f.int().computed('10 / record.half'),
      },
      constraints: [
        { name: 'one_per_slot', unique: ['room', 'slot'] },
        { name: 'one_large', unique: ['room', 'size'], where: { size: { eq: 'large' } } },
        { name: 'in_order', check: { left: 'from', op: 'lt', right: 'to' } },
      ],
      access: { admin: all },
    }),
  },
});

function openShelf(t: TestContext) {
  const engine = createTestEngine({ modules: [{ module: shelf }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const target = targetOf(engine, 'shelf', 'item');
  const call = callBy(engine, engine.actors.admin);
  const take = async (body: object) =>
    JSON.parse((await importRecords(engine.runtime, call, target, body)).body).data as Outcome;
  const both = async (body: object) => {
    const dry = await take({ ...body, dryRun: true });
    const real = await take(body);
    assert.deepEqual({ ...dry, import: null, dryRun: false }, { ...real, import: null }, 'a dry run tells the same');
    return real;
  };
  const codes = async () =>
    (await engine.list<{ code: string }>(engine.actors.admin, 'shelf', 'item', 'sort=code&page[size]=200')).map(
      ({ code }) => code,
    );
  const create = (values: object) => engine.create(engine.actors.admin, 'shelf', 'item', values);
  return { engine, take, both, codes, create };
}

const told = ({ errors }: Outcome) => errors.map(({ row, pointer, code }) => `${row} ${pointer} ${code}`);

test('a row whose value is taken is told by its number and left out, whoever holds the value', async t => {
  const { both, codes, create } = openShelf(t);
  await create({ code: 'old', weight: '1.50', room: 'B', slot: 1 });
  const rows = [
    { code: 'a', slot: 1 },
    { code: 'old' },
    { code: 'a' },
    { code: 'b', weight: '1.5' },
    { code: 'c', slot: 1 },
    { code: 'd', room: 'B', slot: 1 },
    { code: 'e', weight: '2', slot: 2 },
    { code: 'f', weight: '2.00' },
  ];
  const done = await both({ rows });
  assert.deepEqual(told(done), [
    '2 /code ALREADY_EXISTS',
    '3 /code ALREADY_EXISTS',
    '4 /weight ALREADY_EXISTS',
    '5 /room ALREADY_EXISTS',
    '5 /slot ALREADY_EXISTS',
    '6 /room ALREADY_EXISTS',
    '6 /slot ALREADY_EXISTS',
    '8 /weight ALREADY_EXISTS',
  ]);
  assert.deepEqual([done.new, done.update, done.error], [2, 0, 6]);
  assert.equal(done.errors[1]!.message, 'Row 1 has it already');
  assert.deepEqual(await codes(), ['a', 'e', 'old']);
});

test('what only the commit can judge is told by its row too: a condition, a check, a value that cannot be worked out', async t => {
  const { both, codes } = openShelf(t);
  const rows = [
    { code: 'a', size: 'large' },
    { code: 'b', size: 'large' },
    { code: 'c', from: 5, to: 2 },
    { code: 'd', half: 5 },
    { code: 'f', half: 0 },
    { code: 'e', room: 'B', size: 'large' },
  ];
  const done = await both({ rows });
  assert.deepEqual(told(done), [
    '2 /room ALREADY_EXISTS',
    '2 /size ALREADY_EXISTS',
    '3  CONFLICT',
    '5 /whole NOT_COMPUTABLE',
  ]);
  assert.deepEqual([done.new, done.error], [3, 3]);
  assert.deepEqual(await codes(), ['a', 'd', 'e']);
});

test('a reference that leads nowhere is told by its row, in lists and objects too', async t => {
  const { both, codes, create } = openShelf(t);
  const { id } = await create({ code: 'old' });
  const rows = [
    { code: 'a', next: id, beside: [id], parts: [{ of: id }, {}] },
    { code: 'b', next: 'nowhere' },
    { code: 'c', beside: [id, 'nowhere'] },
    { code: 'd', parts: [{ of: id }, { of: 'nowhere' }] },
  ];
  const done = await both({ rows });
  assert.deepEqual(told(done), ['2 /next NOT_FOUND', '3 /beside/1 NOT_FOUND', '4 /parts/1/of NOT_FOUND']);
  assert.deepEqual(await codes(), ['a', 'old']);
});

test('changed records make room for those behind them, and rows of one record stand or fall together', async t => {
  const { both, codes, create } = openShelf(t);
  await create({ code: 'x', weight: '1' });
  await create({ code: 'y', weight: '2' });
  const done = await both({
    match: 'code',
    rows: [
      { code: 'x', weight: '3' },
      { code: 'y', weight: '1' },
      { code: 'z', weight: '2' },
      { code: 'q', weight: '9' },
      { code: 'q', weight: '3' },
    ],
  });
  assert.deepEqual(told(done), ['4 /weight ALREADY_EXISTS', '5 /weight ALREADY_EXISTS']);
  assert.deepEqual([done.new, done.update, done.error], [1, 2, 2]);
  assert.deepEqual(await codes(), ['x', 'y', 'z']);
});

test('records are found by a decimal, and a wrong value is told in words', async t => {
  const { both, create } = openShelf(t);
  await create({ code: 'x', weight: '1.50' });
  const csv = 'code,weight,size,slot,next\nx2,1.5,huge,,\nx3,1.5,large,,\nx4,7,small,many,\nx5,8,,,=1+1\n';
  const done = await both({ csv, match: 'weight' });
  assert.deepEqual(
    done.errors.map(({ row, pointer, message }) => [row, pointer, message]),
    [
      [1, '/size', 'Choose one of: small, large'],
      [3, '/slot', 'Enter a whole number'],
      [4, '/next', 'A record that this points to is not there'],
    ],
  );
  assert.deepEqual([done.new, done.update, done.error], [0, 1, 3]);
});
