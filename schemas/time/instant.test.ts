import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type Disambiguation, dayBounds, parseInstant, toInstant, toLocal, toRfc3339 } from './index.ts';

const NEW_YORK = 'America/New_York';
const PRAGUE = 'Europe/Prague';
const HOUR = 3_600_000;

const utc = (date: string, time: string, zone: string, disambiguation?: Disambiguation): string =>
  toRfc3339(toInstant(date, time, zone, { disambiguation }));

const refused = { code: 'AMBIGUOUS_LOCAL_TIME', status: 422 };

test('TM-01 a skipped time moves forward, or is refused', () => {
  assert.equal(utc('2026-03-08', '02:30', NEW_YORK), '2026-03-08T07:30:00Z');
  assert.equal(toLocal(toInstant('2026-03-08', '02:30', NEW_YORK), NEW_YORK).time, '03:30');
  assert.equal(utc('2026-03-08', '02:30', NEW_YORK, 'earlier'), '2026-03-08T06:30:00Z');
  assert.throws(() => utc('2026-03-08', '02:30', NEW_YORK, 'strict'), refused);
});

test('TM-02 a repeated time is the earlier or the later one', () => {
  assert.equal(utc('2026-11-01', '01:30', NEW_YORK), '2026-11-01T05:30:00Z');
  assert.equal(utc('2026-11-01', '01:30', NEW_YORK, 'earlier'), '2026-11-01T05:30:00Z');
  assert.equal(utc('2026-11-01', '01:30', NEW_YORK, 'later'), '2026-11-01T06:30:00Z');
  assert.throws(() => utc('2026-11-01', '01:30', NEW_YORK, 'strict'), refused);
  assert.equal(utc('2026-11-01', '02:30', NEW_YORK, 'strict'), '2026-11-01T07:30:00Z');
});

test('TM-03 the same wall clock is another instant after the change', () => {
  assert.equal(utc('2026-03-28', '09:00', PRAGUE), '2026-03-28T08:00:00Z');
  assert.equal(utc('2026-03-29', '09:00', PRAGUE), '2026-03-29T07:00:00Z');
});

test('TM-04 gap and fold in Berlin', () => {
  assert.equal(utc('2026-03-29', '02:30', 'Europe/Berlin'), '2026-03-29T01:30:00Z');
  assert.equal(utc('2026-10-25', '02:30', 'Europe/Berlin'), '2026-10-25T00:30:00Z');
  assert.equal(utc('2026-10-25', '02:30', 'Europe/Berlin', 'later'), '2026-10-25T01:30:00Z');
});

test('TM-07 a night shift is as long as its instants', () => {
  const hours = (from: string, to: string, zone: string) =>
    (toInstant(to, '06:00', zone) - toInstant(from, '22:00', zone)) / HOUR;
  assert.equal(hours('2026-03-07', '2026-03-08', NEW_YORK), 7);
  assert.equal(hours('2026-10-31', '2026-11-01', NEW_YORK), 9);
  assert.equal(hours('2026-03-28', '2026-03-29', 'Europe/Berlin'), 7);
});

test('a day has 23, 23.5, 24, 24.5 or 25 hours, or none', () => {
  const hours = (date: string, zone: string) => {
    const { start, end } = dayBounds(date, zone);
    return (end - start) / HOUR;
  };
  assert.equal(hours('2026-03-29', PRAGUE), 23);
  assert.equal(hours('2026-10-25', PRAGUE), 25);
  assert.equal(hours('2026-10-04', 'Australia/Lord_Howe'), 23.5);
  assert.equal(hours('2026-04-05', 'Australia/Lord_Howe'), 24.5);
  assert.equal(hours('2026-04-24', 'Africa/Cairo'), 23);
  assert.equal(hours('2011-12-30', 'Pacific/Apia'), 0);
  assert.equal(hours('2028-02-29', 'Asia/Kathmandu'), 24);
});

test('a day without midnight begins at 01:00', () => {
  const { start } = dayBounds('2026-04-24', 'Africa/Cairo');
  assert.equal(toRfc3339(start), '2026-04-23T22:00:00Z');
  assert.deepEqual(toLocal(start, 'Africa/Cairo'), { date: '2026-04-24', time: '01:00', offsetMinutes: 180 });
  assert.deepEqual(toLocal(start - 1, 'Africa/Cairo'), { date: '2026-04-23', time: '23:59', offsetMinutes: 120 });
});

test('far and odd offsets', () => {
  const yearEnd = Date.UTC(2026, 11, 31, 23, 59, 59);
  assert.deepEqual(toLocal(yearEnd, 'Pacific/Kiritimati'), { date: '2027-01-01', time: '13:59', offsetMinutes: 840 });
  assert.deepEqual(toLocal(yearEnd, 'Asia/Kathmandu'), { date: '2027-01-01', time: '05:44', offsetMinutes: 345 });
  assert.deepEqual(toLocal(yearEnd, 'Pacific/Pago_Pago'), { date: '2026-12-31', time: '12:59', offsetMinutes: -660 });
});

test('bad input is a RangeError', () => {
  assert.throws(() => toInstant('2026-02-30', '09:00', 'UTC'), RangeError);
  assert.throws(() => toInstant('2026-02-03', '24:00', 'UTC'), RangeError);
  assert.throws(() => toInstant('2026-02-03', '09:00', 'Mars/Olympus'), RangeError);
});

const zone = fc.constantFrom(
  ...['UTC', NEW_YORK, PRAGUE, 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kathmandu', 'Pacific/Kiritimati'],
  ...['America/Toronto', 'America/Sao_Paulo', 'Pacific/Apia', 'Africa/Casablanca', 'America/Havana', 'Asia/Tehran'],
);

// Half of the draws fall near a change of clocks, where an error would hide.
const moment = fc.tuple(
  zone,
  fc.integer({ min: -2e12, max: 3e12 }),
  fc.integer({ min: -3 * HOUR, max: 27 * HOUR }),
  fc.boolean(),
);

test('both ways agree with Temporal at random instants and near changes', () => {
  fc.assert(
    fc.property(
      moment,
      fc.constantFrom('compatible' as const, 'earlier' as const, 'later' as const),
      ([name, at, near, jump], how) => {
        const drawn = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
        const change = jump ? drawn.getTimeZoneTransition('next') : null;
        const zoned = change ? change.subtract({ hours: 12 }).add({ milliseconds: near }) : drawn;
        const local = toLocal(zoned.epochMilliseconds, name);
        assert.equal(local.date, zoned.toPlainDate().toString());
        assert.equal(local.time, zoned.toPlainTime().toString().slice(0, 5));
        assert.equal(local.offsetMinutes, zoned.offsetNanoseconds / 60e9);
        const bounds = dayBounds(local.date, name);
        assert.equal(bounds.start, zoned.startOfDay().epochMilliseconds);
        const expected = Temporal.PlainDateTime.from(`${local.date}T${local.time}`).toZonedDateTime(name, {
          disambiguation: how,
        });
        assert.equal(toInstant(local.date, local.time, name, { disambiguation: how }), expected.epochMilliseconds);
      },
    ),
    { numRuns: 1500 },
  );
});

test('RFC 3339 text is read and written', () => {
  assert.equal(toRfc3339(0), '1970-01-01T00:00:00Z');
  assert.equal(toRfc3339(1), '1970-01-01T00:00:00.001Z');
  assert.equal(parseInstant('2026-03-08T02:30:00-05:00'), Date.UTC(2026, 2, 8, 7, 30));
  assert.equal(parseInstant('2026-03-08t02:30:00.1239z'), Date.UTC(2026, 2, 8, 2, 30, 0, 123));
  assert.equal(parseInstant('0001-01-01T00:00:00Z'), -62_135_596_800_000);
  for (const text of [
    '2026-03-08',
    '2026-03-08T02:30Z',
    '2026-03-08T02:30:00',
    '2026-02-30T00:00:00Z',
    '2026-03-08T24:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-03-08T00:00:00+24:00',
    '',
  ])
    assert.equal(parseInstant(text), undefined, text);
  assert.throws(() => toRfc3339(Date.UTC(10_000, 0, 1)), RangeError);
  fc.assert(
    fc.property(
      fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }),
      at => parseInstant(toRfc3339(at)) === at,
    ),
    { numRuns: 300 },
  );
});
