import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTestEngine } from '../../../edge/engine/testing.ts';
import { stagger } from '../../../edge/engine/testing-stagger.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { stock } from '../module.ts';
import { stockCode } from './index.ts';

interface Level {
  readonly id: string;
  readonly item: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly backorder: boolean;
}

/** A store with some of each of these things, as another module would keep it. */
const openStore = async (t: TestContext, things: Readonly<Record<string, number>>) => {
  const engine = createTestEngine({ modules: [{ module: stock, code: stockCode }], now: '2026-04-01T08:00:00Z' });
  t.after(() => engine.close());
  const shop: Actor = { ...engine.actors.admin, kind: 'module', role: null };
  const ask = (action: string, input: unknown) => engine.call(shop, 'stock', action, input);
  for (const [item, quantity] of Object.entries(things)) {
    await ask('open', { item, label: `Thing ${item}` });
    if (quantity > 0) await ask('put', { items: [{ item, quantity }] });
  }
  await stagger(engine);
  return {
    engine,
    ask,
    of: (action: string, item: string, quantity: number, more = {}) =>
      ask(action, { items: [{ item, quantity, ...more }] }),
    level: async (item: string) => {
      const found = await ask('levels', { items: [item] });
      const { onHand, reserved } = (found['levels'] as Level[])[0]!;
      return [onHand, reserved];
    },
  };
};

const codes = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map(result => (result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code));

test('EC-01 of 100 who reserve the last one, one has it', async t => {
  const store = await openStore(t, { mug: 1 });
  const outcome = codes(await Promise.allSettled(Array.from({ length: 100 }, () => store.of('reserve', 'mug', 1))));
  assert.equal(outcome.filter(code => code === 'ok').length, 1);
  assert.equal(outcome.filter(code => code === 'OUT_OF_STOCK').length, 99);
  assert.deepEqual(await store.level('mug'), [1, 1]);
  await store.of('take', 'mug', 1);
  assert.deepEqual(await store.level('mug'), [0, 0]);
});

test('100 who reserve one of 100 all have it, and none had to come again', async t => {
  const store = await openStore(t, { mug: 100 });
  const outcome = codes(await Promise.allSettled(Array.from({ length: 100 }, () => store.of('reserve', 'mug', 1))));
  assert.deepEqual([...new Set(outcome)], ['ok']);
  assert.deepEqual(await store.level('mug'), [100, 100]);
});

test('EC-02 more than there is fails and reserves nothing; backorder may; a reservation grows as far as there is room', async t => {
  const store = await openStore(t, { mug: 2, bowl: 10 });
  await assert.rejects(store.of('reserve', 'mug', 3), { code: 'OUT_OF_STOCK' });
  assert.deepEqual(await store.level('mug'), [2, 0]);
  await store.of('reserve', 'mug', 3, { backorder: true });
  assert.deepEqual(await store.level('mug'), [2, 3]);
  await store.of('take', 'mug', 3);
  assert.deepEqual(await store.level('mug'), [-1, 0]);
  await store.of('reserve', 'bowl', 3);
  await store.of('reserve', 'bowl', 7);
  assert.deepEqual(await store.level('bowl'), [10, 10]);
  await assert.rejects(store.of('reserve', 'bowl', 1), { code: 'OUT_OF_STOCK' });
  await assert.rejects(store.of('reserve', 'unknown', 1), { code: 'UNKNOWN_ITEM' });
});

test('EC-03 two items short are both named, and of the others nothing is reserved', async t => {
  const store = await openStore(t, { mug: 2, bowl: 1, plate: 5 });
  const items = [
    { item: 'plate', quantity: 5 },
    { item: 'mug', quantity: 3 },
    { item: 'bowl', quantity: 1 },
    { item: 'bowl', quantity: 1 },
  ];
  await assert.rejects(store.ask('reserve', { items }), (error: { options: { errors?: { pointer: string }[] } }) => {
    assert.deepEqual(
      error.options.errors?.map(({ pointer }) => pointer),
      ['/items/1', '/items/2'],
    );
    return true;
  });
  assert.deepEqual(await store.level('plate'), [5, 0]);
});

test('what is not reserved cannot be released or taken, and the journal adds up to the level', async t => {
  const store = await openStore(t, { mug: 5 });
  await assert.rejects(store.of('release', 'mug', 1), { code: 'NOT_RESERVED' });
  await store.of('reserve', 'mug', 4);
  await store.of('release', 'mug', 1);
  await store.of('take', 'mug', 2);
  await assert.rejects(store.of('take', 'mug', 2), { code: 'NOT_RESERVED' });
  assert.deepEqual(await store.level('mug'), [3, 1]);
  const { engine } = store;
  const rows = await engine.list<{ kind: string; quantity: number }>(engine.actors.staff, 'stock', 'movement');
  const total = (kind: string) => rows.filter(row => row.kind === kind).reduce((sum, row) => sum + row.quantity, 0);
  assert.deepEqual(await store.level('mug'), [
    total('put') - total('take'),
    total('reserve') - total('release') - total('take'),
  ]);
});

test('the desk counts what is there, and not below what is promised', async t => {
  const store = await openStore(t, { mug: 5 });
  const { engine } = store;
  const { admin, staff, visitor } = engine.actors;
  await store.of('reserve', 'mug', 3);
  const [{ id }] = (await engine.list<Level>(admin, 'stock', 'level')) as [Level];
  await engine.update(staff, 'stock', 'level', id, { onHand: 3 });
  await assert.rejects(engine.update(admin, 'stock', 'level', id, { onHand: 2 }), { code: 'OUT_OF_STOCK' });
  await assert.rejects(engine.update(admin, 'stock', 'level', id, { reserved: 0 }));
  await assert.rejects(engine.list(visitor, 'stock', 'level'));
  await assert.rejects(engine.call(visitor, 'stock', 'put', { items: [{ item: 'mug', quantity: 1 }] }));
  await assert.rejects(engine.call(admin, 'stock', 'reserve', { items: [{ item: 'mug', quantity: 1 }] }));
});

test('an item is opened once, and keeps its newest name', async t => {
  const store = await openStore(t, { mug: 5 });
  await store.ask('open', { item: 'mug', label: 'Blue mug' });
  const rows = await store.engine.list<{ label: string; onHand: number }>(store.engine.actors.admin, 'stock', 'level');
  assert.deepEqual(
    rows.map(({ label, onHand }) => [label, onHand]),
    [['Blue mug', 5]],
  );
});
