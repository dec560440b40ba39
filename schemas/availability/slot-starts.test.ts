import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Interval, overlaps } from '../intervals/index.ts';
import { addDays, dayBounds, toInstant, toLocal } from '../time/index.ts';
import * as room from './index.ts';

const { claimOrder, isFree, mergeSlots, searchRange, seatsLeft, slotStarts, workingIntervals, workingTime } = room;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** '09:30' on 1970-01-01 in UTC. */
const at = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE;
const span = (start: string, end: string): Interval => ({ start: at(start), end: at(end) });
const times = (starts: readonly number[]): string => starts.map(start => toLocal(start, 'UTC').time).join(' ');
const half = { duration: 30 * MINUTE, step: 30 * MINUTE };
const hour = { duration: HOUR, step: HOUR };
const none: Interval[] = [];

test('AV-01 a day of half hours has 16 starts', () => {
  const starts = slotStarts({ ...half, working: [span('09:00', '17:00')], busy: none });
  assert.equal(starts.length, 16);
  assert.equal(times([starts[0]!, starts[15]!]), '09:00 16:30');
});

test('AV-02 two windows, hours', () => {
  const working = [span('09:00', '12:00'), span('13:00', '17:00')];
  assert.equal(times(slotStarts({ ...hour, working, busy: none })), '09:00 10:00 11:00 13:00 14:00 15:00 16:00');
});

test('AV-04 a break that swallows the whole window leaves nothing', () => {
  assert.deepEqual(slotStarts({ ...half, working: [span('09:00', '17:00')], busy: [span('08:00', '18:00')] }), []);
});

test('AV-05 busy time is stepped over, nested and unsorted too', () => {
  const search = { ...half, working: [span('09:00', '17:00')], earliest: at('10:00') };
  assert.equal(
    times(slotStarts({ ...search, busy: [span('11:00', '12:00'), span('14:00', '15:00')] })),
    '10:00 10:30 12:00 12:30 13:00 13:30 15:00 15:30 16:00 16:30',
  );
  const nested = [span('14:00', '15:00'), span('10:00', '16:00'), span('11:00', '12:00')];
  assert.equal(times(slotStarts({ ...search, busy: nested })), '16:00 16:30');
});

test('AV-06 notice moves the first start, not the grid', () => {
  const day = (from: number) => ({ ...hour, busy: none, working: [{ start: from, end: from + 24 * HOUR }] });
  const now = at('11:59') + 59_000;
  assert.equal(slotStarts(day(0)).length, 24);
  assert.equal(slotStarts({ ...day(0), earliest: now }).length, 12);
  assert.equal(slotStarts({ ...day(24 * HOUR), earliest: now + 1500 * MINUTE }).length, 11);
});

test('AV-07 an appointment that only touches another is free', () => {
  const search = { ...hour, working: [span('09:00', '12:00')], busy: [span('10:00', '11:00')] };
  assert.equal(times(slotStarts(search)), '09:00 11:00');
});

test('AV-09 capacity looks at the peak', () => {
  const search = { duration: 2 * HOUR, step: HOUR, working: [span('09:00', '11:00')], capacity: 2 };
  const busy = [span('09:00', '10:00'), span('10:00', '11:00')];
  assert.equal(times(slotStarts({ ...search, busy })), '09:00');
  assert.equal(seatsLeft(at('09:00'), { ...search, busy }), 1);
  assert.deepEqual(slotStarts({ ...search, busy, quantity: 2 }), []);
  const third = [...busy, span('09:30', '10:30')];
  assert.deepEqual(slotStarts({ ...search, busy: third }), []);
  assert.equal(isFree(at('09:00'), { ...search, busy: third }), false);
  assert.deepEqual(slotStarts({ ...search, busy: none, quantity: 3 }), []);
});

test('AV-14 buffers of neighbours add up, or the larger one counts', () => {
  const buffers = { before: 15 * MINUTE, after: 30 * MINUTE };
  const search = {
    ...{ duration: 30 * MINUTE, step: 15 * MINUTE, bufferBefore: buffers.before, bufferAfter: buffers.after },
    working: [span('09:00', '17:00')],
    busy: [
      { ...span('12:30', '13:00'), ...buffers },
      { ...span('14:30', '15:00'), ...buffers },
    ],
  };
  const between = { earliest: at('13:00'), latest: at('14:30') };
  assert.deepEqual(slotStarts({ ...search, ...between }), []);
  assert.equal(times(slotStarts({ ...search, ...between, bufferMode: 'max' })), '13:30');
  const around = '09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45 11:00 11:15';
  assert.equal(times(slotStarts(search)), `${around} 15:45 16:00 16:15 16:30`);
  assert.equal(
    times(slotStarts({ ...search, bufferMode: 'max' })),
    `${around} 11:30 13:30 15:30 15:45 16:00 16:15 16:30`,
  );
});

test('AV-14 buffers need no working time of their own', () => {
  const search = { ...hour, bufferBefore: HOUR, bufferAfter: HOUR, working: [span('09:00', '11:00')], busy: none };
  assert.equal(times(slotStarts(search)), '09:00 10:00');
});

test('AV-18 resources are claimed in one order, whatever order was asked', () => {
  assert.deepEqual(claimOrder(['room1', 'staffA']), claimOrder(['staffA', 'room1', 'staffA']));
});

test('BK-02 a day of 23 or 25 hours is offered whole, in the zone of the visitor', () => {
  const count = (date: string, visitor: string, zone: string) => {
    const { start: earliest, end: latest } = dayBounds(date, visitor);
    const range = searchRange({ start: earliest, end: latest }, zone);
    const working = workingIntervals(
      { zone, weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }] },
      range,
    );
    const starts = slotStarts({ ...hour, working, busy: none, earliest, latest });
    for (const start of starts) assert.equal(toLocal(start, visitor).date, date);
    return starts.length;
  };
  assert.equal(count('2026-04-10', 'Europe/Prague', 'America/New_York'), 24);
  assert.equal(count('2026-03-29', 'Europe/Prague', 'Europe/Prague'), 23);
  assert.equal(count('2026-10-25', 'Europe/Prague', 'Asia/Tokyo'), 25);
});

test('BK-02 an appointment may begin on the day and end on the next', () => {
  const zone = 'Europe/Prague';
  const { start: earliest, end: latest } = dayBounds('2026-04-10', zone);
  const night = [{ days: [5], start: '20:15', end: '02:00', endsNextDay: true }];
  const working = workingIntervals({ zone, weekly: night }, searchRange({ start: earliest, end: latest }, zone));
  const starts = slotStarts({ ...hour, working, busy: none, earliest, latest });
  assert.equal(starts.at(-1), toInstant('2026-04-10', '23:15', zone));
});

const clock = fc.nat(47).map(half => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
const windows = fc.array(
  fc.record({
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 4 }),
    start: clock,
    end: fc.oneof(clock, fc.constant('24:00')),
    endsNextDay: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

test('the grid of a day does not depend on how far around it somebody looks, round the clock too', () => {
  const zone = 'Europe/Prague';
  const dayAndNight = { days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00', endsNextDay: false };
  const hours = fc.oneof({ weight: 1, arbitrary: fc.constant([dayAndNight]) }, { weight: 4, arbitrary: windows });
  const minutes = fc.constantFrom(15, 25, 45, 50, 70, 110);
  fc.assert(
    fc.property(hours, fc.nat(700), fc.integer({ min: 1, max: 40 }), minutes, minutes, (weekly, first, more, ...of) => {
      const [duration, step] = of.map(count => count * MINUTE) as [number, number];
      const date = addDays('2026-01-01', first);
      const { start: earliest, end: latest } = dayBounds(date, zone);
      const around = {
        start: dayBounds(addDays(date, -more), zone).start,
        end: dayBounds(addDays(date, more), zone).end,
      };
      const found = [{ start: earliest, end: latest }, around].map(range => {
        const { intervals: working, dayStarts } = workingTime({ zone, weekly }, searchRange(range, zone));
        return slotStarts({ working, dayStarts, busy: none, duration, step, earliest, latest });
      });
      assert.deepEqual(found[0], found[1]);
    }),
    { numRuns: 200 },
  );
});

test('a search that would never end is refused', () => {
  const search = { ...half, working: [span('09:00', '17:00')], busy: none };
  assert.throws(() => slotStarts({ ...search, step: 0 }), RangeError);
  assert.throws(() => slotStarts({ ...search, duration: 0 }), RangeError);
});

test('starts of several resources come together in order', () => {
  const merged = mergeSlots(
    new Map([
      ['b', [2, 3]],
      ['a', [1, 2, 2]],
      ['c', []],
    ]),
  );
  assert.deepEqual(merged, [
    { start: 1, resources: ['a'] },
    { start: 2, resources: ['b', 'a'] },
    { start: 3, resources: ['b'] },
  ]);
});

const short = fc.nat(6);
const busyItem = fc
  .record({
    start: fc.nat(90),
    length: fc.integer({ min: -2, max: 25 }),
    before: short,
    after: short,
    quantity: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ start, length, ...rest }) => ({ start, end: start + length, ...rest }));
const search = fc.record({
  working: fc.array(
    fc.tuple(fc.nat(80), fc.integer({ min: -2, max: 40 })).map(([start, n]) => ({ start, end: start + n })),
    { maxLength: 4 },
  ),
  dayStarts: fc.uniqueArray(fc.nat(110), { maxLength: 3 }).map(days => days.toSorted((a, b) => a - b)),
  busy: fc.array(busyItem, { maxLength: 8 }),
  duration: fc.integer({ min: 1, max: 15 }),
  step: fc.integer({ min: 1, max: 9 }),
  bufferBefore: short,
  bufferAfter: short,
  bufferMode: fc.constantFrom('sum' as const, 'max' as const),
  earliest: fc.nat(60),
  latest: fc.integer({ min: 40, max: 120 }),
});

test('a start is offered exactly when the check says that it is free', () => {
  fc.assert(
    fc.property(search, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), (drawn, capacity, quantity) => {
      const query = { ...drawn, capacity, quantity };
      const starts = slotStarts(query);
      const checked = Array.from({ length: 130 }, (_, t) => t).filter(t => isFree(t, query));
      assert.deepEqual(starts, checked);
      assert.ok(starts.every(t => isFree(t, { ...query, step: undefined })));
    }),
    { numRuns: 500 },
  );
});

test('capacity 1: offered starts keep their distance from every busy item, and no other start does', () => {
  fc.assert(
    fc.property(search, drawn => {
      const { duration, bufferBefore, bufferAfter } = drawn;
      const gap = (own: number, theirs: number) => (drawn.bufferMode === 'sum' ? own + theirs : Math.max(own, theirs));
      const clear = (t: number) =>
        drawn.busy.every(
          item =>
            item.start >= item.end ||
            t >= item.end + gap(bufferBefore, item.after) ||
            t + duration <= item.start - gap(bufferAfter, item.before),
        );
      const open = { ...drawn, busy: drawn.busy.map(item => ({ ...item, quantity: 1 })) };
      assert.deepEqual(slotStarts(open), slotStarts({ ...open, busy: [] }).filter(clear));
      for (const start of slotStarts(open)) {
        assert.ok(!drawn.busy.some(item => overlaps(item, { start, end: start + duration })));
      }
    }),
    { numRuns: 500 },
  );
});

test('booking what is offered never passes the capacity', () => {
  fc.assert(
    fc.property(
      search,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.nat(30), { maxLength: 12 }),
      (drawn, capacity, choices) => {
        const { duration, bufferBefore: before, bufferAfter: after } = drawn;
        const busy: room.Busy[] = [];
        for (const choice of choices) {
          const starts = slotStarts({ ...drawn, busy, capacity });
          const start = starts[choice % (starts.length || 1)];
          if (start !== undefined) busy.push({ start, end: start + duration, before, after });
        }
        const pad = drawn.bufferMode === 'sum' ? { before, after } : { before: 0, after: 0 };
        for (let t = -10; t < 140; t++) {
          const load = busy.filter(item => item.start - pad.before <= t && t < item.end + pad.after).length;
          assert.ok(load <= capacity);
        }
      },
    ),
    { numRuns: 300 },
  );
});
