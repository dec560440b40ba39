/** Keeps a time for a few minutes, so that a customer can fill in the form in peace. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { loadDay } from './calendar.ts';
import { type BookingContext, type BookingModule, MINUTE } from './context.ts';
import { findSlot } from './find-slot.ts';
import { chooseDuration } from './offer.ts';
import { reserve } from './reserve.ts';

const MOST_HOLDS = 8;

const isDesk = ({ actor }: BookingContext): boolean => actor.kind === 'user' || actor.kind === 'key';

const liveHolds = async (ctx: BookingContext): Promise<number> => {
  if (!ctx.callerHash || isDesk(ctx)) return 0;
  const mine = { callerHash: { eq: ctx.callerHash }, status: { eq: 'held' }, expiresAt: { gt: ctx.now } } as const;
  return (await ctx.asSystem().booking.list({ where: mine, limit: MOST_HOLDS })).length;
};

export const hold: ActionHandler<BookingModule, 'hold'> = async (input, ctx) => {
  const [service, loaded, holds] = await Promise.all([
    ctx.asSystem().service.get(input.service),
    loadDay(ctx, input.start),
    liveHolds(ctx),
  ]);
  if (!service?.active) return ctx.fail('UNKNOWN_SERVICE');
  if (holds >= MOST_HOLDS) ctx.fail('TOO_MANY_HOLDS');
  const minutes = chooseDuration(service, input.duration);
  const found = findSlot(ctx, service, loaded, { start: input.start, minutes, staff: input.staff });
  const expiresAt = ctx.now + ctx.settings.holdMinutes * MINUTE;
  const draft = { callerHash: ctx.callerHash || null, expiresAt };
  const { booking, slot, changes } = await reserve(ctx, service, found, draft);
  const token = await ctx.secret('hold', booking.id);
  ctx.asSystem().booking.update(booking.id, { ...changes, holdHash: await ctx.hash(token) });
  const { id, name } = slot.resource;
  return { hold: token, staff: { id, name }, start: slot.start, end: slot.end, expiresAt };
};
