/** Moves a booking by its manage link; the link is replaced. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { loadDay } from './calendar.ts';
import { changeTime } from './change-time.ts';
import { type BookingModule, MINUTE } from './context.ts';
import { findSlot, slotOf } from './find-slot.ts';
import { isChangeable } from './manage.ts';
import { findLink, manageUrl, requireNewest } from './manage-link.ts';

export const reschedule: ActionHandler<BookingModule, 'reschedule'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const [link, services, loaded] = await Promise.all([
    findLink(ctx, input.token),
    db.service.list(),
    loadDay(ctx, input.start),
  ]);
  requireNewest(ctx, link);
  const booking = await db.booking.get(link.booking);
  const service = services.find(({ id }) => id === booking?.service);
  if (!booking || !service) return ctx.fail('UNKNOWN_LINK');
  if (!isChangeable(ctx, booking)) ctx.fail('TOO_LATE');
  const found = findSlot(ctx, service, loaded, {
    start: input.start,
    minutes: (booking.end - booking.start) / MINUTE,
    staff: input.staff ?? booking.resource,
    own: booking.allocation,
  });
  const token = await changeTime(ctx, booking, service, slotOf(found));
  return { start: found.start, end: found.end, token, manageUrl: manageUrl(ctx, booking, token) };
};
