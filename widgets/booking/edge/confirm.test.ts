import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Confirmed, eva, type Held, openSalon, type SalonOptions, tokenOf } from './testing.ts';

const MINUTE = 60_000;
const start = '2026-04-10T08:00:00Z';

test('a hold becomes a booking of one person, with a link and a calendar file', async t => {
  const salon = await openSalon(t, { service: { price: { amount: 45_000, currency: 'CZK' } } });
  const { hold } = await salon.ask<Held>('hold', { service: salon.service, start });
  const who = { ...eva, phone: '601 123 456', zone: 'Europe/London', locale: 'cs', note: 'Fringe' };
  const done = await salon.ask<Confirmed>('confirm', { hold, ...who });
  const { id, manageUrl, ics, ...shown } = done;
  assert.deepEqual(shown, {
    status: 'confirmed',
    service: { name: 'Haircut' },
    staff: { name: 'Rosa' },
    start,
    end: '2026-04-10T09:00:00Z',
    zone: 'Europe/London',
  });
  assert.match(manageUrl, /^https:\/\/inlay\.test\/p\/site_aaaabbbbccccdddd\/booking-manage\?locale=cs#[\w-]{22}$/);
  assert.match(ics, new RegExp(`UID:${id}@inlay\r\n`));
  const { admin } = salon.engine.actors;
  const record = await salon.engine.get(admin, 'booking', 'booking', id);
  const { name, email, note, locale, price, expiresAt, sequence } = record;
  assert.deepEqual(
    { name, email, note, locale, price, expiresAt, sequence },
    {
      ...eva,
      note: 'Fringe',
      locale: 'cs',
      price: { amount: 45_000, currency: 'CZK' },
      expiresAt: null,
      sequence: 0,
    },
  );
  const person = await salon.engine.get(admin, 'party', 'person', String(record['person']));
  assert.deepEqual([person['email'], person['phone']], [eva.email, '+420601123456']);
  assert.deepEqual(
    (await salon.allocations()).map(item => [item.status, item.sourceId]),
    [['firm', id]],
  );
});

test('a reply that was lost is given again for its key; without one a hold is confirmed once', async t => {
  const salon = await openSalon(t);
  const { hold } = await salon.ask<Held>('hold', { service: salon.service, start });
  const first = await salon.ask<Confirmed>('confirm', { hold, ...eva }, 'caller', 'one');
  assert.deepEqual(await salon.ask('confirm', { hold, ...eva }, 'caller', 'one'), first);
  await assert.rejects(salon.ask('confirm', { hold, ...eva }), { code: 'ALREADY_CONFIRMED' });
  assert.equal((await salon.bookings()).length, 1);
  await salon.engine.deliver();
  assert.equal(salon.engine.mails.length, 1);
});

test('BK-10 the notice is judged when the booking is made, not when the page was opened', async t => {
  const salon = await openSalon(t, { now: '2026-04-09T07:55:00Z', service: { minNotice: 24 * 60 } });
  const { hold } = await salon.ask<Held>('hold', { service: salon.service, start });
  const book = { service: salon.service, start: '2026-04-10T09:00:00Z', ...eva };
  salon.engine.now = Date.parse('2026-04-09T08:00:00Z') + 1;
  await assert.rejects(salon.ask('confirm', { hold, ...eva }), { code: 'TOO_SOON', status: 422 });
  salon.engine.now = Date.parse('2026-04-09T09:00:00Z');
  await salon.ask('book', book);
});

const expired = async (t: Parameters<typeof openSalon>[0], options?: SalonOptions) => {
  const salon = await openSalon(t, options);
  const { hold } = await salon.ask<Held>('hold', { service: salon.service, start });
  salon.engine.now += 11 * MINUTE;
  return { salon, confirm: () => salon.ask<Confirmed>('confirm', { hold, ...eva }) };
};

test('BK-14 a hold that ran out is confirmed where the time is still free', async t => {
  const { salon, confirm } = await expired(t);
  assert.equal((await confirm()).status, 'confirmed');
  await assert.rejects(salon.ask('hold', { service: salon.service, start }, 'other'), { code: 'SLOT_TAKEN' });
});

test('BK-14 a hold that ran out is refused where somebody else has come', async t => {
  const { salon, confirm } = await expired(t);
  await salon.ask('hold', { service: salon.service, start }, 'other');
  await assert.rejects(confirm(), { code: 'SLOT_TAKEN' });
  assert.deepEqual(
    (await salon.bookings()).map(({ status }) => status),
    ['held', 'held'],
  );
});

test('a hold that the job has ended has expired', async t => {
  const { salon, confirm } = await expired(t);
  await salon.engine.sweep();
  await assert.rejects(confirm(), { code: 'HOLD_EXPIRED' });
});

test('the phone is asked for as the settings say', async t => {
  const required = await openSalon(t, { settings: { phone: 'required' } });
  const { hold } = await required.ask<Held>('hold', { service: required.service, start });
  await assert.rejects(required.ask('confirm', { hold, ...eva }), (error: { code: string; options: object }) => {
    const errors = [{ pointer: '/phone', code: 'REQUIRED', message: 'This is needed' }];
    assert.deepEqual([error.code, error.options], ['PHONE_REQUIRED', { errors }]);
    return true;
  });
  await required.ask('confirm', { hold, ...eva, phone: '601123456' });
  const off = await openSalon(t, { settings: { phone: 'off' } });
  const { id } = await off.ask<Confirmed>('book', { service: off.service, start, ...eva, phone: '601123456' });
  assert.equal((await off.engine.get(off.engine.actors.admin, 'booking', 'booking', id))['phone'], null);
});

test('manual approval: the customer asks, the desk confirms, the link stays the same', async t => {
  const salon = await openSalon(t, { service: { approval: 'manual' } });
  const { engine } = salon;
  const { hold } = await salon.ask<Held>('hold', { service: salon.service, start });
  const asked = await salon.ask<Confirmed>('confirm', { hold, ...eva });
  assert.equal(asked.status, 'pending');
  await engine.deliver();
  await engine.transition(engine.actors.staff, 'booking', 'booking', asked.id, 'confirm');
  await engine.deliver();
  assert.deepEqual(
    engine.mails.map(({ subject }) => subject),
    ['Request received: Haircut, April 10, 2026', 'Confirmed: Haircut, April 10, 2026'],
  );
  const seen = await salon.ask('view', { token: tokenOf(asked.manageUrl) });
  assert.deepEqual([seen['status'], seen['current'], seen['canCancel']], ['confirmed', true, true]);
  assert.ok(engine.mails[1]!.text.includes(asked.manageUrl));
});
