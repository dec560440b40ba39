/** The sums that the overview shows are those of the sites' own reports, however often they are copied. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { site, siteDay } from '../control/schema.ts';
import { readQuery } from './query.ts';
import { report } from './report.ts';
import { rollUp } from './roll-up.ts';
import { createSiteDays } from './site-days.ts';
import { CLIENT, createCounting, madeVisit, SITE, seeded, ZONE } from './testing.ts';

const HOUR = 3_600_000;
const metrics = ['views', 'visits', 'visitors', 'starts', 'completions', 'errors'];

it('days are copied as they are, open and settled ones, and copied again where they changed', async t => {
  const counting = await createCounting();
  t.after(counting.close);
  const { db, collector, stores, time } = counting;
  const siteDays = createSiteDays({ db, stores, clock: { now: () => time.now } });
  const next = seeded(3);
  const count = async (times: number) => {
    for (let index = 0; index < times; index++) collector.add(CLIENT, madeVisit(next, time.now, 500));
    await collector.flush();
  };
  const copied = async () => (await db.select().from(siteDay).all()).map(({ siteId: _, ...row }) => row);
  const reported = async () => {
    const query = readQuery(name => ({ metrics: metrics.join() })[name], ZONE, time.now);
    const { rows } = await report(await stores.find(CLIENT), counting.asked, query);
    return rows.filter(({ values }) => values.views).map(({ at, values }) => ({ day: at, ...values }));
  };
  await siteDays.copy(CLIENT);
  assert.deepEqual(await copied(), []);
  for (let day = 0; day < 4; day++) {
    await count(300);
    time.now += 24 * HOUR;
  }
  await siteDays.copy(CLIENT, '2026-01-01');
  assert.deepEqual(await copied(), await reported());
  assert.equal((await copied()).length, 4);
  await rollUp((await stores.find(CLIENT))!, time.now);
  await count(50);
  for (let turn = 0; turn < 2; turn++) {
    await siteDays.copy(CLIENT);
    assert.deepEqual(await copied(), await reported());
  }
  await siteDays.forget('2026-03-12');
  assert.deepEqual(
    (await copied()).map(({ day }) => day),
    ['2026-03-12', '2026-03-13', '2026-03-14'],
  );
  await db.update(site).set({ deletedAt: 1 });
  await siteDays.copy(CLIENT, '2026-01-01');
  assert.equal((await copied()).length, 3);
});

it('what is counted in a burst is copied at once, then with the next turn', async t => {
  const counting = await createCounting();
  t.after(counting.close);
  const { db, collector, stores, time } = counting;
  const siteDays = createSiteDays({ db, stores, clock: { now: () => time.now } });
  const add = async () => {
    const visit = madeVisit(seeded(1), time.now, 1);
    const view = { ...visit.events[0]!, kind: 'view' as const };
    collector.add(CLIENT, { ...visit, siteId: SITE, events: [view] });
    await collector.flush();
    await siteDays.counted(CLIENT);
  };
  const views = async () => (await db.select().from(siteDay).get())?.views;
  await add();
  assert.equal(await views(), 1);
  time.now += 1_000;
  await add();
  assert.equal(await views(), 1);
  await siteDays.catchUp();
  assert.equal(await views(), 2);
  time.now += 61_000;
  await add();
  assert.equal(await views(), 3);
});
