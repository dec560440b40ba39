/** Time that counts: how much of the hours lies between two instants, and when a span of them is over (CH-04). */
import { type WeeklyWindow, workingIntervals } from '../../../schemas/availability/index.ts';
import { type Interval, totalLength } from '../../../schemas/intervals/index.ts';

/** Weekly hours of a zone; without windows every hour counts. */
export interface Hours {
  readonly zone: string;
  readonly windows: readonly WeeklyWindow[];
}

const DAY = 86_400_000;
/** Looked at in one step, and at most. */
const STEP = 8 * DAY;
const MOST = 400 * DAY;

const open = ({ zone, windows }: Hours, range: Interval): readonly Interval[] =>
  windows.length === 0 ? [range] : workingIntervals({ zone, weekly: windows }, range);

/** Milliseconds of the hours between two instants. */
export const openBetween = (hours: Hours, start: number, end: number): number =>
  totalLength(open(hours, { start, end }));

/** When `length` milliseconds of the hours have gone by since `from`; undefined where the hours never come to it. */
export const afterOpen = (hours: Hours, from: number, length: number): number | undefined => {
  let left = length;
  for (let start = from; start < from + MOST; start += STEP) {
    for (const interval of open(hours, { start, end: start + STEP })) {
      const lasts = interval.end - interval.start;
      if (left <= lasts) return interval.start + left;
      left -= lasts;
    }
  }
  return undefined;
};

/** Whether the instant lies within the hours. */
export const isOpen = (hours: Hours, at: number): boolean => openBetween(hours, at, at + 1) > 0;

/** When the hours begin next, from an instant outside them; undefined where they never do. */
export const opensAt = (hours: Hours, from: number): number | undefined => {
  for (let start = from; start < from + MOST; start += STEP) {
    const next = open(hours, { start, end: start + STEP })[0];
    if (next) return next.start;
  }
  return undefined;
};
