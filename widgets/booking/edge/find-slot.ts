/** Judges one wished start and finds who is free for it: the check behind hold, book, reschedule and move. */
import { isFree } from '../../../schemas/availability/index.ts';
import type { Interval } from '../../../schemas/intervals/index.ts';
import { type Resource, type Slot, slotNeeds } from './calendar.ts';
import { type BookingContext, MINUTE, type Service } from './context.ts';
import { bookableRange, isGivenBy, refuseTooSoon } from './offer.ts';
import { type Free, pickStaff } from './pick-staff.ts';

export interface Wish {
  readonly start: number;
  readonly minutes: number;
  /** Anyone, when empty. */
  readonly staff?: string | null;
  /** The allocation that is to be moved, which is not in its own way. */
  readonly own?: string | null;
  /** The desk may take any minute of working time, at any notice. */
  readonly desk?: boolean;
}

/** A time at which these are free. */
export interface FreeSlot extends Interval {
  readonly day: Interval;
  readonly free: Free;
}

/** The slot with one of those who are free; equals draw lots by the seed. */
export const slotOf = ({ start, end, day, free }: FreeSlot, seed = ''): Slot => ({
  resource: pickStaff(free, day, seed),
  start,
  end,
});

/** Throws TOO_SOON, SLOT_UNAVAILABLE where it is not offered, SLOT_TAKEN where it is and nobody is free. */
export const findSlot = (
  ctx: BookingContext,
  service: Service,
  { day, resources }: { readonly day: Interval; readonly resources: readonly Resource[] },
  { start, minutes, staff, own, desk }: Wish,
): FreeSlot => {
  if (start % MINUTE !== 0) ctx.fail('SLOT_UNAVAILABLE');
  if (!desk) {
    refuseTooSoon(ctx, service, start);
    if (start >= bookableRange(ctx, service).latest) ctx.fail('SLOT_UNAVAILABLE');
  }
  const candidates = resources
    .filter(({ id }) => isGivenBy(service, id) && (!staff || id === staff))
    .map(resource => {
      const step = desk ? {} : { step: service.slotStep * MINUTE };
      return { resource, needs: { ...slotNeeds(service, resource, minutes, own), ...step } };
    });
  const [first, ...others] = candidates.filter(({ needs }) => isFree(start, needs)).map(({ resource }) => resource);
  if (first) return { start, end: start + minutes * MINUTE, day, free: [first, ...others] };
  const works = candidates.some(({ needs }) => isFree(start, { ...needs, busy: [] }));
  return ctx.fail(works ? 'SLOT_TAKEN' : 'SLOT_UNAVAILABLE');
};
