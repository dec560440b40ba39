/** Dead letters: shown with their error, replayed by a person, discarded, each once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tries } from './backoff.ts';
import { discardDelivery, listDeliveries, replayDelivery } from './dead-letters.ts';
import { createTestEngine } from './testing.ts';
import { errandsModule } from './testing-errands.ts';

test('what was given up is listed, replayed or discarded, once', async t => {
  t.mock.method(console, 'error', () => {});
  let broken = true;
  const module = errandsModule({
    before: errand => {
      if (broken && (errand === 'hear' || errand === 'remind')) throw new Error('no');
    },
  });
  const engine = createTestEngine({ modules: [module], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const { admin } = engine.actors;
  for (const text of ['a', 'b']) await engine.call(admin, 'errands', 'tell', { text, key: text });
  for (const key of ['k', 'l'])
    await engine.call(admin, 'errands', 'ask', { text: key, at: '2026-01-05T09:00:00Z', key });
  for (let round = 0; round < tries; round++) {
    await engine.sweep();
    engine.now += 5 * 3_600_000;
  }
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  const list = (state: 'dead' | 'done' | 'pending' | 'discarded', size = 10, skip = 0) =>
    listDeliveries(db, { state, size, skip });
  const dead = await list('dead');
  assert.deepEqual(dead.map(({ kind }) => kind).sort(), ['event', 'event', 'job', 'job']);
  assert.ok(dead.every(({ error, attempts }) => error === 'Error: no' && attempts === tries));
  assert.deepEqual(await list('dead', 2, 2), dead.slice(2));
  assert.equal((await list('done')).length, 2);
  broken = false;
  const [event, otherEvent] = dead.filter(({ kind }) => kind === 'event');
  const [job, otherJob] = dead.filter(({ kind }) => kind === 'job');
  for (const { id } of [event!, job!]) {
    assert.equal(await replayDelivery(db, id, engine.now), true);
    assert.equal(await replayDelivery(db, id, engine.now), false, 'it is not dead any more');
  }
  for (const { id } of [otherEvent!, otherJob!]) {
    assert.equal(await discardDelivery(db, id), true);
    assert.equal(await discardDelivery(db, id), false);
    assert.equal(await replayDelivery(db, id, engine.now), false);
  }
  await engine.sweep();
  assert.deepEqual(await list('dead'), []);
  assert.equal((await list('done')).length, 3);
  assert.equal((await list('discarded')).length, 1);
  assert.equal(engine.mails.length, 2);
  for (const id of ['', 'e0', 'e', 'x1', "e1' OR 1"]) assert.equal(await replayDelivery(db, id, 0), false);
});
