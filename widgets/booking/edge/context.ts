/** The types this module's handlers share. */
import type { Context, DraftOf, RowOf } from '../../../schemas/module/index.ts';
import type { booking } from '../module.ts';

export type BookingModule = typeof booking;
export type BookingContext = Context<BookingModule>;
export type Booking = RowOf<BookingModule, 'booking'>;
export type BookingDraft = DraftOf<BookingModule, 'booking'>;
export type Service = RowOf<BookingModule, 'service'>;

export const MINUTE = 60_000;
