/** Screens that booking brings to the desk, by tag. */
import { BookingDay } from './booking-day.ts';

export { BookingDay };
export const elements = { 'inlay-booking-day': BookingDay } as const;
