/** What else a change of status does, whoever makes it. */
import type { TransitionHandler } from '../../../schemas/module/index.ts';
import { firmAllocation, releaseAllocation } from './calendar.ts';
import type { BookingModule } from './context.ts';
import { issueLink } from './manage-link.ts';

type Effect = TransitionHandler<BookingModule, 'booking'>;

/** Frees the time. A hold has no customer to tell. */
export const onCancel: Effect = async ({ id, status, sequence, allocation }, ctx) => {
  if (allocation) await releaseAllocation(ctx, allocation);
  if (status !== 'held') ctx.emit('cancelled', { booking: id, sequence: sequence + 1 });
  return { sequence: sequence + 1 };
};

/** The desk says yes. A request has been given its link already. */
export const onConfirm: Effect = async ({ id, status, sequence, allocation }, ctx) => {
  if (allocation) await firmAllocation(ctx, allocation);
  if (status === 'held') await issueLink(ctx, { id, sequence });
  ctx.emit('confirmed', { booking: id, sequence });
};
