import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toLocal, toRfc3339 } from './index.ts';
import { type RecurrenceBounds, recurrence } from './recurrence.ts';

const NEW_YORK = 'America/New_York';

const instants = (rule: string, start: string, time: string, zone: string, bounds?: RecurrenceBounds): string[] =>
  recurrence({ rule, start, time, zone }, bounds).map(toRfc3339);

const dates = (rule: string, start: string, bounds?: RecurrenceBounds): string[] =>
  recurrence({ rule, start, time: '09:00', zone: NEW_YORK }, bounds).map(at => toLocal(at, NEW_YORK).date);

test('TM-08 a weekly rule keeps its local hour over the change of clocks', () => {
  assert.deepEqual(instants('FREQ=WEEKLY;COUNT=3', '2026-10-25', '09:00', NEW_YORK), [
    '2026-10-25T13:00:00Z',
    '2026-11-01T14:00:00Z',
    '2026-11-08T14:00:00Z',
  ]);
});

test('TM-10 the 31st skips short months, and the last day is another rule', () => {
  assert.deepEqual(dates('FREQ=MONTHLY;COUNT=4', '2026-01-31'), [
    '2026-01-31',
    '2026-03-31',
    '2026-05-31',
    '2026-07-31',
  ]);
  assert.deepEqual(dates('FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4', '2026-01-31'), [
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
  ]);
});

test('TM-12 the first day of the week matters (RFC 5545 3.8.5.3)', () => {
  const rule = 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU';
  assert.deepEqual(dates(`${rule};WKST=MO`, '1997-08-05'), ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']);
  assert.deepEqual(dates(`${rule};WKST=SU`, '1997-08-05'), ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']);
});

test('TM-13 no day is lost in a gap, and a repeated time comes once', () => {
  assert.deepEqual(instants('FREQ=DAILY;COUNT=3', '2026-03-07', '02:30', NEW_YORK), [
    '2026-03-07T07:30:00Z',
    '2026-03-08T07:30:00Z',
    '2026-03-09T06:30:00Z',
  ]);
  assert.deepEqual(instants('FREQ=WEEKLY;COUNT=3', '2026-03-01', '02:30', NEW_YORK), [
    '2026-03-01T07:30:00Z',
    '2026-03-08T07:30:00Z',
    '2026-03-15T06:30:00Z',
  ]);
  assert.deepEqual(instants('FREQ=DAILY;COUNT=2', '2026-11-01', '01:30', NEW_YORK), [
    '2026-11-01T05:30:00Z',
    '2026-11-02T06:30:00Z',
  ]);
});

test('UNTIL counts in UTC to the second, and as a date to the end of the local day', () => {
  const until = (value: string) => dates(`FREQ=WEEKLY;UNTIL=${value}`, '2026-01-05').at(-1);
  assert.equal(until('20260119T140000Z'), '2026-01-19');
  assert.equal(until('20260119T135959Z'), '2026-01-12');
  assert.equal(until('20260119'), '2026-01-19');
  assert.equal(until('20260119T085900'), '2026-01-12');
});

test('UNTIL late in a zone far from UTC loses no day', () => {
  const rule = 'FREQ=DAILY;UNTIL=20260103T090000Z';
  assert.deepEqual(instants(rule, '2026-01-01', '23:00', 'Pacific/Kiritimati'), [
    '2026-01-01T09:00:00Z',
    '2026-01-02T09:00:00Z',
    '2026-01-03T09:00:00Z',
  ]);
  assert.equal(instants('FREQ=DAILY;UNTIL=20260104T080000Z', '2026-01-01', '21:00', 'Pacific/Pago_Pago').length, 3);
});

test('a range and a limit bound an endless rule', () => {
  const range = { start: Date.UTC(2026, 5, 1), end: Date.UTC(2026, 5, 15) };
  assert.deepEqual(dates('FREQ=WEEKLY;BYDAY=MO', '2026-01-05', { range }), ['2026-06-01', '2026-06-08']);
  assert.deepEqual(dates('FREQ=WEEKLY;BYDAY=MO', '2026-01-05', { limit: 2 }), ['2026-01-05', '2026-01-12']);
  assert.deepEqual(dates('FREQ=WEEKLY;BYDAY=MO;COUNT=30', '2026-01-05', { range }), ['2026-06-01', '2026-06-08']);
  assert.deepEqual(dates('FREQ=DAILY', '2026-06-20', { range }), []);
});

test('a rule that cannot be understood is refused', () => {
  const refused = { code: 'VALIDATION_FAILED' };
  const rules = ['', 'FREQ=HOURLY;COUNT=2', 'FREQ=DAILY;COUNT=0', 'FREQ=DAILY;COUNT=-1', 'FREQ=DAILY;BYHOUR=9;COUNT=2'];
  const more = ['FREQ=DAILY;COUNT=2;UNTIL=20260101', 'FREQ=DAILY;FREQ=DAILY;COUNT=2', 'FREQ=WEEKLY;BYDAY=XX;COUNT=2'];
  const worse = [
    'FREQ=DAILY',
    'FREQ=DAILY;UNTIL=20260231',
    'FREQ=DAILY;UNTIL=20260201T250000Z',
    'FREQ=MONTHLY;BYMONTHDAY=40;COUNT=2',
    'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1',
  ];
  for (const rule of [...rules, ...more, ...worse]) assert.throws(() => dates(rule, '2026-01-01'), refused, rule);
});
