import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Confirmed, eva, openSalon, type Salon, tokenOf } from './testing.ts';

const at = (time: string, day = 10): string => `2026-04-${String(day).padStart(2, '0')}T${time}:00Z`;
const HOUR = 3_600_000;

const booked = async (salon: Salon, start = at('08:00')) => {
  const { id, manageUrl } = await salon.ask<Confirmed>('book', { service: salon.service, start, ...eva });
  return { id, token: tokenOf(manageUrl) };
};

interface Moved {
  readonly start: string;
  readonly end: string;
  readonly token: string;
  readonly manageUrl: string;
}

test('BK-08 a booking may move into its own old time', async t => {
  const salon = await openSalon(t, { service: { slotStep: 30 } });
  const { id, token } = await booked(salon);
  const moved = await salon.ask<Moved>('reschedule', { token, start: at('08:30') });
  assert.deepEqual([moved.start, moved.end], [at('08:30'), at('09:30')]);
  assert.equal(tokenOf(moved.manageUrl), moved.token);
  await salon.desk('move', { booking: id, start: at('09:15') });
  const [allocation, ...others] = await salon.allocations();
  assert.deepEqual([allocation!.start, allocation!.end, others.length], [at('09:15'), at('10:15'), 0]);
  assert.deepEqual(
    (await salon.bookings()).map(({ start, sequence }) => [start, sequence]),
    [[at('09:15'), 2]],
  );
});

test('BK-08 the old time is freed only when the new one is given', async t => {
  const salon = await openSalon(t);
  const { token } = await booked(salon);
  await booked(salon, at('10:00'));
  await assert.rejects(salon.ask('reschedule', { token, start: at('10:00') }), { code: 'SLOT_TAKEN' });
  const free = await salon.slots('2026-04-10', '2026-04-11');
  assert.equal(free.includes(at('08:00')), false);
  await salon.ask('reschedule', { token, start: at('11:00') });
  assert.equal((await salon.slots('2026-04-10', '2026-04-11')).includes(at('08:00')), true);
});

test('BK-17 only the newest link changes anything; an old one still shows the status', async t => {
  const salon = await openSalon(t);
  const { token: old } = await booked(salon);
  const { token } = await salon.ask<Moved>('reschedule', { token: old, start: at('09:00') });
  assert.ok(token !== old);
  for (const [action, input] of [
    ['reschedule', { start: at('10:00') }],
    ['cancel', {}],
  ] as const) {
    await assert.rejects(salon.ask(action, { token: old, ...input }), { code: 'LINK_REPLACED' });
    await assert.rejects(salon.ask(action, { token: 'guess', ...input }), { code: 'UNKNOWN_LINK' });
  }
  const view = (by: string) => salon.ask('view', { token: by });
  const shown = await view(old);
  assert.deepEqual([shown['current'], shown['status'], shown['start']], [false, 'confirmed', at('09:00')]);
  assert.deepEqual([shown['canReschedule'], shown['canCancel']], [false, false]);
  assert.deepEqual([(await view(token))['current'], (await view(token))['canCancel']], [true, true]);
  await assert.rejects(view('guess'), { code: 'UNKNOWN_LINK', status: 404 });
});

test('BK-17 of two changes by one link at once one wins and the other is told so', async t => {
  const salon = await openSalon(t);
  const { token } = await booked(salon);
  const outcome = await Promise.allSettled(
    ['09:00', '10:00'].map(time => salon.ask('reschedule', { token, start: at(time) })),
  );
  const refused = outcome.filter(result => result.status === 'rejected').map(({ reason }) => reason.code);
  assert.deepEqual(refused, ['LINK_REPLACED']);
  assert.equal((await salon.bookings())[0]!.sequence, 1);
});

test('a link is kept as a hash alone', async t => {
  const salon = await openSalon(t);
  const { token } = await booked(salon);
  const { runtime, tenant } = salon.engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const tables = ['booking_link', 'booking_booking', '_audit', '_outbox'];
  const found = await db.read(tables.map(table => ({ sql: `SELECT * FROM "${table}"` })));
  assert.equal(
    JSON.stringify(found, (_, value) => (typeof value === 'bigint' ? String(value) : value)).includes(token),
    false,
  );
});

test('cancelling frees the time, once', async t => {
  const salon = await openSalon(t);
  const { token } = await booked(salon);
  const cancel = () => salon.ask('cancel', { token, reason: 'Ill' });
  assert.deepEqual(await cancel(), { status: 'cancelled' });
  assert.deepEqual(await cancel(), { status: 'cancelled' });
  assert.equal((await salon.slots('2026-04-10', '2026-04-11')).includes(at('08:00')), true);
  const [booking] = await salon.bookings();
  assert.deepEqual([booking!.status, booking!.sequence], ['cancelled', 1]);
  await assert.rejects(salon.ask('reschedule', { token, start: at('09:00') }), { code: 'TOO_LATE' });
  await booked(salon);
});

test('the notice for changes, and the start without one, are the last moment', async t => {
  const salon = await openSalon(t, { settings: { cancelNotice: 24 * 60 } });
  const { token } = await booked(salon);
  salon.engine.now = Date.parse(at('08:00')) - 24 * HOUR;
  for (const action of ['cancel', 'reschedule']) {
    const input = action === 'cancel' ? { token } : { token, start: at('12:00') };
    await assert.rejects(salon.ask(action, input), { code: 'TOO_LATE' });
  }
  assert.equal((await salon.ask('view', { token }))['canCancel'], false);
  salon.engine.now -= 1;
  await salon.ask('cancel', { token });
});

test('a customer’s change keeps to the service’s rules, the desk’s to working time alone', async t => {
  const salon = await openSalon(t, { service: { minNotice: 120, horizonDays: 20 } });
  const { id, token } = await booked(salon);
  for (const [start, code] of [
    [at('09:30', 1), 'TOO_SOON'],
    [at('08:30'), 'SLOT_UNAVAILABLE'],
    ['2026-05-20T08:00:00Z', 'SLOT_UNAVAILABLE'],
  ] as const) {
    await assert.rejects(salon.ask('reschedule', { token, start }), { code });
  }
  await salon.desk('move', { booking: id, start: at('08:07', 1) });
  await assert.rejects(salon.desk('move', { booking: id, start: at('05:00', 1) }), { code: 'SLOT_UNAVAILABLE' });
  await assert.rejects(salon.desk('move', { booking: 'none', start: at('08:00') }), { code: 'NOT_FOUND' });
  await assert.rejects(salon.ask('move', { booking: id, start: at('08:00') }), { code: 'FORBIDDEN' });
});

test('the desk moves a booking to another member of staff, and the customer’s link follows', async t => {
  const salon = await openSalon(t, { staff: [{ name: 'Rosa' }, { name: 'Max' }] });
  const { engine, staff } = salon;
  const { id, manageUrl } = await salon.ask<Confirmed>('book', {
    service: salon.service,
    start: at('08:00'),
    staff: staff[0],
    ...eva,
  });
  await engine.deliver();
  await salon.desk('move', { booking: id, start: at('08:00'), staff: staff[1] });
  await salon.desk('move', { booking: id, start: at('08:00'), staff: staff[1] });
  await engine.deliver();
  assert.deepEqual(
    (await salon.bookings()).map(({ resource, sequence }) => [resource, sequence]),
    [[staff[1], 1]],
  );
  assert.equal(engine.mails.length, 2, 'a move to where it is tells nobody');
  const link = /https:\S+#([\w-]+)/.exec(engine.mails[1]!.text)?.[1];
  assert.ok(link && link !== tokenOf(manageUrl));
  assert.equal((await salon.ask('view', { token: link }))['canReschedule'], true);
});

test('the desk’s cancel does what the customer’s does', async t => {
  const salon = await openSalon(t);
  const { engine } = salon;
  const { id, token } = await booked(salon);
  await engine.deliver();
  await engine.transition(engine.actors.staff, 'booking', 'booking', id, 'cancel', { cancelReason: 'Rosa is ill' });
  await engine.deliver();
  assert.equal((await salon.slots('2026-04-10', '2026-04-11')).includes(at('08:00')), true);
  const shown = await salon.ask('view', { token });
  assert.deepEqual([shown['status'], shown['canCancel']], ['cancelled', false]);
  assert.equal((await salon.bookings())[0]!.sequence, 1);
  assert.match(engine.mails[1]!.attachments![0]!.content, /METHOD:CANCEL[\s\S]*SEQUENCE:1/);
});

test('a hold that the desk cancels or confirms', async t => {
  const salon = await openSalon(t);
  const { engine } = salon;
  const act = async (time: string, name: string) => {
    await salon.ask('hold', { service: salon.service, start: at(time) });
    const held = (await salon.bookings()).find(({ status }) => status === 'held');
    return engine.transition(engine.actors.staff, 'booking', 'booking', held!.id, name);
  };
  await act('08:00', 'cancel');
  await act('09:00', 'confirm');
  salon.engine.now += HOUR;
  const free = await salon.slots('2026-04-10', '2026-04-11');
  assert.deepEqual([free.includes(at('08:00')), free.includes(at('09:00'))], [true, false]);
  await engine.deliver();
  assert.deepEqual(engine.mails, [], 'nobody has left an address');
});
