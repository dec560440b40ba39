/** Gives back the times of holds that ran out. They took up no room since they did; this keeps the records true. */
import type { JobHandler } from '../../../schemas/module/index.ts';
import { releaseAllocation } from './calendar.ts';
import type { BookingModule } from './context.ts';

const AT_ONCE = 200;

export const expireHolds: JobHandler<BookingModule> = async ctx => {
  const { booking } = ctx.asSystem();
  const where = { status: { eq: 'held' }, expiresAt: { lte: ctx.now } } as const;
  for (const { id, allocation } of await booking.list({ where, sort: ['createdAt'], limit: AT_ONCE })) {
    if (allocation) await releaseAllocation(ctx, allocation);
    booking.transition(id, 'expire');
  }
};
