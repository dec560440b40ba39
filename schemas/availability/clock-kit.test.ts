import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clip, overlaps } from '../intervals/index.ts';
import { addDays, dayBounds, toInstant, toLocal, weekday } from '../time/index.ts';
import { isFree, searchRange, slotStarts, workingIntervals } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEW_YORK = 'America/New_York';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

// The clock kit: dates on which clocks, calendars and offsets are at their worst.
const clockKit = [
  ['UTC', '2026-12-31'],
  [NEW_YORK, '2026-03-08'],
  [NEW_YORK, '2026-11-01'],
  ['Europe/Prague', '2026-03-29'],
  ['Europe/Prague', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Africa/Cairo', '2026-04-24'],
  ['Africa/Cairo', '2026-10-29'],
  ['Asia/Kathmandu', '2028-02-29'],
  ['Pacific/Kiritimati', '2026-12-31'],
] as const;
const place = fc.constantFrom(...clockKit);
const time = fc.nat(1439).map(minutes => new Date(minutes * 60_000).toISOString().slice(11, 16));
const window = fc.tuple(time, time).map(([start, end]) => ({ start, end, endsNextDay: end <= start }));

test('clock kit: open all day is exactly the length of the local days', () => {
  fc.assert(
    fc.property(place, fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 5 }), ([zone, date], from, days) => {
      const first = addDays(date, from);
      const range = { start: dayBounds(first, zone).start, end: dayBounds(addDays(first, days - 1), zone).end };
      const hours = { zone, weekly: [{ days: EVERY_DAY, start: '00:00', end: '24:00' }] };
      assert.deepEqual(workingIntervals(hours, range), [range]);
    }),
    { numRuns: 200 },
  );
});

test('clock kit: a window is the instants between its two local times', () => {
  fc.assert(
    fc.property(place, window, fc.integer({ min: -2, max: 2 }), ([zone, date], hours, shift) => {
      const day = addDays(date, shift);
      const start = toInstant(day, hours.start, zone);
      const end = toInstant(hours.endsNextDay ? addDays(day, 1) : day, hours.end, zone);
      const found = workingIntervals(
        { zone, weekly: [{ days: [weekday(day)], ...hours }] },
        { start: dayBounds(addDays(day, -2), zone).start, end: dayBounds(addDays(day, 2), zone).end },
      );
      assert.deepEqual(found, start < end ? [{ start, end }] : []);
    }),
    { numRuns: 300 },
  );
});

test('clock kit: cutting the range never changes what is inside it', () => {
  const cut = fc.integer({ min: -30 * HOUR, max: 30 * HOUR });
  fc.assert(
    fc.property(
      place,
      fc.array(window, { maxLength: 3 }),
      cut,
      fc.nat(40 * HOUR),
      ([zone, date], windows, from, length) => {
        const start = dayBounds(date, zone).start + from;
        const range = { start, end: start + length };
        const hours = { zone, weekly: windows.map((item, index) => ({ days: [1 + index, 4, 7], ...item })) };
        const wide = searchRange(range, zone);
        assert.deepEqual(workingIntervals(hours, range), clip(workingIntervals(hours, wide), range));
        assert.ok(wide.start <= range.start && range.end <= wide.end);
        assert.deepEqual(dayBounds(toLocal(wide.start, zone).date, zone).start, wide.start);
      },
    ),
    { numRuns: 300 },
  );
});

test('clock kit: offered starts lie in working time, meet no busy item and are those that the check finds free', () => {
  const minute = fc.integer({ min: -600, max: 2400 });
  const booking = fc.tuple(minute, fc.integer({ min: 5, max: 180 }));
  const lengths = fc.tuple(fc.integer({ min: 10, max: 120 }), fc.constantFrom(15, 20, 30, 60));
  fc.assert(
    fc.property(
      place,
      fc.array(window, { minLength: 1, maxLength: 3 }),
      fc.array(booking),
      lengths,
      (spot, windows, drawn, size) => {
        const [zone, date] = spot;
        const { start: earliest, end: latest } = dayBounds(date, zone);
        const hours = { zone, weekly: windows.map(item => ({ days: EVERY_DAY, ...item })) };
        const working = workingIntervals(hours, searchRange({ start: earliest, end: latest }, zone));
        const busy = drawn.map(([from, length]) => {
          const start = earliest + from * MINUTE;
          return { start, end: start + length * MINUTE };
        });
        const [duration, step] = size.map(minutes => minutes * MINUTE) as [number, number];
        const search = { working, busy, duration, step, earliest, latest };
        const starts = slotStarts(search);
        for (const start of starts) {
          const slot = { start, end: start + duration };
          assert.deepEqual(clip(working, slot), [slot]);
          assert.ok(!busy.some(item => overlaps(item, slot)));
          assert.equal(toLocal(start, zone).date, date);
        }
        const checked: number[] = [];
        for (let t = earliest - HOUR; t < latest + HOUR; t += 5 * MINUTE) if (isFree(t, search)) checked.push(t);
        assert.deepEqual(
          checked,
          starts.filter(start => (start - earliest) % (5 * MINUTE) === 0),
        );
      },
    ),
    { numRuns: 100 },
  );
});
