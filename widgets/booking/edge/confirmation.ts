/** The reply to a customer who has booked. */
import type { Booking, BookingContext } from './context.ts';
import { inviteOf } from './mail/invite.ts';
import { manageUrl } from './manage-link.ts';

/** Names that the booking itself does not hold. */
export interface Parts {
  readonly service: string;
  readonly staff: string;
}

export const confirmation = (ctx: BookingContext, booking: Booking, parts: Parts, token: string) => {
  const url = manageUrl(ctx, booking, token);
  const { id, status, start, end, zone } = booking;
  return {
    id,
    status: status === 'pending' ? ('pending' as const) : ('confirmed' as const),
    service: { name: parts.service },
    staff: { name: parts.staff },
    start,
    end,
    zone,
    manageUrl: url,
    ics: inviteOf(ctx, booking, parts, { sequence: booking.sequence, stamp: ctx.now, url }),
  };
};
