/** Days and hours are those of the site: where clocks change, at their edges, and far from everybody else. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { dayBounds } from '../../schemas/time/index.ts';
import { createLocalHours } from './local-hour.ts';
import { readQuery } from './query.ts';
import { report } from './report.ts';
import { rollUp } from './roll-up.ts';
import { CLIENT, createCounting, madeVisit, SITE, seeded } from './testing.ts';

const HALF_HOUR = 1_800_000;
const days = [
  { zone: 'Europe/Prague', day: '2026-03-29', halves: 46, hours: 23 },
  { zone: 'Europe/Prague', day: '2026-10-25', halves: 50, hours: 25 },
  { zone: 'America/New_York', day: '2026-11-01', halves: 50, hours: 25 },
  { zone: 'Pacific/Auckland', day: '2026-09-27', halves: 46, hours: 23 },
  { zone: 'Asia/Kathmandu', day: '2026-06-01', halves: 48, hours: 24 },
  { zone: 'Pacific/Kiritimati', day: '2026-06-01', halves: 48, hours: 24 },
  // Its clocks move by half an hour, so one hour of these days is cut.
  { zone: 'Australia/Lord_Howe', day: '2026-04-05', halves: 49, hours: 25 },
  { zone: 'Australia/Lord_Howe', day: '2026-10-04', halves: 47, hours: 24 },
] as const;

for (const { zone, day, halves, hours } of days) {
  it(`${day} in ${zone} has ${halves} half hours, from its first instant to its last`, async t => {
    const counting = await createCounting();
    t.after(counting.close);
    const hourOf = createLocalHours();
    const { start, end } = dayBounds(day, zone);
    const count = (at: number) => {
      const visit = madeVisit(seeded(1), at, 1);
      const view = { kind: 'view', name: '', module: '', widget: '', variant: '', value: undefined } as const;
      counting.collector.add(CLIENT, { ...visit, siteId: SITE, hour: hourOf(at, zone), events: [view] });
    };
    count(start - 1);
    for (let at = start; at < end; at += HALF_HOUR) count(at);
    count(end - 1);
    count(end);
    await counting.collector.flush();
    const db = (await counting.stores.find(CLIENT))!;
    const ask = (interval: string) => {
      const asked: Record<string, string> = { from: day, to: day, interval, metrics: 'views' };
      return report(
        db,
        { id: SITE, zone },
        readQuery(name => asked[name], zone, end),
      );
    };
    const viewsOf = async (interval: string) => (await ask(interval)).rows.map(({ values }) => values.views!);
    assert.deepEqual(await viewsOf('day'), [halves + 1]);
    const each = await viewsOf('hour');
    assert.equal(each.length, hours);
    assert.equal(
      each.reduce((all, views) => all + views, 0),
      halves + 1,
    );
    assert.ok(
      each.every(views => views > 0),
      each.join(),
    );
    await rollUp(db, end + 3 * 24 * 2 * HALF_HOUR);
    assert.deepEqual(await viewsOf('day'), [halves + 1]);
  });
}
