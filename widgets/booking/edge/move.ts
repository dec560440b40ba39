/** Moves a booking for the desk: to any minute of working time that is free, at any notice. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { loadDay } from './calendar.ts';
import { changeTime } from './change-time.ts';
import { type BookingModule, MINUTE } from './context.ts';
import { findSlot, slotOf } from './find-slot.ts';
import { isOpen } from './manage.ts';

export const move: ActionHandler<BookingModule, 'move'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const [booking, services, loaded] = await Promise.all([
    db.booking.get(input.booking),
    db.service.list(),
    loadDay(ctx, input.start),
  ]);
  const service = services.find(({ id }) => id === booking?.service);
  if (!booking || !service) throw Problem.of('NOT_FOUND');
  if (!isOpen(booking)) ctx.fail('TOO_LATE');
  const staff = input.staff ?? booking.resource;
  const { start, end } = booking;
  if (input.start === start && staff === booking.resource) return { start, end };
  const minutes = (end - start) / MINUTE;
  const wish = { start: input.start, minutes, staff, own: booking.allocation, desk: true };
  const found = findSlot(ctx, service, loaded, wish);
  await changeTime(ctx, booking, service, slotOf(found));
  return { start: found.start, end: found.end };
};
