/** Keeps a held time once more as long. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { extendAllocation } from './calendar.ts';
import { type BookingModule, MINUTE } from './context.ts';
import { expireLater } from './expire-holds.ts';
import { findHold } from './find-hold.ts';

export const renew: ActionHandler<BookingModule, 'renew'> = async (input, ctx) => {
  const held = await findHold(ctx, input.hold);
  if (held?.status === 'expired') ctx.fail('HOLD_EXPIRED');
  if (held?.status !== 'held') return ctx.fail('UNKNOWN_HOLD');
  if ((held.expiresAt ?? 0) <= ctx.now) ctx.fail('HOLD_EXPIRED');
  if (held.renewed) ctx.fail('HOLD_NOT_RENEWABLE');
  const expiresAt = ctx.now + ctx.settings.holdMinutes * MINUTE;
  if (held.allocation) await extendAllocation(ctx, held.allocation, expiresAt);
  ctx.asSystem().booking.update(held.id, { renewed: true, expiresAt }, { rev: held.rev });
  expireLater(ctx, expiresAt);
  return { expiresAt };
};
