import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Confirmed, eva, openSalon } from './testing.ts';

const at = (time: string): string => `2026-04-10T${time}:00Z`;

test('a time is booked in one step', async t => {
  const salon = await openSalon(t);
  const { id, status } = await salon.ask<Confirmed>('book', { service: salon.service, start: at('08:00'), ...eva });
  assert.equal(status, 'confirmed');
  const [booking] = await salon.bookings();
  const [allocation] = await salon.allocations();
  assert.deepEqual(
    [booking!.id, booking!.status, allocation!.sourceId, allocation!.status],
    [id, 'confirmed', id, 'firm'],
  );
  assert.equal((await salon.slots('2026-04-10', '2026-04-11')).includes(at('08:00')), false);
  await assert.rejects(salon.ask('book', { service: salon.service, start: at('08:00'), ...eva }), {
    code: 'SLOT_TAKEN',
  });
});

test('AV-09 capacity counts the peak, not all that touches the span', async t => {
  const service = { durations: [60, 120], slotStep: 30 };
  const salon = await openSalon(t, { staff: [{ name: 'Room', capacity: 2, kind: 'room' }], service });
  const book = (time: string, duration = 60) =>
    salon.ask<Confirmed>('book', { service: salon.service, start: at(time), duration, ...eva });
  await book('07:00');
  await book('08:00');
  await book('07:00', 120);
  await assert.rejects(book('07:30'), { code: 'SLOT_TAKEN' });
  const free = await salon.slots('2026-04-10', '2026-04-11', { duration: 60 });
  assert.equal(free[0], at('09:00'));
});

test('AV-09 the trigger itself refuses what the check did not see', async t => {
  const salon = await openSalon(t, {
    staff: [{ name: 'Room', capacity: 2 }],
    service: { durations: [60], slotStep: 30 },
  });
  const book = (time: string) => salon.ask('book', { service: salon.service, start: at(time), ...eva });
  const tries = ['07:00', '07:00', '07:30', '07:30', '08:00', '08:00', '08:30'].map(book);
  await Promise.allSettled(tries);
  const spans = (await salon.allocations()).map(({ start, end }) => ({
    start: Date.parse(start),
    end: Date.parse(end),
  }));
  for (const { start } of spans) {
    assert.ok(spans.filter(item => item.start <= start && start < item.end).length <= 2);
  }
});

test('places added or taken away later count with what is booked', async t => {
  const salon = await openSalon(t);
  const { engine, staff, service } = salon;
  const book = () => salon.ask('book', { service, start: at('08:00'), ...eva });
  const capacity = (count: number) =>
    engine.update(engine.actors.admin, 'calendar', 'resource', staff[0]!, { capacity: count });
  await book();
  await capacity(2);
  await Promise.allSettled([book(), book(), book()]);
  assert.equal((await salon.allocations()).length, 2);
  await capacity(1);
  await assert.rejects(book(), { code: 'SLOT_TAKEN' });
});

test('AV-14 with max, parallel bookings keep the larger of two facing buffers', async t => {
  const service = { durations: [30], slotStep: 15, bufferBefore: 15, bufferAfter: 30, bufferMode: 'max' };
  const salon = await openSalon(t, { service });
  const book = (time: string) => salon.ask('book', { service: salon.service, start: at(time), ...eva });
  const outcome = await Promise.allSettled(['08:00', '08:45', '09:00', '09:15', '09:30'].map(book));
  const starts = (await salon.allocations()).map(({ start }) => Date.parse(start)).sort();
  assert.equal(outcome.filter(({ status }) => status === 'fulfilled').length, starts.length);
  for (let i = 1; i < starts.length; i++) assert.ok(starts[i]! - starts[i - 1]! >= 60 * 60_000);
  assert.ok(starts.length >= 1);
});

test('AV-17 a request that is sent again with its key is one booking, one allocation, one mail', async t => {
  const salon = await openSalon(t);
  const { engine } = salon;
  const input = { service: salon.service, start: at('08:00'), ...eva };
  const send = () => engine.call<Confirmed>(engine.actors.admin, 'booking', 'book', input, { idempotencyKey: 'k-1' });
  const replies = [...(await Promise.all([send(), send(), send()])), await send()];
  assert.equal(new Set(replies.map(({ id }) => id)).size, 1);
  assert.deepEqual([(await salon.bookings()).length, (await salon.allocations()).length], [1, 1]);
  await engine.deliver();
  await engine.deliver();
  assert.equal(engine.mails.length, 1);
});

test('AV-18 crosswise moves of two bookings end, and nobody is in two places', { timeout: 10_000 }, async t => {
  const salon = await openSalon(t, { staff: [{ name: 'Rosa' }, { name: 'Max' }] });
  const [rosa, max] = salon.staff;
  const book = (staff: string | undefined) =>
    salon.ask<Confirmed>('book', { service: salon.service, start: at('08:00'), staff, ...eva });
  const [first, second] = [await book(rosa), await book(max)];
  const swap = (booking: string, staff: string | undefined) =>
    salon.desk('move', { booking, start: at('08:00'), staff });
  const outcome = await Promise.allSettled([swap(first.id, max), swap(second.id, rosa)]);
  assert.ok(outcome.every(result => result.status === 'rejected' && result.reason.code === 'SLOT_TAKEN'));
  assert.equal(new Set((await salon.bookings()).map(({ resource }) => resource)).size, 2);
});
