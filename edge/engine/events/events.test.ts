/** Deliveries: order by key, each subscriber by itself, one commit with what it writes, tries and dead letters. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { tries } from '../backoff.ts';
import { createTestEngine, type TestEngine } from '../testing.ts';
import { errandsModule, type Hooks } from '../testing-errands.ts';
import { rows } from '../testing-room.ts';

function start(t: TestContext, hooks: Hooks): TestEngine {
  t.mock.method(console, 'error', () => {});
  const engine = createTestEngine({ modules: [errandsModule(hooks)], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  return engine;
}
const tell = (engine: TestEngine, text: string, key?: string) =>
  engine.call(engine.actors.admin, 'errands', 'tell', { text, key });
const heard = async (engine: TestEngine, by: string) =>
  (await rows(engine, `SELECT text FROM errands_note WHERE source = '${by}' ORDER BY id`)).map(row => row[0]);
const states = async (engine: TestEngine) =>
  (await rows(engine, 'SELECT subscriber, state, attempts FROM _delivery ORDER BY seq')).map(row => row.join(' '));

test('a failure holds back its own key and its own subscriber, nobody else', async t => {
  let broken = true;
  const engine = start(t, {
    before: (errand, text) => {
      if (broken && errand === 'hear' && text === 'a1') throw new Error('not now');
    },
  });
  for (const text of ['a1', 'b1', 'a2', 'b2']) await tell(engine, text, text[0]);
  await engine.deliver();
  assert.deepEqual(await heard(engine, 'hear'), ['b1', 'b2']);
  assert.deepEqual(await heard(engine, 'overhear'), ['a1', 'b1', 'a2', 'b2']);
  broken = false;
  await engine.deliver();
  assert.deepEqual(await heard(engine, 'hear'), ['b1', 'b2'], 'it waits for its time');
  engine.now += 10_000;
  await engine.deliver();
  assert.deepEqual(await heard(engine, 'hear'), ['b1', 'b2', 'a1', 'a2']);
  assert.equal((await heard(engine, 'overhear')).length, 4, 'the other did not hear anything twice');
});

test("a hundred events of one record come in the commits' order", async t => {
  const engine = start(t, {});
  const texts = Array.from({ length: 100 }, (_, index) => `n${index}`);
  for (const text of texts) await tell(engine, text, 'one');
  await engine.deliver();
  assert.deepEqual(await heard(engine, 'hear'), texts);
});

test('what is written and that it was heard are one commit; the mail keeps its key', async t => {
  let failures = 2;
  const engine = start(t, {
    after: errand => {
      if (errand === 'hear' && failures-- > 0) throw new Error('died between effect and mark');
    },
  });
  await tell(engine, 'x');
  for (let round = 0; round < 4; round++) {
    await engine.deliver();
    engine.now += 60_000;
  }
  assert.deepEqual(await heard(engine, 'hear'), ['x']);
  assert.equal(engine.mails.length, 1, 'every try had the same key');
  assert.deepEqual(await states(engine), ['errands.hear done 3', 'errands.overhear done 1']);
});

test('after the last try it is a dead letter, and later events of the record go on', async t => {
  const engine = start(t, {
    before: (errand, text) => {
      if (errand === 'hear' && text === 'bad') throw new RangeError('never');
    },
  });
  await tell(engine, 'bad', 'one');
  await tell(engine, 'good', 'one');
  const waits: number[] = [];
  for (let round = 1; round < tries; round++) {
    await engine.deliver();
    const [due] = await rows(engine, `SELECT due_at, attempts FROM _delivery WHERE state = 'pending' ORDER BY seq`);
    assert.equal(due![1], round);
    waits.push(((due![0] as number) - engine.now) / 1000);
    engine.now = due![0] as number;
  }
  assert.deepEqual(waits, [5, 20, 80, 320, 1280, 5120, 14_400]);
  assert.deepEqual(await heard(engine, 'hear'), []);
  await engine.deliver();
  assert.deepEqual(await heard(engine, 'hear'), ['good']);
  const [dead] = await rows(engine, `SELECT state, attempts, error FROM _delivery WHERE state = 'dead'`);
  assert.deepEqual(dead, ['dead', tries, 'RangeError: never']);
});

test('an event that nobody hears costs no statement and no delivery', async t => {
  const engine = start(t, {});
  await engine.create(engine.actors.admin, 'errands', 'ticket', { title: 'T' });
  assert.deepEqual(await rows(engine, 'SELECT count(*) FROM _outbox'), [[1]]);
  assert.deepEqual(await rows(engine, 'SELECT count(*) FROM _delivery'), [[0]]);
});

test('a claim that was lost keeps nothing of its run', async t => {
  const engine = start(t, {
    after: async errand => {
      if (errand !== 'hear') return;
      const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
      await db.write([{ sql: `UPDATE _delivery SET claim = 'another' WHERE subscriber = 'errands.hear'` }]);
    },
  });
  await tell(engine, 'x');
  await engine.deliver();
  assert.deepEqual(await heard(engine, 'hear'), []);
  assert.deepEqual(await states(engine), ['errands.hear pending 1', 'errands.overhear done 1']);
});
