/** Which starts are free, and whether one start is: the list to choose from and the check at commit. */
import { type Interval, normalise, overloaded, peakLoad } from '../intervals/index.ts';
import { occupancy, type SlotNeeds } from './occupancy.ts';

/** A search for starts. `earliest` is included, `latest` is not; both bound the start alone, the end may lie behind. */
export interface SlotSearch extends SlotNeeds {
  readonly working: readonly Interval[];
  /** Ascending instants within working time where the grid begins anew, as `workingTime` gives them. */
  readonly dayStarts?: readonly number[];
  readonly step: number;
  readonly earliest?: number;
  readonly latest?: number;
}

/** As a search; without `step`, any minute will do and not only one of the grid. */
export type SlotCheck = Omit<SlotSearch, 'step'> & { readonly step?: number };

const refuseEndless = ({ duration, step = 1 }: SlotCheck): void => {
  if (!(duration > 0 && step > 0)) throw new RangeError('Duration and step must be more than 0 milliseconds.');
};

/** Free starts in ascending order, in epoch milliseconds, on a grid counted from the start of each stretch of working time, and anew from each start of a day within it; the appointment lies in working time, its buffers need not. O(n log n + starts). */
export const slotStarts = (search: SlotSearch): number[] => {
  refuseEndless(search);
  const { duration, step, earliest = Number.NEGATIVE_INFINITY, latest = Number.POSITIVE_INFINITY } = search;
  const { loads, reachBefore, reachAfter } = occupancy(search);
  const spare = (search.capacity ?? 1) - (search.quantity ?? 1);
  if (spare < 0) return [];
  const full = overloaded(loads, spare);
  const starts: number[] = [];
  let next = 0;
  for (const { start, end } of normalise(search.working)) {
    const origins = [start, ...(search.dayStarts ?? []).filter(day => start < day && day < end)];
    for (const [index, origin] of origins.entries()) {
      const until = Math.min(origins[index + 1] ?? end, latest);
      const onGrid = (from: number): number =>
        from > origin ? origin + Math.ceil((from - origin) / step) * step : origin;
      let at = onGrid(earliest);
      while (at + duration <= end && at < until) {
        while (next < full.length && full[next]!.end <= at - reachBefore) next++;
        const block = full[next];
        if (block && block.start < at + reachAfter) {
          at = onGrid(block.end + reachBefore);
        } else {
          starts.push(at);
          at += step;
        }
      }
    }
  }
  return starts;
};

/** Places left for an appointment that starts at `start`, by the peak of what is booked; below zero when more is booked than fits. */
export const seatsLeft = (start: number, needs: SlotNeeds): number => {
  const { loads, reachBefore, reachAfter } = occupancy(needs);
  return (needs.capacity ?? 1) - peakLoad(loads, { start: start - reachBefore, end: start + reachAfter });
};

/** Whether `slotStarts` of the same search gives this start. */
export const isFree = (start: number, check: SlotCheck): boolean => {
  refuseEndless(check);
  const { duration, step, earliest = Number.NEGATIVE_INFINITY, latest = Number.POSITIVE_INFINITY } = check;
  if (start < earliest || start >= latest) return false;
  const home = normalise(check.working).find(item => item.start <= start && start + duration <= item.end);
  if (!home) return false;
  const origin = check.dayStarts?.findLast(day => home.start < day && day <= start) ?? home.start;
  if (step !== undefined && (start - origin) % step !== 0) return false;
  return seatsLeft(start, check) >= (check.quantity ?? 1);
};
