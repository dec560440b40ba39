/** Jobs: timetables, runs asked for, transitions at a time, one runner, tries. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { tries } from '../backoff.ts';
import { leaseMs } from '../lease.ts';
import { createTestEngine, type TestEngine } from '../testing.ts';
import { errandsModule, type Hooks } from '../testing-errands.ts';
import { rows } from '../testing-room.ts';
import { claimJob } from './job-rows.ts';

function start(t: TestContext, hooks: Hooks, now = '2026-01-05T09:00:00Z'): TestEngine {
  t.mock.method(console, 'error', () => {});
  const engine = createTestEngine({ modules: [errandsModule(hooks)], now });
  t.after(() => engine.close());
  return engine;
}
const ask = (engine: TestEngine, text: string, at: string, key?: string) =>
  engine.call(engine.actors.admin, 'errands', 'ask', { text, at, key });
const notes = async (engine: TestEngine, by: string) =>
  (await rows(engine, `SELECT text FROM errands_note WHERE source = '${by}' ORDER BY id`)).map(row => row[0]);
const db = (engine: TestEngine) => engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);

test('runs that were missed are made up for once', async t => {
  const engine = start(t, {}, '2026-03-27T20:00:00Z');
  await engine.sweep();
  engine.now = Date.parse('2026-03-29T12:00:00Z');
  await engine.sweep();
  await engine.sweep();
  assert.equal((await notes(engine, 'tick')).length, 2);
  assert.deepEqual(await notes(engine, 'nightly'), ['2026-03-28T01:30:00.000Z']);
  engine.now = Date.parse('2026-03-30T00:29:59Z');
  await engine.sweep();
  assert.equal((await notes(engine, 'nightly')).length, 1);
  engine.now = Date.parse('2026-03-30T00:30:00Z');
  await engine.sweep();
  assert.deepEqual((await notes(engine, 'nightly'))[1], '2026-03-30T00:30:00.000Z');
});

test('a run asked for comes at its time, once; the same key replaces, unschedule takes back', async t => {
  const engine = start(t, {});
  await ask(engine, 'first', '2026-01-05T10:00:00Z', 'k');
  await ask(engine, 'second', '2026-01-05T11:00:00Z', 'k');
  await ask(engine, 'other', '2026-01-05T11:00:00Z');
  await ask(engine, 'gone', '2026-01-05T11:00:00Z', 'g');
  await engine.call(engine.actors.admin, 'errands', 'forget', { key: 'g' });
  engine.now = Date.parse('2026-01-05T10:30:00Z');
  await engine.sweep();
  assert.deepEqual(await notes(engine, 'remind'), []);
  engine.now = Date.parse('2026-01-05T11:00:00Z');
  await engine.sweep();
  await engine.sweep();
  assert.deepEqual(await notes(engine, 'remind'), [
    'second 2026-01-05T11:00:00.000Z',
    'other 2026-01-05T11:00:00.000Z',
  ]);
  assert.deepEqual(await rows(engine, 'SELECT count(*) FROM _job WHERE timetable IS NULL'), [[0]]);
});

test('what a run wrote and that it ran are one commit; its mail keeps its key', async t => {
  let failures = 2;
  const engine = start(t, {
    after: errand => {
      if (errand === 'remind' && failures-- > 0) throw new Error('died between effect and mark');
    },
  });
  await ask(engine, 'x', '2026-01-05T09:00:00Z');
  for (let round = 0; round < 4; round++) {
    await engine.sweep();
    engine.now += 60_000;
  }
  assert.equal((await notes(engine, 'remind')).length, 1);
  assert.equal(engine.mails.length, 1);
});

test('a run that was replaced while it ran keeps nothing, the new one runs', async t => {
  let asked = false;
  const engine = start(t, {
    after: async errand => {
      if (errand !== 'remind' || asked) return;
      asked = true;
      await ask(engine, 'new', '2026-01-05T09:30:00Z', 'k');
    },
  });
  await ask(engine, 'old', '2026-01-05T09:00:00Z', 'k');
  await engine.sweep();
  assert.deepEqual(await notes(engine, 'remind'), []);
  engine.now = Date.parse('2026-01-05T09:30:00Z');
  await engine.sweep();
  assert.deepEqual(await notes(engine, 'remind'), ['new 2026-01-05T09:30:00.000Z']);
});

test('a run that always fails ends as a dead letter; a timetable goes on', async t => {
  const engine = start(t, {
    before: errand => {
      if (errand !== 'nightly') throw new Error('never');
    },
  });
  await ask(engine, 'x', '2026-01-05T09:00:00Z');
  for (let round = 0; round < tries + 1; round++) {
    await engine.sweep();
    engine.now += 5 * 3_600_000;
  }
  const found = await rows(engine, `SELECT name, state, error FROM _job WHERE name LIKE 'errands.%' ORDER BY name`);
  assert.deepEqual(found, [
    ['errands.nightly', 'waiting', null],
    ['errands.remind', 'dead', 'Error: never'],
    ['errands.tick', 'waiting', 'Error: never'],
  ]);
});

test('one runner at a time holds a job; one that dies loses it with its lease', async t => {
  const engine = start(t, {});
  await ask(engine, 'x', '2026-01-05T09:10:00Z');
  engine.now = Date.parse('2026-01-05T09:10:00Z');
  const store = await db(engine);
  const claims = await Promise.all(['a', 'b', 'c'].map(runner => claimJob(store, runner, engine.now)));
  assert.equal(claims.filter(Boolean).length, 1);
  assert.equal(await claimJob(store, 'd', engine.now + leaseMs - 1), undefined);
  assert.equal((await claimJob(store, 'e', engine.now + leaseMs))?.attempts, 2);
});

test('SM-01 a transition at a time happens, and not where the record has moved on', async t => {
  const engine = start(t, {});
  const { admin } = engine.actors;
  const open = (title: string) =>
    engine.call<{ id: string }>(admin, 'errands', 'open', { title, until: '2026-01-05T10:00:00Z' });
  const [left, touched] = [await open('left'), await open('touched')];
  await engine.update(admin, 'errands', 'ticket', touched.id, { title: 'again' });
  engine.now = Date.parse('2026-01-05T10:00:00Z');
  await engine.sweep();
  const stateOf = async ({ id }: { id: string }) => (await engine.get(admin, 'errands', 'ticket', id))['state'];
  assert.deepEqual([await stateOf(left), await stateOf(touched)], ['closed', 'open']);
  assert.deepEqual(await rows(engine, 'SELECT count(*) FROM _job WHERE timetable IS NULL'), [[0]]);
});

test("timetables follow the modules and the client's zone", async t => {
  const engine = start(t, {});
  await engine.sweep();
  const read = () => rows(engine, `SELECT timetable, next_at FROM _job WHERE name = 'errands.nightly'`);
  assert.deepEqual(await read(), [['30 2 * * * Europe/Prague', Date.parse('2026-01-06T01:30:00Z')]]);
  const { syncTimetables } = await import('./timetables.ts');
  const moved = { ...engine.tenant, client: { ...engine.tenant.client, zone: 'America/New_York' } };
  await syncTimetables(await db(engine), moved, engine.now);
  assert.deepEqual(await read(), [['30 2 * * * America/New_York', Date.parse('2026-01-06T07:30:00Z')]]);
  await syncTimetables(await db(engine), { ...moved, modules: [] }, engine.now);
  assert.deepEqual(await read(), []);
});

test('under an earlier manifest, what has a timetable there runs by it and is not asked for', async t => {
  t.mock.method(console, 'error', () => {});
  const { module, code } = errandsModule();
  const earlier = { ...module, jobs: { ...module.jobs, remind: { cron: '0 12 * * *' } } } as unknown as typeof module;
  const engine = createTestEngine({ modules: [{ module: earlier, code }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  await ask(engine, 'soon', '2026-01-05T10:00:00Z', 'k');
  await engine.call(engine.actors.admin, 'errands', 'forget', { key: 'k' });
  await engine.sweep();
  assert.deepEqual(await rows(engine, `SELECT key, timetable FROM _job WHERE name = 'errands.remind'`), [
    ['', '0 12 * * * Europe/Prague'],
  ]);
});
