/** Gives a held time back; a hold that ran out has given it back already. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { releaseAllocation } from './calendar.ts';
import type { BookingModule } from './context.ts';
import { findHold } from './find-hold.ts';

export const release: ActionHandler<BookingModule, 'release'> = async (input, ctx) => {
  const held = await findHold(ctx, input.hold);
  if (held?.status === 'expired') return {};
  if (held?.status !== 'held') return ctx.fail('UNKNOWN_HOLD');
  if (held.allocation) await releaseAllocation(ctx, held.allocation);
  ctx.asSystem().booking.transition(held.id, 'expire');
  return {};
};
