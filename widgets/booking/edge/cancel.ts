/** Cancels a booking by its manage link; once more changes nothing. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { BookingModule } from './context.ts';
import { isChangeable } from './manage.ts';
import { findLink, requireNewest } from './manage-link.ts';
import { onCancel } from './transitions.ts';

const cancelled = { status: 'cancelled' } as const;

export const cancel: ActionHandler<BookingModule, 'cancel'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const link = await findLink(ctx, input.token);
  requireNewest(ctx, link);
  const booking = (await db.booking.get(link.booking)) ?? ctx.fail('UNKNOWN_LINK');
  if (booking.status === 'cancelled') return cancelled;
  if (!isChangeable(ctx, booking)) ctx.fail('TOO_LATE');
  const also = await onCancel(booking, ctx);
  const cancelReason = input.reason || null;
  db.booking.transition(booking.id, 'cancel', { cancelReason, ...also }, { rev: booking.rev, retry: true });
  return cancelled;
};
