/** A booking as an iCalendar object (RFC 5545) that calendars add, change and remove by themselves (RFC 5546, BK-16). */
import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import { oneLine } from '../../../../schemas/mail/index.ts';
import { toRfc3339 } from '../../../../schemas/time/index.ts';
import type { Parts } from '../confirmation.ts';
import type { Booking, BookingContext } from '../context.ts';

const statuses = { pending: ICalEventStatus.TENTATIVE, cancelled: ICalEventStatus.CANCELLED } as const;

/** Where answers go; a calendar's organiser must be an address (RFC 5545 section 3.8.4.3). */
const organizerOf = (ctx: BookingContext) => ({
  name: oneLine(ctx.client.name),
  email: ctx.settings.replyTo ?? `noreply@${new URL(ctx.pageUrl('booking-manage')).hostname}`,
});

/** `stamp` in epoch milliseconds; METHOD is CANCEL for a cancelled booking, else REQUEST. Lines fold at 75 octets, times are UTC. */
export const inviteOf = (
  ctx: BookingContext,
  booking: Booking,
  { service, staff }: Parts,
  { sequence, stamp, url }: { readonly sequence: number; readonly stamp: number; readonly url?: string },
): string => {
  const { status } = booking;
  const method = status === 'cancelled' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = new ICalCalendar({ method, prodId: { company: 'Inlay', product: 'Booking' } });
  const event = calendar.createEvent({
    id: `${booking.id}@inlay`,
    sequence,
    stamp: toRfc3339(stamp),
    start: toRfc3339(booking.start),
    end: toRfc3339(booking.end),
    summary: oneLine(`${service} - ${ctx.client.name}`),
    description: [oneLine(staff), url ?? ''].filter(Boolean).join('\n'),
    status: status === 'pending' || status === 'cancelled' ? statuses[status] : ICalEventStatus.CONFIRMED,
    organizer: organizerOf(ctx),
  });
  if (booking.email) {
    event.createAttendee({
      email: booking.email,
      name: oneLine(booking.name) || booking.email,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.ACCEPTED,
      rsvp: false,
    });
  }
  return calendar.toString();
};
