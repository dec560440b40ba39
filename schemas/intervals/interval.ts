/** Half-open intervals [start, end) of numbers and the algebra on lists of them; every function takes any list and gives a normalised one. */

/** From `start` up to, not with, `end`; empty when end <= start. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

const isNormal = (list: readonly Interval[]): boolean => {
  let last = Number.NEGATIVE_INFINITY;
  for (const { start, end } of list) {
    if (!(start > last && start < end)) return false;
    last = end;
  }
  return true;
};

/** Sorted, merged where they overlap or touch, without empty or inverted ones; O(n log n), O(n) when already so. */
export const normalise = (list: readonly Interval[]): readonly Interval[] => {
  if (isNormal(list)) return list;
  const sorted = list.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  const merged: Interval[] = [];
  for (const item of sorted) {
    const last = merged.at(-1);
    if (!last || item.start > last.end) merged.push(item);
    else if (item.end > last.end) merged[merged.length - 1] = { start: last.start, end: item.end };
  }
  return merged;
};

/** The union of several lists. */
export const merge = (...lists: readonly (readonly Interval[])[]): readonly Interval[] => normalise(lists.flat());

/** What lies in both lists; intervals that only touch share nothing. */
export const intersect = (left: readonly Interval[], right: readonly Interval[]): readonly Interval[] => {
  const a = normalise(left);
  const b = normalise(right);
  const shared: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i]!;
    const y = b[j]!;
    const start = Math.max(x.start, y.start);
    const end = Math.min(x.end, y.end);
    if (start < end) shared.push({ start, end });
    if (x.end < y.end) i++;
    else j++;
  }
  return shared;
};

/** What lies in `from` and not in `cut`. */
export const subtract = (from: readonly Interval[], cut: readonly Interval[]): readonly Interval[] => {
  const holes = normalise(cut);
  const left: Interval[] = [];
  let first = 0;
  for (const { start, end } of normalise(from)) {
    while (first < holes.length && holes[first]!.end <= start) first++;
    let at = start;
    for (let i = first; i < holes.length && holes[i]!.start < end; i++) {
      const hole = holes[i]!;
      if (hole.start > at) left.push({ start: at, end: hole.start });
      at = hole.end;
    }
    if (at < end) left.push({ start: at, end });
  }
  return left;
};

/** What lies in the range. */
export const clip = (list: readonly Interval[], range: Interval): readonly Interval[] => intersect(list, [range]);

/** Each interval grown by `before` and `after`, merged; negative values shrink, and what vanishes is dropped. */
export const pad = (list: readonly Interval[], before: number, after: number): readonly Interval[] =>
  normalise(normalise(list).map(({ start, end }) => ({ start: start - before, end: end + after })));

/** Each interval moved by `by`. */
export const shift = (list: readonly Interval[], by: number): readonly Interval[] =>
  normalise(list).map(({ start, end }) => ({ start: start + by, end: end + by }));

/** Whether the whole interval lies in the list; an empty one does nowhere. */
export const contains = (list: readonly Interval[], { start, end }: Interval): boolean =>
  start < end && normalise(list).some(item => item.start <= start && end <= item.end);

/** Whether two intervals share an instant; touching ones do not. */
export const overlaps = (a: Interval, b: Interval): boolean =>
  a.start < b.end && b.start < a.end && a.start < a.end && b.start < b.end;

/** Sum of the lengths, what overlaps counted once. */
export const totalLength = (list: readonly Interval[]): number =>
  normalise(list).reduce((sum, { start, end }) => sum + end - start, 0);
