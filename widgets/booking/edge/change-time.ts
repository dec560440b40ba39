/** Moves a booking to a slot: the one way behind the customer's link and the desk. */
import { moveAllocation, type Slot } from './calendar.ts';
import type { Booking, BookingContext, Service } from './context.ts';
import { issueLink } from './manage-link.ts';

/** Replaces the manage link; the token of the new one. */
export const changeTime = async (
  ctx: BookingContext,
  booking: Booking,
  service: Service,
  slot: Slot,
): Promise<string> => {
  const db = ctx.asSystem();
  const { id, rev } = booking;
  const sequence = booking.sequence + 1;
  if (booking.allocation) await moveAllocation(ctx, service, slot, booking.allocation);
  db.link.updateWhere({ booking: { eq: id }, current: { eq: true } }, { current: false });
  // The desk's second change of two at once meets the first one's link here, and runs again on what is then true.
  const token = await issueLink(ctx, { id, sequence });
  db.booking.update(id, { start: slot.start, end: slot.end, resource: slot.resource.id, sequence }, { rev });
  ctx.emit('rescheduled', { booking: id, sequence });
  return token;
};
