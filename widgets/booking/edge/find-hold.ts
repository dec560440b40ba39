/** The booking that a hold's token stands for; only the token's hash is stored. */
import type { Booking, BookingContext } from './context.ts';

export const findHold = async (ctx: BookingContext, token: string): Promise<Booking | undefined> =>
  ctx.asSystem().booking.first({ holdHash: { eq: await ctx.hash(token) } });
