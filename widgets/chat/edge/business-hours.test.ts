import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toLocal } from '../../../schemas/time/index.ts';
import { afterOpen, type Hours, isOpen, openBetween, opensAt } from './business-hours.ts';

const MINUTE = 60_000;
const prague: Hours = {
  zone: 'Europe/Prague',
  windows: [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }],
};
const at = (text: string): number => Date.parse(text);
const due = (from: string, minutes: number, hours = prague) => {
  const instant = afterOpen(hours, at(from), minutes * MINUTE);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

test('CH-04 Friday 16:50 and 30 minutes are due on Monday at 09:20', () => {
  assert.equal(due('2026-03-20T15:50:00Z', 30), '2026-03-23T08:20:00.000Z');
});

test('CH-04 over the change to summer time it is 09:20 by the clock, an hour earlier in UTC', () => {
  // Friday 2026-03-27 16:50 is 15:50Z; the clocks go forward on Sunday 2026-03-29.
  assert.equal(due('2026-03-27T15:50:00Z', 30), '2026-03-30T07:20:00.000Z');
});

test('CH-04 over the change to winter time it is an hour later in UTC', () => {
  // Friday 2026-10-23 16:50 is 14:50Z; the clocks go back on Sunday 2026-10-25.
  assert.equal(due('2026-10-23T14:50:00Z', 30), '2026-10-26T08:20:00.000Z');
});

test('CH-04 a night shift loses the hour that the clocks skip and gains the one that comes twice', () => {
  const night: Hours = {
    zone: 'Europe/Prague',
    windows: [{ days: [6], start: '22:00', end: '06:00', endsNextDay: true }],
  };
  const whole = (saturday: string) => {
    const start = at(`${saturday}T00:00:00Z`);
    return openBetween(night, start, start + 3 * 86_400_000) / MINUTE;
  };
  assert.deepEqual([whole('2026-03-21'), whole('2026-03-28'), whole('2026-10-24')], [480, 420, 540]);
  assert.equal(due('2026-03-28T21:00:00Z', 419, night), '2026-03-29T03:59:00.000Z');
});

test('within one stretch it is plain time, and what ends a stretch is due at its end', () => {
  assert.equal(due('2026-03-25T09:00:00Z', 30), '2026-03-25T09:30:00.000Z');
  assert.equal(due('2026-03-25T15:30:00Z', 30), '2026-03-25T16:00:00.000Z');
  assert.equal(due('2026-03-28T12:00:00Z', 1), '2026-03-30T07:01:00.000Z');
});

test('without hours all time counts; hours that never come are never due', () => {
  assert.equal(due('2026-03-28T23:50:00Z', 30, { zone: 'UTC', windows: [] }), '2026-03-29T00:20:00.000Z');
  const never: Hours = { zone: 'UTC', windows: [{ days: [1], start: '00:00', end: '00:00' }] };
  assert.equal(due('2026-03-28T23:50:00Z', 30, never), undefined);
  assert.equal(opensAt(never, at('2026-03-28T23:50:00Z')), undefined);
});

test('open, closed, and when it opens next', () => {
  assert.equal(isOpen(prague, at('2026-03-27T15:59:59Z')), true);
  assert.equal(isOpen(prague, at('2026-03-27T16:00:00Z')), false);
  assert.equal(opensAt(prague, at('2026-03-27T16:00:00Z')), at('2026-03-30T07:00:00Z'));
  assert.equal(opensAt({ zone: 'UTC', windows: [] }, 5), 5);
});

test('what is due and what has gone by agree, at any start and length, in zones with and without a change', () => {
  let seed = 20261126;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const year = at('2026-01-01T00:00:00Z');
  for (let round = 0; round < 400; round++) {
    const zone = ['Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'][random(4)]!;
    const opens = 360 + random(300);
    const clock = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const windows = [
      {
        days: [1, 2, 3, 4, 5, 6, 7].filter(() => random(3) > 0),
        start: clock(opens),
        end: clock(opens + 60 + random(600)),
      },
    ].filter(({ days }) => days.length > 0);
    const hours: Hours = { zone, windows };
    const from = year + random(365 * 1440) * MINUTE;
    const minutes = 1 + random(2000);
    const end = afterOpen(hours, from, minutes * MINUTE)!;
    assert.equal(openBetween(hours, from, end), minutes * MINUTE, JSON.stringify({ hours, from, minutes }));
    // The minute before it still counts: it is due at the first instant at which that is so.
    assert.equal(isOpen(hours, end - 1), true);
    if (windows[0]) {
      const { time } = toLocal(end, zone);
      assert.ok(time <= windows[0].end && time >= windows[0].start, `${time} in ${JSON.stringify(windows)}`);
    }
  }
});
