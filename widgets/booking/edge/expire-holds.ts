/** Gives back the times of holds that ran out. They took up no room since they did; this keeps the records true. */
import type { JobHandler } from '../../../schemas/module/index.ts';
import { releaseAllocation } from './calendar.ts';
import { type BookingContext, type BookingModule, MINUTE } from './context.ts';

const AT_ONCE = 200;

export const expireHolds: JobHandler<BookingModule> = async ctx => {
  const { booking } = ctx.asSystem();
  const where = { status: { eq: 'held' }, expiresAt: { lte: ctx.now } } as const;
  const ended = await booking.list({ where, sort: ['createdAt'], limit: AT_ONCE });
  for (const { id, allocation } of ended) {
    if (allocation) await releaseAllocation(ctx, allocation);
    booking.transition(id, 'expire');
  }
  if (ended.length === AT_ONCE) ctx.schedule('expireHolds', {}, { at: ctx.now, key: `after ${ctx.job.id}` });
};

/** Has the hold's record put right within a minute of its end: one run for all that end in the same minute, none where nobody holds. */
export const expireLater = (ctx: BookingContext, expiresAt: number): void => {
  const at = Math.ceil(expiresAt / MINUTE) * MINUTE;
  ctx.schedule('expireHolds', {}, { at, key: `${at}` });
};
