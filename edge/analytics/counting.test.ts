/** What is counted adds up, whatever way it takes through memory, hours and days. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { AnalyticsBy } from '../../schemas/protocol/index.ts';
import { readQuery } from './query.ts';
import { report } from './report.ts';
import { rollUp } from './roll-up.ts';
import { ALL, perDay } from './tables.ts';
import { CLIENT, createCounting, madeVisit, SITE, seeded, ZONE } from './testing.ts';

type Counting = Awaited<ReturnType<typeof createCounting>>;

const opened = async (t: TestContext, options?: Parameters<typeof createCounting>[0]) => {
  const counting = await createCounting(options);
  t.after(() => counting.close());
  return counting;
};
const HOUR = 3_600_000;
const DIMENSIONS = ['path', 'referrer', 'source', 'medium', 'campaign', 'device', 'country', 'locale'];

/** Sums over the rows of one dimension, of everything but vitals where the dimension has none of them. */
async function sums(counting: Counting, from = perDay) {
  const db = (await counting.stores.find(CLIENT))!;
  const [rows] = await db.read([
    { sql: `SELECT dimension, event = 'vital', sum(counted), sum(seen) FROM ${from} GROUP BY 1, 2` },
  ]);
  const all = new Map<string, { counted: number; seen: number; vitals: number }>();
  for (const [dimension, isVital, counted, seen] of rows!.rows) {
    const sum = all.get(String(dimension)) ?? { counted: 0, seen: 0, vitals: 0 };
    all.set(String(dimension), {
      counted: sum.counted + Number(counted),
      seen: sum.seen + Number(seen),
      vitals: sum.vitals + (isVital ? Number(counted) : 0),
    });
  }
  return all;
}

async function feed(counting: Counting, events: number, { hours = 30, people = 4_000, seed = 7, turn = 5_000 } = {}) {
  const next = seeded(seed);
  let made = 0;
  const start = counting.time.now;
  while (made < events) {
    const at = start + Math.floor((made / events) * hours) * HOUR;
    const visit = madeVisit(next, at, people);
    counting.collector.add(CLIENT, visit);
    made += visit.events.length;
    if (made % turn < 3) await counting.collector.flush();
  }
  await counting.collector.flush();
  counting.time.now = start + hours * HOUR;
  return made;
}

describe('counting', () => {
  it('every dimension adds up to 1,000,000 events, before and after days are settled', {
    timeout: 600_000,
  }, async t => {
    const counting = await opened(t);
    const made = await feed(counting, 1_000_000, { turn: 50_000 });
    const check = async () => {
      const all = await sums(counting);
      assert.equal(all.get(ALL)!.counted, made);
      assert.equal(all.get(ALL)!.seen, made);
      const { vitals } = all.get(ALL)!;
      assert.ok(vitals > 1_000 && vitals < made / 2);
      for (const dimension of DIMENSIONS) {
        const expected = dimension === 'path' || dimension === 'device' ? made : made - vitals;
        assert.equal(all.get(dimension)!.counted, expected, dimension);
      }
      assert.equal(all.get('bin')!.counted, vitals);
    };
    await check();
    counting.time.now += 3 * 24 * HOUR;
    const db = (await counting.stores.find(CLIENT))!;
    for (let turn = 0; turn < 3; turn++) {
      await rollUp(db, counting.time.now);
      await check();
    }
    const [days] = await db.read([
      { sql: 'SELECT count(*) FROM settled' },
      { sql: 'SELECT max(n) FROM (SELECT count(DISTINCT value) AS n FROM daily GROUP BY dimension, day)' },
    ]);
    assert.equal(Number(days!.rows[0]![0]), 2);
    assert.equal((await sums(counting, 'daily')).get('path')!.counted, made);
  });

  it('a settled day keeps the values counted most and one for the rest', async t => {
    const counting = await opened(t);
    await feed(counting, 20_000, { hours: 5 });
    const db = (await counting.stores.find(CLIENT))!;
    const top = async () => {
      const [rows] = await db.read([
        { sql: `SELECT value, sum(counted) FROM ${perDay} WHERE dimension = 'path' GROUP BY 1 ORDER BY 2 DESC, 1` },
      ]);
      return rows!.rows.map(([value, count]) => `${value} ${count}`);
    };
    const before = await top();
    await rollUp(db, counting.time.now + 3 * 24 * HOUR);
    const after = await top();
    assert.ok(before.length > 150);
    assert.equal(after.length, 101);
    const apart = (lines: readonly string[]) => lines.filter(line => !line.startsWith('(other)')).slice(0, 100);
    assert.deepEqual(apart(after), apart(before));
  });

  it('a batch that comes after its day was settled is counted there', async t => {
    const counting = await opened(t);
    await feed(counting, 500, { hours: 2 });
    const db = (await counting.stores.find(CLIENT))!;
    await rollUp(db, counting.time.now + 2 * 24 * HOUR);
    const before = (await sums(counting)).get(ALL)!.counted;
    const late = madeVisit(seeded(1), counting.time.now - HOUR, 10);
    counting.collector.add(CLIENT, late);
    await counting.collector.flush();
    assert.equal((await sums(counting)).get(ALL)!.counted, before + late.events.length);
    await rollUp(db, counting.time.now + 2 * 24 * HOUR);
    assert.equal((await sums(counting, 'daily')).get(ALL)!.counted, before + late.events.length);
  });

  it('a batch that failed, or was written without our hearing of it, counts once', async t => {
    const counting = await opened(t);
    await feed(counting, 10);
    const before = (await sums(counting)).get(ALL)!.counted;
    const { open } = counting.databases;
    let broken = 0;
    counting.databases.open = async name => {
      const db = await open.call(counting.databases, name);
      if (!name.startsWith('analytics-')) return db;
      const failing = broken++;
      return {
        read: statements => db.read(statements),
        async write(statements) {
          if (failing === 0) throw new Error('the network is down');
          const results = await db.write(statements);
          if (failing === 1) throw new Error('the reply was lost');
          return results;
        },
      };
    };
    const visit = madeVisit(seeded(3), counting.time.now, 10);
    counting.collector.add(CLIENT, visit);
    await assert.rejects(counting.collector.flush(), /network is down/);
    await assert.rejects(counting.collector.flush(), /reply was lost/);
    await counting.collector.flush();
    await counting.collector.flush();
    assert.equal((await sums(counting)).get(ALL)!.counted, before + visit.events.length);
  });

  it('a process that ends loses what it had not written, and nothing else', async t => {
    const counting = await opened(t, { gatherMs: 60_000, scheduler: { defer: () => {}, every: () => {} } });
    const made = await feed(counting, 100);
    counting.collector.add(CLIENT, madeVisit(seeded(5), counting.time.now, 10));
    assert.equal((await sums(counting)).get(ALL)!.counted, made);
  });

  it('what is gathered is written once, by whoever came first', async t => {
    const counting = await opened(t);
    const next = seeded(11);
    let made = 0;
    for (let index = 0; index < 50; index++) {
      const visit = madeVisit(next, counting.time.now, 10);
      made += visit.events.length;
      counting.collector.add(CLIENT, visit);
    }
    await counting.settled();
    assert.equal((await sums(counting)).get(ALL)!.counted, made);
    const db = (await counting.stores.find(CLIENT))!;
    assert.equal(Number((await db.read([{ sql: 'SELECT count(*) FROM batch' }]))[0]!.rows[0]![0]), 1);
  });

  it('above the rate batches are left out and the others weigh more, so that the sum is right in expectation', async t => {
    const next = seeded(21);
    const counting = await opened(t, { fullRate: 100, chance: { next } });
    let arrived = 0;
    let sum = 0;
    let kept = 0;
    for (let second = 0; second < 200; second++) {
      counting.time.now += 1_000;
      for (let index = 0; index < 1_000; index++) {
        const weight = counting.collector.weigh(SITE);
        if (index < 100) assert.equal(weight, 1);
        arrived += 1;
        sum += weight;
        kept += weight > 0 ? 1 : 0;
      }
    }
    assert.ok(kept < arrived / 2, `${kept} of ${arrived}`);
    // Twelve standard errors: it does not flake, and a bias of three parts in a hundred is seen.
    assert.ok(Math.abs(sum - arrived) < arrived * 0.03, `${sum} for ${arrived}`);
    counting.collector.add(CLIENT, madeVisit(next, counting.time.now, 10, 4));
    await counting.collector.flush();
    const query = readQuery(() => undefined, ZONE, counting.time.now);
    const { sampling } = await report(await counting.stores.find(CLIENT), counting.asked, query);
    assert.equal(sampling.counted, sampling.seen * 4);
  });

  it('made-up values end in one place', async t => {
    const counting = await opened(t);
    const next = seeded(1);
    let made = 0;
    for (let index = 0; index < 5_000; index++) {
      const visit = madeVisit(next, counting.time.now, 10);
      made += visit.events.length;
      counting.collector.add(CLIENT, { ...visit, values: { ...visit.values, path: `/made-up/${index}` } });
      if (index % 1_000 === 0) await counting.collector.flush();
    }
    // A site whose hours begin at half past begins one in the midst of this one's.
    const other = madeVisit(next, counting.time.now, 10);
    counting.collector.add(CLIENT, {
      ...other,
      siteId: 'half-past',
      hour: { ...other.hour, start: other.hour.start + HOUR / 2 },
    });
    const late = madeVisit(next, counting.time.now, 10);
    made += late.events.length;
    counting.collector.add(CLIENT, { ...late, values: { ...late.values, path: '/made-up/once-more' } });
    await counting.collector.flush();
    const db = (await counting.stores.find(CLIENT))!;
    const [found] = await db.read([
      { sql: `SELECT count(DISTINCT value), sum(counted) FROM hourly WHERE dimension = 'path' AND site = '${SITE}'` },
    ]);
    assert.deepEqual(found!.rows[0]!.map(Number), [301, made]);
  });

  it('visitors of a day are told apart within the error that is stated', async t => {
    for (const people of [5, 300, 30_000]) {
      const counting = await opened(t);
      const next = seeded(people);
      const seen = new Set<number>();
      for (let index = 0; index < people * 3; index++) {
        const visit = madeVisit(next, counting.time.now, people);
        counting.collector.add(CLIENT, { ...visit, events: visit.events.slice(0, 1) });
        seen.add(visit.mark.register * 64 + visit.mark.rank);
      }
      await counting.collector.flush();
      const parameters: Record<string, string> = { metrics: 'visitors', interval: 'total' };
      const ask = async (extra: Record<string, string> = {}) => {
        const query = readQuery(name => ({ ...parameters, ...extra })[name], ZONE, counting.time.now + 30 * HOUR);
        return report(await counting.stores.find(CLIENT), counting.asked, query);
      };
      const { totals, rows } = await ask();
      const truth = people * (1 - Math.exp(-3));
      assert.ok(Math.abs(totals.visitors! - truth) <= Math.max(2, truth * 0.07), `${totals.visitors} for ${truth}`);
      assert.deepEqual(rows[0]!.values, totals);
      await rollUp((await counting.stores.find(CLIENT))!, counting.time.now + 72 * HOUR);
      assert.deepEqual((await ask()).totals, totals);
      const byDevice = await ask({ by: 'device' });
      assert.ok(
        byDevice.rows.length === 3 && byDevice.rows.every(row => row.values.visitors! <= totals.visitors! * 1.1),
      );
    }
  });

  it('rows of any question add up to its totals', async t => {
    const counting = await opened(t);
    await feed(counting, 20_000, { hours: 60 });
    const db = await counting.stores.find(CLIENT);
    await rollUp(db!, counting.time.now - 20 * HOUR);
    const ask = (parameters: Record<string, string>) =>
      report(
        db,
        counting.asked,
        readQuery(name => parameters[name], ZONE, counting.time.now),
      );
    const metrics = ['views', 'impressions', 'starts', 'completions', 'errors'] as const;
    const whole = await ask({ metrics: metrics.join(), interval: 'total' });
    assert.ok(metrics.every(metric => whole.totals[metric]! > 0));
    const bys: (AnalyticsBy | '')[] = ['', 'path', 'referrer', 'campaign', 'device', 'event', 'widget', 'variant'];
    for (const by of bys) {
      for (const interval of ['hour', 'day', 'week', 'month', 'total']) {
        const range =
          interval === 'hour' ? { from: '2026-03-10', to: '2026-03-13' } : { from: '2026-02-10', to: '2026-03-13' };
        const asked = await ask({ metrics: metrics.join(), interval, limit: '7', ...range, ...(by && { by }) });
        assert.deepEqual(asked.totals, whole.totals, `${by} ${interval}`);
        for (const metric of metrics) {
          const sum = asked.rows.reduce((total, row) => total + row.values[metric]!, 0);
          assert.equal(sum, whole.totals[metric], `${metric} by ${by} each ${interval}`);
        }
        if (!by && interval === 'day') assert.equal(asked.rows.length, 32);
      }
    }
  });

  it('retention lets hours go, then days', async t => {
    const counting = await opened(t);
    const made = await feed(counting, 300, { hours: 3 });
    const db = (await counting.stores.find(CLIENT))!;
    const rowsOf = async (table: string) =>
      Number((await db.read([{ sql: `SELECT count(*) FROM ${table}` }]))[0]!.rows[0]![0]);
    await rollUp(db, counting.time.now + 4 * 24 * HOUR);
    assert.equal(await rowsOf('mark'), 0);
    assert.ok((await rowsOf('hourly')) > 0);
    await rollUp(db, counting.time.now + 95 * 24 * HOUR);
    assert.equal(await rowsOf('hourly'), 0);
    assert.equal((await sums(counting)).get(ALL)!.counted, made);
    await rollUp(db, counting.time.now + 765 * 24 * HOUR);
    for (const table of ['daily', 'visitors', 'settled', 'batch']) assert.equal(await rowsOf(table), 0, table);
  });
});
