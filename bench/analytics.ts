/** How fast visits are counted and asked for: 1,000,000 made-up events through tally and database, then what the desk asks. */
import assert from 'node:assert/strict';
import { readQuery } from '../edge/analytics/query.ts';
import { report } from '../edge/analytics/report.ts';
import { rollUp } from '../edge/analytics/roll-up.ts';
import { ALL, perDay } from '../edge/analytics/tables.ts';
import { CLIENT, createCounting, madeVisit, seeded, ZONE } from '../edge/analytics/testing.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const DAYS = 30;
const DAY = 86_400_000;

const row = (name: string, figure: string) => console.log(`${name.padEnd(52)}${figure.padStart(16)}`);
const perSecond = (count: number, ms: number) => `${Math.round((count / ms) * 1000).toLocaleString('en')} /s`;

const counting = await createCounting();
const next = seeded(1);
const start = counting.time.now;
let made = 0;
let batches = 0;
let flushMs = 0;
let slowest = 0;
let settleMs = 0;
let settled = 0;
const began = performance.now();
while (made < EVENTS) {
  // A month of visits, written about as often as a busy second would be.
  const visit = madeVisit(next, start + Math.floor((made / EVENTS) * DAYS * DAY), 50_000);
  counting.collector.add(CLIENT, visit);
  made += visit.events.length;
  batches += 1;
  if (batches % 1_000 === 0) {
    const before = performance.now();
    await counting.collector.flush();
    const took = performance.now() - before;
    flushMs += took;
    slowest = Math.max(slowest, took);
  }
  // As the hourly task does it: a day that is over becomes rows of its own.
  const day = Math.floor((made / EVENTS) * DAYS);
  if (day > settled && batches > 1_000) {
    settled = day;
    const before = performance.now();
    await rollUp((await counting.stores.find(CLIENT))!, start + day * DAY);
    settleMs += performance.now() - before;
  }
}
await counting.collector.flush();
const ingestMs = performance.now() - began - settleMs;
row('events made, counted and written', perSecond(made, ingestMs));
row('  batches of a page', perSecond(batches, ingestMs));
row('  writing 1,000 batches: mean / slowest', `${((flushMs / batches) * 1000).toFixed(0)} / ${slowest.toFixed(0)} ms`);

row('settling a day', `${(settleMs / Math.max(1, settled)).toFixed(0)} ms`);

counting.time.now = start + (DAYS - 1) * DAY;
const db = (await counting.stores.find(CLIENT))!;
const [found] = await db.read([
  { sql: `SELECT dimension, sum(counted) FROM ${perDay} WHERE dimension IN ('${ALL}', 'path', 'device') GROUP BY 1` },
]);
for (const [dimension, sum] of found!.rows) assert.equal(Number(sum), made, `${dimension} does not add up`);
assert.equal(found!.rows.length, 3);
/** Of processor time, which other programs on the machine disturb least. */
const timed = async (name: string, work: () => Promise<unknown>, times = 20) => {
  const took: number[] = [];
  for (let run = 0; run < times; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1000);
  }
  took.sort((a, b) => a - b);
  row(name, `${took[Math.floor(times / 2)]!.toFixed(1)} ms`);
};
const ask = (parameters: Record<string, string>) => () =>
  report(
    db,
    counting.asked,
    readQuery(name => parameters[name], ZONE, counting.time.now),
  );
const questions = {
  'views and visitors, each of 30 days': { metrics: 'views,visitors' },
  'the same, each hour of 7 days': {
    metrics: 'views,visitors',
    interval: 'hour',
    from: '2026-04-01',
    to: '2026-04-07',
  },
  'top pages of 30 days': { by: 'path', metrics: 'visitors,views,completions' },
};
for (const [name, parameters] of Object.entries(questions)) await timed(name, ask(parameters));
row('events counted = sum of every dimension', made.toLocaleString('en'));
await counting.close();
