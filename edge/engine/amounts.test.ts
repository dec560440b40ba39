import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { defineModule, entity, f, implement } from '../../schemas/module/index.ts';
import { createTestEngine } from './testing.ts';
import { stagger } from './testing-stagger.ts';

const tally = defineModule({
  id: 'acme.tally',
  version: '1.0.0',
  type: 'system',
  label: 'Tally',
  description: 'A count with a limit.',
  icon: 'list',
  categories: [],
  settings: {},
  errors: { FULL: { status: 409, title: 'It is full' } },
  entities: {
    count: entity({
      label: 'Count',
      fields: {
        value: f.int().default(0),
        spare: f.int().optional(),
        most: f.int().default(1000),
        seen: f.int().default(0),
        word: f.text().default('x'),
        fixed: f.int().optional().immutable(),
      },
      constraints: [
        { name: 'within_most', check: { left: 'value', op: 'lte', right: 'most' }, code: 'FULL', retry: true },
      ],
      access: { admin: { read: true, create: true, update: true } },
    }),
  },
  events: {},
  actions: {
    add: {
      input: { count: f.ref('count'), field: f.text(), by: f.int() },
      output: { read: f.int() },
      access: ['admin', 'public'],
      effect: 'write',
      system: true,
    },
  },
});

/** How often the handler ran. */
const open = async (t: TestContext) => {
  const runs = { n: 0 };
  const code = implement(tally, {
    actions: {
      async add({ count, field, by }, ctx) {
        runs.n += 1;
        const row = await ctx.asSystem().count.get(count);
        if (row && row.value + by > row.most) ctx.fail('FULL', { detail: `${row.value} of ${row.most}` });
        ctx.asSystem().count.add(count, { [field]: by });
        return { read: row?.value ?? 0 };
      },
    },
  });
  const engine = createTestEngine({ modules: [{ module: tally, code }], now: '2026-04-01T08:00:00Z' });
  t.after(() => engine.close());
  await stagger(engine);
  const { admin } = engine.actors;
  return {
    runs,
    engine,
    make: async (values: object) => (await engine.create(admin, 'tally', 'count', values)).id,
    row: (id: string) => engine.get<Record<string, number>>(admin, 'tally', 'count', id),
    add: (count: string, by: number, field = 'value') => engine.call(admin, 'tally', 'add', { count, field, by }),
  };
};

test('callers who add to one row at once add up, and none runs again', async t => {
  const { runs, make, row, add } = await open(t);
  const id = await make({});
  await Promise.all(Array.from({ length: 60 }, (_, i) => add(id, i % 3 === 0 ? -1 : 2)));
  const { value, rev } = await row(id);
  assert.deepEqual([value, rev, runs.n], [60, 61, 60]);
});

test('a constraint judges the sum: as many get in as there is room for, and the others are told on fresh reads', async t => {
  const { runs, make, row, add } = await open(t);
  const id = await make({ most: 7 });
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => add(id, 1)));
  const refused = results.flatMap(result =>
    result.status === 'rejected' ? [result.reason as { code: string; message: string }] : [],
  );
  assert.equal((await row(id))['value'], 7);
  assert.deepEqual([...new Set(refused.map(({ code, message }) => `${code} ${message}`))], ['FULL 7 of 7']);
  assert.equal(refused.length, 23);
  assert.ok(runs.n > 30, 'those who had read room came again');
});

test('what has no value counts from 0, a row that is gone is not there, and only numbers are added to', async t => {
  const { make, row, add } = await open(t);
  const id = await make({});
  await add(id, 4, 'spare');
  assert.equal((await row(id))['spare'], 4);
  await assert.rejects(add('unknown', 1), { code: 'NOT_FOUND' });
  await assert.rejects(add(id, 1, 'word'), TypeError);
  await assert.rejects(add(id, 1, 'nothing'), TypeError);
  await assert.rejects(add(id, 1, 'fixed'), TypeError);
});
