/** How much of a capacity is taken over time, by a sweep over where intervals begin and end. */
import { type Interval, overlaps } from './interval.ts';

/** An interval that takes `quantity` (default 1) of something. */
export interface Load extends Interval {
  readonly quantity?: number;
}

/** Calls `visit` with each stretch of constant load above zero, in order; what ends at an instant leaves before what starts there. */
const sweep = (loads: readonly Load[], visit: (start: number, end: number, load: number) => void): void => {
  const real = loads.filter(({ start, end }) => start < end);
  const starts = [...real].sort((a, b) => a.start - b.start);
  const ends = real.sort((a, b) => a.end - b.end);
  let load = 0;
  let since = 0;
  for (let i = 0, j = 0; j < ends.length; ) {
    const at = Math.min(starts[i]?.start ?? Number.POSITIVE_INFINITY, ends[j]!.end);
    if (load > 0 && at > since) visit(since, at, load);
    for (; j < ends.length && ends[j]!.end === at; j++) load -= ends[j]!.quantity ?? 1;
    for (; i < starts.length && starts[i]!.start === at; i++) load += starts[i]!.quantity ?? 1;
    since = at;
  }
};

/** The highest load reached at any one instant, within an interval when one is given; never the sum of all that touches it. O(n log n). */
export const peakLoad = (loads: readonly Load[], within?: Interval): number => {
  let peak = 0;
  sweep(within ? loads.filter(load => overlaps(load, within)) : loads, (start, end, load) => {
    if (load > peak && (!within || (start < within.end && end > within.start))) peak = load;
  });
  return peak;
};

/** The stretches in which the load is above `limit` (0 or more), sorted and merged. O(n log n). */
export const overloaded = (loads: readonly Load[], limit: number): readonly Interval[] => {
  const full: { start: number; end: number }[] = [];
  sweep(loads, (start, end, load) => {
    if (load <= limit) return;
    const last = full.at(-1);
    if (last?.end === start) last.end = end;
    else full.push({ start, end });
  });
  return full;
};
