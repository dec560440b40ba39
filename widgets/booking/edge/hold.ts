/** Keeps a time for a few minutes, so that a customer can fill in the form in peace. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { loadDay, releaseAllocation } from './calendar.ts';
import { type Booking, type BookingContext, type BookingModule, MINUTE } from './context.ts';
import { expireLater } from './expire-holds.ts';
import { findSlot } from './find-slot.ts';
import { chooseDuration } from './offer.ts';
import { reserve } from './reserve.ts';

/** Times that one visit may keep; choosing another lets go of the oldest. */
const MOST_OF_VISIT = 3;
/** Times that all visits from one address may keep: many people share one, and a hostile page cannot take a week. */
const MOST_OF_ADDRESS = 40;

const isVisitor = ({ actor }: BookingContext): boolean => actor.kind === 'visitor';
const live = ({ now }: BookingContext) => ({ status: { eq: 'held' }, expiresAt: { gt: now } }) as const;

const heldByVisit = async (ctx: BookingContext): Promise<Booking[]> =>
  isVisitor(ctx)
    ? ctx.asSystem().booking.list({ where: { visitor: { eq: ctx.actor.id ?? '' }, ...live(ctx) }, sort: ['createdAt'] })
    : [];

/** Makes room for one more. */
const letGo = async (ctx: BookingContext, held: readonly Booking[]): Promise<void> => {
  const surplus = held.slice(0, Math.max(0, held.length - MOST_OF_VISIT + 1));
  for (const { id, allocation } of surplus) {
    // Two calls of one visit may let go of the same time, and neither fails for it.
    ctx.asSystem().booking.updateWhere({ id: { eq: id }, status: { eq: 'held' } }, { status: 'expired' });
    if (allocation) await releaseAllocation(ctx, allocation);
  }
};

export const hold: ActionHandler<BookingModule, 'hold'> = async (input, ctx) => {
  const [service, loaded, held] = await Promise.all([
    ctx.asSystem().service.get(input.service),
    loadDay(ctx, input.start),
    heldByVisit(ctx),
  ]);
  if (!service?.active) return ctx.fail('UNKNOWN_SERVICE');
  const minutes = chooseDuration(service, input.duration);
  const found = findSlot(ctx, service, loaded, { start: input.start, minutes, staff: input.staff });
  const expiresAt = ctx.now + ctx.settings.holdMinutes * MINUTE;
  const draft = { callerHash: ctx.callerHash || null, visitor: isVisitor(ctx) ? ctx.actor.id : null, expiresAt };
  await letGo(ctx, held);
  if (isVisitor(ctx)) {
    const address = { callerHash: { eq: ctx.callerHash }, ...live(ctx) };
    ctx.asSystem().booking.expectFewer(address, MOST_OF_ADDRESS, 'TOO_MANY_HOLDS');
  }
  const { booking, slot, changes } = await reserve(ctx, service, found, draft);
  const token = await ctx.secret('hold', booking.id);
  ctx.asSystem().booking.update(booking.id, { ...changes, holdHash: await ctx.hash(token) });
  expireLater(ctx, expiresAt);
  const { id, name } = slot.resource;
  return { hold: token, staff: { id, name }, start: slot.start, end: slot.end, expiresAt };
};
