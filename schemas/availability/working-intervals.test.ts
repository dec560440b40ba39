import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Interval, totalLength } from '../intervals/index.ts';
import { addDays, dayBounds, toRfc3339 } from '../time/index.ts';
import { type DayWindow, validateWindows, type WeeklyWindow, workingIntervals } from './index.ts';

const HOUR = 3_600_000;
const NEW_YORK = 'America/New_York';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const weekdays = (start: string, end: string): WeeklyWindow => ({ days: [1, 2, 3, 4, 5], start, end });
const utc = (from: string, to: string): Interval => ({ start: Date.parse(from), end: Date.parse(to) });
const text = (list: readonly Interval[]) => list.map(({ start, end }) => [toRfc3339(start), toRfc3339(end)]);

test('AV-10 an override replaces the hours of its date', () => {
  const weekly = [weekdays('08:00', '17:00')];
  const overrides = [{ date: '2023-06-13', windows: [{ start: '10:00', end: '15:00' }] }];
  const range = utc('2023-06-13T00:00:00Z', '2023-06-15T00:00:00Z');
  assert.deepEqual(text(workingIntervals({ zone: NEW_YORK, weekly, overrides }, range)), [
    ['2023-06-13T14:00:00Z', '2023-06-13T19:00:00Z'],
    ['2023-06-14T12:00:00Z', '2023-06-14T21:00:00Z'],
  ]);
});

test('AV-10 an override of no hours, or 00:00-00:00, closes the date', () => {
  const weekly = [weekdays('08:00', '17:00')];
  const range = dayBounds('2023-06-13', NEW_YORK);
  for (const windows of [[], [{ start: '00:00', end: '00:00' }]]) {
    assert.deepEqual(
      workingIntervals({ zone: NEW_YORK, weekly, overrides: [{ date: '2023-06-13', windows }] }, range),
      [],
    );
  }
  const open = [{ date: '2023-06-13', windows: [{ start: '00:00', end: '24:00' }] }];
  assert.deepEqual(workingIntervals({ zone: NEW_YORK, weekly, overrides: open }, range), [range]);
});

test('AV-11 hours late in the local day are not lost to a range of UTC days', () => {
  const overrides = [{ date: '2023-06-13', windows: [{ start: '22:00', end: '23:00' }] }];
  const range = utc('2023-06-14T00:00:00Z', '2023-06-15T00:00:00Z');
  assert.deepEqual(text(workingIntervals({ zone: NEW_YORK, weekly: [], overrides }, range)), [
    ['2023-06-14T02:00:00Z', '2023-06-14T03:00:00Z'],
  ]);
});

test('AV-12 the local hours stay after the end of summer time', () => {
  const hours = { zone: NEW_YORK, weekly: [weekdays('09:00', '17:00')] };
  assert.deepEqual(text(workingIntervals(hours, utc('2023-11-05T00:00:00Z', '2023-11-07T00:00:00Z'))), [
    ['2023-11-06T14:00:00Z', '2023-11-06T22:00:00Z'],
  ]);
});

test('BK-04 an end before the start is a mistake and gives no hours', () => {
  const window = { days: EVERY_DAY, start: '08:00', end: '07:00' };
  assert.deepEqual(
    validateWindows([weekdays('09:00', '17:00'), window]).map(({ pointer, code }) => [pointer, code]),
    [['/1/end', 'END_BEFORE_START']],
  );
  const range = utc('2026-05-01T00:00:00Z', '2026-05-08T00:00:00Z');
  assert.deepEqual(workingIntervals({ zone: 'UTC', weekly: [window] }, range), []);
});

test('BK-04 a night that says so runs over midnight, also from the day before the range', () => {
  const night = { days: [6], start: '22:00', end: '06:00', endsNextDay: true };
  assert.deepEqual(validateWindows([night]), []);
  const hours = { zone: NEW_YORK, weekly: [night] };
  const length = (saturday: string) => {
    const range = { start: dayBounds(saturday, NEW_YORK).start, end: dayBounds(addDays(saturday, 1), NEW_YORK).end };
    return totalLength(workingIntervals(hours, range)) / HOUR;
  };
  assert.deepEqual(['2026-03-07', '2026-10-31', '2026-05-02'].map(length), [7, 9, 8]);
  assert.equal(totalLength(workingIntervals(hours, dayBounds('2026-05-03', NEW_YORK))) / HOUR, 6);
});

test('BK-04 every other mistake is pointed out', () => {
  const codes = (window: DayWindow | WeeklyWindow) =>
    validateWindows([window]).map(({ pointer, code }) => `${pointer} ${code}`);
  assert.deepEqual(codes({ start: '9:00', end: '17:00' }), ['/0/start INVALID_TIME']);
  assert.deepEqual(codes({ start: '24:00', end: '24:00' }), ['/0/start INVALID_TIME']);
  assert.deepEqual(codes({ start: '09:00', end: '25:00' }), ['/0/end INVALID_TIME']);
  assert.deepEqual(codes({ start: '09:00', end: '09:00' }), ['/0/end END_BEFORE_START']);
  assert.deepEqual(codes({ start: '09:00', end: '10:00', endsNextDay: true }), ['/0/endsNextDay WINDOW_TOO_LONG']);
  assert.deepEqual(codes({ start: '09:00', end: '09:00', endsNextDay: true }), []);
  assert.deepEqual(codes({ days: [0, 8], start: '10:00', end: '09:00' }), [
    '/0/days INVALID_DAYS',
    '/0/end END_BEFORE_START',
  ]);
  assert.deepEqual(codes({ days: [], start: '09:00', end: '24:00' }), ['/0/days INVALID_DAYS']);
});

test('time off is cut out, windows that touch are one', () => {
  const weekly = [weekdays('09:00', '12:00'), weekdays('12:00', '17:00'), weekdays('16:00', '18:00')];
  const timeOff = [
    utc('2026-05-04T10:00:00Z', '2026-05-04T11:00:00Z'),
    utc('2026-05-05T00:00:00Z', '2026-05-06T00:00:00Z'),
  ];
  const range = utc('2026-05-04T00:00:00Z', '2026-05-06T00:00:00Z');
  assert.deepEqual(text(workingIntervals({ zone: 'UTC', weekly, timeOff }, range)), [
    ['2026-05-04T09:00:00Z', '2026-05-04T10:00:00Z'],
    ['2026-05-04T11:00:00Z', '2026-05-04T18:00:00Z'],
  ]);
});
