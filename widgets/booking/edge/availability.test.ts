import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Availability, eva, openSalon } from './testing.ts';

const NEW_YORK = 'America/New_York';
const allDay = [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }];
const hours = (count: number) => ({ durations: [count], slotStep: count });

test('BK-02 a day has 23 or 25 hours where the clocks change, and the slots of its own zone', async t => {
  const salon = await openSalon(t, { windows: allDay, now: '2026-03-01T08:00:00Z' });
  const spring = await salon.slots('2026-03-29', '2026-03-30');
  assert.deepEqual([spring.length, spring[0], spring.at(-1)], [23, '2026-03-28T23:00:00Z', '2026-03-29T21:00:00Z']);
  const autumn = await salon.slots('2026-10-25', '2026-10-26');
  assert.deepEqual([autumn.length, autumn[0], autumn.at(-1)], [25, '2026-10-24T22:00:00Z', '2026-10-25T22:00:00Z']);
  const tokyo = await salon.slots('2026-04-10', '2026-04-11', { zone: 'Asia/Tokyo' });
  assert.deepEqual([tokyo.length, tokyo[0], tokyo.at(-1)], [24, '2026-04-09T15:00:00Z', '2026-04-10T14:00:00Z']);
});

test('TM-13 no day is lost to a skipped hour: a window over the gap opens after it', async t => {
  const windows = [{ days: [7], start: '02:30', end: '04:30' }];
  const salon = await openSalon(t, { windows, zone: NEW_YORK, now: '2026-03-02T12:00:00Z', service: hours(30) });
  assert.deepEqual(await salon.slots('2026-03-08', '2026-03-09'), ['2026-03-08T07:30:00Z', '2026-03-08T08:00:00Z']);
  assert.equal((await salon.slots('2026-03-15', '2026-03-16')).length, 4);
});

test('BK-02 slots are grouped by the visitor’s day; days without any are left out', async t => {
  const salon = await openSalon(t);
  const ask = { service: salon.service, from: '2026-04-10', to: '2026-04-14', zone: 'Pacific/Auckland' };
  const { zone, days } = await salon.ask<Availability>('availability', ask);
  assert.equal(zone, 'Pacific/Auckland');
  assert.deepEqual(
    days.map(({ date, slots }) => [date, slots.length]),
    [
      ['2026-04-10', 8],
      ['2026-04-11', 3],
      ['2026-04-13', 5],
    ],
  );
});

test('AV-10 AV-11 an override replaces its date, also where the date is another one in UTC', async t => {
  const windows = [{ days: [1, 2, 3, 4, 5], start: '08:00', end: '17:00' }];
  const salon = await openSalon(t, { windows, zone: NEW_YORK, now: '2023-06-01T12:00:00Z' });
  const { engine, staff } = salon;
  const override = (date: string, open: object[], resource: string | null = staff[0]!) =>
    engine.create(engine.actors.admin, 'calendar', 'override', { date, resource, windows: open });
  await override('2023-06-13', [{ start: '10:00', end: '15:00' }]);
  await override('2023-06-14', [{ start: '22:00', end: '23:00' }]);
  await override('2023-06-15', [], null);
  await override('2023-06-16', [], null);
  await override('2023-06-16', [{ start: '12:00', end: '13:00' }]);
  const slots = await salon.slots('2023-06-13', '2023-06-17');
  assert.deepEqual([slots[0], slots[4]], ['2023-06-13T14:00:00Z', '2023-06-13T18:00:00Z']);
  assert.deepEqual(slots.slice(5), ['2023-06-15T02:00:00Z', '2023-06-16T16:00:00Z']);
  assert.deepEqual(await salon.slots('2023-06-15', '2023-06-16', { zone: 'UTC' }), ['2023-06-15T02:00:00Z']);
});

test('AV-12 the local hours stay after the end of summer time', async t => {
  const salon = await openSalon(t, { zone: NEW_YORK, now: '2023-11-01T12:00:00Z' });
  const slots = await salon.slots('2023-11-03', '2023-11-07');
  assert.equal(slots[0], '2023-11-03T13:00:00Z');
  assert.deepEqual([slots[8], slots.at(-1)], ['2023-11-06T14:00:00Z', '2023-11-06T21:00:00Z']);
});

test('AV-14 facing buffers add up, or with max the larger is enough', async t => {
  for (const [bufferMode, between] of [
    ['sum', []],
    ['max', ['2026-04-10T11:30:00Z']],
  ] as const) {
    const service = { durations: [30], slotStep: 15, bufferBefore: 15, bufferAfter: 30, bufferMode };
    const salon = await openSalon(t, { service });
    for (const start of ['2026-04-10T10:30:00Z', '2026-04-10T12:30:00Z']) {
      await salon.ask('book', { service: salon.service, start, ...eva });
    }
    const slots = await salon.slots('2026-04-10', '2026-04-11');
    assert.deepEqual(
      slots.filter(start => start >= '2026-04-10T11:00:00Z' && start < '2026-04-10T12:30:00Z'),
      between,
      bufferMode,
    );
  }
});

test('BK-04 hours that end before they start give nothing; a night that says so is whole', async t => {
  const windows = [{ days: [5], start: '08:00', end: '07:00' }];
  const wrong = await openSalon(t, { windows });
  assert.deepEqual(await wrong.slots('2026-04-10', '2026-04-12'), []);
  const night = await openSalon(t, { windows: [{ ...windows[0], start: '22:00', end: '02:00', endsNextDay: true }] });
  assert.deepEqual(await night.slots('2026-04-11', '2026-04-12'), ['2026-04-10T22:00:00Z', '2026-04-10T23:00:00Z']);
});

test('notice and horizon bound the starts; the grid stays', async t => {
  const salon = await openSalon(t, { now: '2026-04-01T08:20:00Z', service: { minNotice: 60, horizonDays: 1 } });
  const slots = await salon.slots('2026-03-20', '2026-05-01');
  assert.deepEqual([slots.length, slots[0], slots.at(-1)], [13, '2026-04-01T10:00:00Z', '2026-04-02T14:00:00Z']);
});

test('an empty range says when the next free time is, or that there is none', async t => {
  const salon = await openSalon(t, { service: { horizonDays: 10 } });
  const next = async (from: string, to: string) =>
    (await salon.ask<Availability>('availability', { service: salon.service, from, to })).next;
  assert.equal(await next('2026-04-04', '2026-04-06'), '2026-04-06');
  assert.equal(await next('2026-04-03', '2026-04-06'), null, 'only an empty range is asked about');
  assert.equal(await next('2026-04-12', '2026-04-20'), null);
  assert.equal(await next('2020-01-01', '2020-01-02'), '2026-04-01');
  assert.equal(await next('9999-12-30', '9999-12-31'), null);
  assert.equal(await next('0000-01-01', '0000-01-02'), '2026-04-01');
});

test('a range may have 62 days and a duration must be one of the service’s', async t => {
  const salon = await openSalon(t, { service: { durations: [60, 90] } });
  await salon.slots('2026-04-01', '2026-06-02');
  await assert.rejects(salon.slots('2026-04-01', '2026-06-03'), { code: 'RANGE_TOO_LONG' });
  assert.equal((await salon.slots('2026-04-10', '2026-04-11', { duration: 90 })).length, 7);
  await assert.rejects(salon.slots('2026-04-10', '2026-04-11', { duration: 45 }), { code: 'VALIDATION_FAILED' });
  const { engine, service } = salon;
  await engine.update(engine.actors.admin, 'booking', 'service', service, { active: false });
  await assert.rejects(salon.slots('2026-04-10', '2026-04-11'), { code: 'UNKNOWN_SERVICE' });
});

test('any staff means each time that somebody has; a chosen one means theirs', async t => {
  const salon = await openSalon(t, { staff: [{ name: 'Rosa' }, { name: 'Max' }, { name: 'Away', active: false }] });
  const { engine, staff, service } = salon;
  const start = '2026-04-10T08:00:00Z';
  await salon.ask('book', { service, start, staff: staff[0], ...eva });
  await engine.create(engine.actors.admin, 'calendar', 'timeOff', {
    resource: staff[1],
    start: '2026-04-10T10:00:00Z',
    end: '2026-04-10T12:00:00Z',
  });
  const of = async (id?: string) => (await salon.slots('2026-04-10', '2026-04-11', { staff: id })).length;
  assert.deepEqual([await of(), await of(staff[0]), await of(staff[1]), await of(staff[2])], [8, 7, 6, 0]);
  await engine.update(engine.actors.admin, 'booking', 'service', service, { staff: [staff[1]] });
  assert.deepEqual([await of(), await of(staff[0])], [6, 0]);
});

test('the catalogue shows active services and who gives them', async t => {
  const salon = await openSalon(t, {
    staff: [
      { name: 'Rosa', title: 'Owner' },
      { name: 'Away', active: false },
    ],
  });
  const { engine, service, staff } = salon;
  await engine.create(engine.actors.admin, 'booking', 'service', {
    name: 'Old',
    slug: 'old',
    durations: [30],
    active: false,
  });
  assert.deepEqual(await salon.ask('catalogue', {}), {
    business: { name: "Rosa's Salon", zone: 'Europe/Prague' },
    services: [{ id: service, slug: 'haircut', name: 'Haircut', description: null, durations: [60], price: null }],
    staff: [{ id: staff[0], name: 'Rosa', title: 'Owner', services: [service] }],
    phone: 'optional',
  });
});
