/** What a customer may still do with a booking by its manage link. */
import { type Booking, type BookingContext, MINUTE } from './context.ts';

/** Bookings that lie ahead; others are history. */
export const isOpen = ({ status }: Pick<Booking, 'status'>): boolean => status === 'pending' || status === 'confirmed';

/** Open, and not nearer than the notice. */
export const isChangeable = (ctx: BookingContext, booking: Booking): boolean =>
  isOpen(booking) && ctx.now < booking.start - ctx.settings.cancelNotice * MINUTE;
