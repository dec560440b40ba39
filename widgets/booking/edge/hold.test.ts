import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayBounds } from '../../../schemas/time/index.ts';
import { type Availability, eva, type Held, openSalon } from './testing.ts';

const start = '2026-04-10T08:00:00Z';
const codes = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map(result => (result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code)).sort();

test('AV-16 of 200 holds of the last place one wins, and nothing is left of the others, 50 times', async t => {
  for (let round = 0; round < 50; round++) {
    const salon = await openSalon(t);
    const holds = Array.from({ length: 200 }, (_, i) => salon.ask('hold', { service: salon.service, start }, `c${i}`));
    const [lucky, ...others] = codes(await Promise.allSettled(holds)).reverse();
    assert.equal(lucky, 'ok');
    assert.deepEqual([...new Set(others)], ['SLOT_TAKEN']);
    assert.equal((await salon.allocations()).length, 1);
    assert.equal((await salon.bookings()).length, 1);
  }
});

test('AV-16 with three places three of twenty win', async t => {
  const salon = await openSalon(t, { staff: [{ name: 'Class', capacity: 3 }] });
  const holds = Array.from({ length: 20 }, (_, i) => salon.ask('hold', { service: salon.service, start }, `c${i}`));
  const outcome = codes(await Promise.allSettled(holds));
  assert.equal(outcome.filter(code => code === 'ok').length, 3);
  assert.deepEqual([...new Set(outcome)], ['SLOT_TAKEN', 'ok']);
});

test('parallel callers are spread over free staff', async t => {
  const salon = await openSalon(t, { staff: Array.from({ length: 12 }, (_, i) => ({ name: `S${i}` })) });
  const holds = Array.from({ length: 6 }, (_, i) =>
    salon.ask<Held>('hold', { service: salon.service, start }, `visitor ${i % 2}`),
  );
  const taken = await Promise.all(holds);
  assert.equal(new Set(taken.map(({ staff }) => staff.id)).size, 6);
});

test('any staff: the least booked that day, then by priority', async t => {
  const salon = await openSalon(t, {
    staff: [
      { name: 'Rosa', priority: 2 },
      { name: 'Max', priority: 1 },
    ],
  });
  const names: string[] = [];
  for (const hour of ['07', '08', '09', '10', '11', '12']) {
    const { staff } = await salon.ask<Held>('hold', { service: salon.service, start: `2026-04-10T${hour}:00:00Z` });
    names.push(staff.name);
  }
  assert.deepEqual(names, ['Max', 'Rosa', 'Max', 'Rosa', 'Max', 'Rosa']);
  const tomorrow = { service: salon.service, start: '2026-04-13T08:00:00Z' };
  assert.equal((await salon.ask<Held>('hold', tomorrow)).staff.name, 'Max');
});

test('a hold takes the time away, until it ends', async t => {
  const salon = await openSalon(t);
  const free = async () => (await salon.slots('2026-04-10', '2026-04-11')).includes(start);
  const { expiresAt, end } = await salon.ask<Held>('hold', { service: salon.service, start });
  assert.deepEqual([expiresAt, end], ['2026-04-01T08:10:00Z', '2026-04-10T09:00:00Z']);
  assert.equal(await free(), false);
  await assert.rejects(salon.ask('hold', { service: salon.service, start }, 'other'), { code: 'SLOT_TAKEN' });
  salon.engine.now = Date.parse(expiresAt) - 1;
  assert.equal(await free(), false);
  salon.engine.now += 1;
  assert.equal(await free(), true, 'without any job having run');
  await salon.ask('hold', { service: salon.service, start }, 'other');
});

test('ended holds are put right by one run a minute, and nothing runs where nobody holds', async t => {
  const salon = await openSalon(t, { staff: [{ name: 'Room', capacity: 3 }] });
  const { runtime, tenant } = salon.engine;
  const jobs = async () => {
    const db = await runtime.stores.open(tenant.store, tenant.modules);
    const [found] = await db.read([{ sql: `SELECT next_at FROM _job WHERE name LIKE 'booking.%'` }]);
    return found!.rows.map(([at]) => new Date(at as number).toISOString());
  };
  await salon.engine.sweep();
  assert.deepEqual(await jobs(), []);
  salon.engine.now += 1_000;
  for (const caller of ['a', 'b']) await salon.ask('hold', { service: salon.service, start }, caller);
  assert.deepEqual(await jobs(), ['2026-04-01T08:11:00.000Z']);
  salon.engine.now = Date.parse('2026-04-01T08:11:00Z');
  await salon.engine.sweep();
  assert.deepEqual(
    (await salon.bookings()).map(({ status }) => status),
    ['expired', 'expired'],
  );
  assert.deepEqual(
    (await salon.allocations()).map(({ status }) => status),
    ['released', 'released'],
  );
  assert.deepEqual(await jobs(), []);
});

test('what is not offered cannot be held', async t => {
  const salon = await openSalon(t, { service: { minNotice: 60, horizonDays: 30 } });
  const hold = (input: object) => salon.ask('hold', { service: salon.service, start, ...input });
  for (const [input, code] of [
    [{ start: '2026-04-10T08:30:00Z' }, 'SLOT_UNAVAILABLE'],
    [{ start: '2026-04-10T06:00:00Z' }, 'SLOT_UNAVAILABLE'],
    [{ start: '2026-04-10T15:00:00Z' }, 'SLOT_UNAVAILABLE'],
    [{ start: '2026-04-11T08:00:00Z' }, 'SLOT_UNAVAILABLE'],
    [{ start: '2026-05-04T08:00:00Z' }, 'SLOT_UNAVAILABLE'],
    [{ start: '2026-04-01T08:59:00Z' }, 'TOO_SOON'],
    [{ start: '2026-03-31T08:00:00Z' }, 'TOO_SOON'],
    [{ staff: 'nobody' }, 'SLOT_UNAVAILABLE'],
    [{ service: 'nothing' }, 'UNKNOWN_SERVICE'],
    [{ duration: 50 }, 'VALIDATION_FAILED'],
  ] as const) {
    await assert.rejects(hold(input), { code }, JSON.stringify(input));
  }
  assert.deepEqual(await salon.allocations(), []);
});

test('a visit keeps three times: one more lets go of the oldest', async t => {
  const salon = await openSalon(t);
  const visit = { ...salon.engine.actors.visitor, id: 'visit-1' };
  const hold = (day: number) =>
    salon.engine.call<Held>(visit, 'booking', 'hold', { service: salon.service, start: `2026-04-${day}T08:00:00Z` });
  const held = [];
  for (const day of [13, 14, 15, 16]) held.push(await hold(day));
  const free = await salon.slots('2026-04-13', '2026-04-17');
  assert.deepEqual(
    [13, 14, 15, 16].map(day => free.includes(`2026-04-${day}T08:00:00Z`)),
    [true, false, false, false],
  );
  await assert.rejects(salon.ask('confirm', { hold: held[0]!.hold, ...eva }), { code: 'HOLD_EXPIRED' });
  await salon.ask('confirm', { hold: held[3]!.hold, ...eva });
});

test('an address holds forty times at most, also at once; the desk as many as it likes', async t => {
  const salon = await openSalon(t, { staff: Array.from({ length: 50 }, (_, i) => ({ name: `S${i}` })) });
  const { visitor } = salon.engine.actors;
  const hold = (n: number) =>
    salon.engine.call({ ...visitor, id: `visit-${n}` }, 'booking', 'hold', { service: salon.service, start });
  const outcome = codes(await Promise.allSettled(Array.from({ length: 50 }, (_, n) => hold(n))));
  assert.equal(outcome.filter(code => code === 'ok').length, 40);
  assert.equal(outcome.filter(code => code === 'TOO_MANY_HOLDS').length, 10);
  await salon.ask('hold', { service: salon.service, start }, 'another address');
  await salon.desk('hold', { service: salon.service, start });
});

test('a hold is renewed once and released once', async t => {
  const salon = await openSalon(t);
  const { hold } = await salon.ask<Held>('hold', { service: salon.service, start });
  salon.engine.now += 9 * 60_000;
  assert.deepEqual(await salon.ask('renew', { hold }), { expiresAt: '2026-04-01T08:19:00Z' });
  await assert.rejects(salon.ask('renew', { hold }), { code: 'HOLD_NOT_RENEWABLE' });
  salon.engine.now += 5 * 60_000;
  assert.equal((await salon.slots('2026-04-10', '2026-04-11')).includes(start), false);
  await salon.ask('release', { hold });
  assert.equal((await salon.slots('2026-04-10', '2026-04-11')).includes(start), true);
  assert.deepEqual(await salon.ask('release', { hold }), {});
  await assert.rejects(salon.ask('renew', { hold }), { code: 'HOLD_EXPIRED' });
  for (const action of ['renew', 'release']) {
    await assert.rejects(salon.ask(action, { hold: 'guess' }), { code: 'UNKNOWN_HOLD' });
  }
});

test('a hold that ran out is not renewed, and a booking is not released', async t => {
  const salon = await openSalon(t);
  const { hold } = await salon.ask<Held>('hold', { service: salon.service, start });
  await salon.ask('confirm', { hold, ...eva });
  await assert.rejects(salon.ask('release', { hold }), { code: 'UNKNOWN_HOLD' });
  const other = await salon.ask<Held>('hold', { service: salon.service, start: '2026-04-10T10:00:00Z' });
  salon.engine.now += 10 * 60_000;
  await assert.rejects(salon.ask('renew', { hold: other.hold }), { code: 'HOLD_EXPIRED' });
});

test('the job ends holds that ran out, and those alone', async t => {
  const salon = await openSalon(t);
  await salon.ask('hold', { service: salon.service, start });
  salon.engine.now += 5 * 60_000;
  await salon.ask('hold', { service: salon.service, start: '2026-04-10T10:00:00Z' });
  salon.engine.now += 5 * 60_000;
  await salon.engine.sweep();
  const states = (rows: readonly { start: string; status: string }[]) =>
    [...rows].sort((a, b) => a.start.localeCompare(b.start)).map(({ status }) => status);
  assert.deepEqual(states(await salon.bookings()), ['expired', 'held']);
  assert.deepEqual(states(await salon.allocations()), ['released', 'held']);
});

test('round the clock, the grid begins anew each day: what is offered can be held, and nothing beside it', async t => {
  const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }];
  const salon = await openSalon(t, { windows, service: { durations: [50], slotStep: 50 } });
  const found = await salon.ask<Availability>('availability', {
    service: salon.service,
    from: '2026-04-08',
    to: '2026-04-12',
  });
  for (const { date, slots } of found.days) {
    assert.equal(slots[0], new Date(dayBounds(date, 'Europe/Prague').start).toISOString().replace('.000', ''));
    await salon.ask('hold', { service: salon.service, start: slots[3], duration: 50 });
    const beside = new Date(Date.parse(slots[10]!) + 10 * 60_000).toISOString();
    await assert.rejects(salon.ask('hold', { service: salon.service, start: beside }), { code: 'SLOT_UNAVAILABLE' });
  }
});
