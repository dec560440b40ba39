import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, addMonths, dateOf, dayNumber, eachDate, isDate, isTime, isZone, weekday } from './index.ts';
import { Recent } from './recent.ts';

test('TM-09 months are added to the anchor and held to the last day', () => {
  const months = [1, 2, 3, 4, 13].map(n => addMonths('2026-01-31', n));
  assert.deepEqual(months, ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2027-02-28']);
  assert.equal(addMonths('2028-03-31', -1), '2028-02-29');
  assert.equal(addMonths('2026-01-15', -13), '2024-12-15');
});

test('a date must exist', () => {
  for (const date of ['2028-02-29', '2000-02-29', '0000-01-01', '9999-12-31']) assert.ok(isDate(date), date);
  for (const date of ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-01', '+2026-04-01'])
    assert.ok(!isDate(date), date);
  assert.throws(() => addDays('9999-12-31', 1), RangeError);
  assert.throws(() => addDays('2026-02-30', 1), RangeError);
});

test('a day number agrees with Date over all years', () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), number => {
      const date = dateOf(number);
      assert.equal(date, new Date(number * 86_400_000).toISOString().slice(0, 10));
      assert.equal(dayNumber(date), number);
      assert.equal(weekday(date) % 7, new Date(number * 86_400_000).getUTCDay());
    }),
    { numRuns: 500 },
  );
});

test('dates run over a leap day and the end of a year', () => {
  assert.deepEqual(eachDate('2028-02-28', '2028-03-02'), ['2028-02-28', '2028-02-29', '2028-03-01']);
  assert.deepEqual(eachDate('2026-12-31', '2027-01-02'), ['2026-12-31', '2027-01-01']);
  assert.deepEqual(eachDate('2026-05-01', '2026-05-01'), []);
  assert.equal(weekday('2026-03-29'), 7);
});

test('times of day and zones are recognised', () => {
  for (const time of ['00:00', '23:59']) assert.ok(isTime(time));
  for (const time of ['24:00', '9:00', '12:60', '12:00:00', '']) assert.ok(!isTime(time), time);
  for (const zone of ['UTC', 'Europe/Prague', 'Asia/Kathmandu']) assert.ok(isZone(zone));
  for (const zone of ['', '+02:00', 'Europe/Nowhere', 'Mars']) assert.ok(!isZone(zone), zone);
});

test('the recent values stay, the rest is forgotten', () => {
  const recent = new Recent<number, number>(10);
  let made = 0;
  const read = (key: number) => recent.get(key, () => ++made);
  for (let key = 0; key < 1000; key++) {
    read(key);
    read(0);
  }
  assert.equal(made, 1000);
  assert.ok(recent.size <= 20);
});
