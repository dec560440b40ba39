/** When a resource works: weekly hours, dates that replace them and time off, as instants. */
import { clip, type Interval, normalise, subtract } from '../intervals/index.ts';
import { dateOf, dayBounds, dayNumber, dayNumberAt, instantOf, weekdayOf } from '../time/index.ts';
import { type DateOverride, type WeeklyWindow, type WindowMinutes, windowMinutes } from './day-window.ts';

/** The hours of one resource; windows are local to `zone`, time off is in epoch milliseconds. */
export interface WorkingHours {
  readonly zone: string;
  readonly weekly: readonly WeeklyWindow[];
  readonly overrides?: readonly DateOverride[];
  readonly timeOff?: readonly Interval[];
}

const MINUTES_OF_DAY = 1440;
const isWindow = (window: WindowMinutes | undefined): window is WindowMinutes => window !== undefined;

const byWeekday = (weekly: readonly WeeklyWindow[]): WindowMinutes[][] => {
  const days: WindowMinutes[][] = Array.from({ length: 8 }, () => []);
  for (const window of weekly) {
    const minutes = windowMinutes(window);
    if (minutes) for (const day of new Set(window.days)) days[day]?.push(minutes);
  }
  return days;
};

const byDate = (overrides: readonly DateOverride[]): Map<number, WindowMinutes[]> => {
  const dates = new Map<number, WindowMinutes[]>();
  for (const { date, windows } of overrides) {
    const number = dayNumber(date);
    dates.set(number, [...(dates.get(number) ?? []), ...windows.map(windowMinutes).filter(isWindow)]);
  }
  return dates;
};

const instantAt = (day: number, minutes: number, zone: string): number => {
  const later = Math.floor(minutes / MINUTES_OF_DAY);
  return instantOf(day + later, minutes - later * MINUTES_OF_DAY, zone);
};

/** When somebody works, in epoch milliseconds, ascending. */
export interface WorkingTime {
  /** Merged: windows that touch are one. */
  readonly intervals: readonly Interval[];
  /** Within them, where the hours of a date follow on those of the date before without a gap: a grid begins anew there, so that it never depends on how far back somebody looks. */
  readonly dayStarts: readonly number[];
}

/** Working time within the range; an edge that the clocks skip moves forward, and invalid windows give nothing. RangeError for an override whose date does not exist. */
export const workingTime = (hours: WorkingHours, range: Interval): WorkingTime => {
  if (!(range.start < range.end)) return { intervals: [], dayStarts: [] };
  const { zone } = hours;
  const weekly = byWeekday(hours.weekly);
  const overrides = byDate(hours.overrides ?? []);
  const found: Interval[] = [];
  const firsts: number[] = [];
  // One local day to each side: a window may begin the day before, and the range may be cut in another zone.
  const last = dayNumberAt(range.end, zone) + 1;
  for (let day = dayNumberAt(range.start, zone) - 1; day <= last; day++) {
    const windows = overrides.get(day) ?? weekly[weekdayOf(day)] ?? [];
    for (const { start, end } of windows) {
      found.push({ start: instantAt(day, start, zone), end: instantAt(day, end, zone) });
    }
    if (windows.length > 0) firsts.push(instantAt(day, Math.min(...windows.map(({ start }) => start)), zone));
  }
  const intervals = subtract(clip(normalise(found), range), hours.timeOff ?? []);
  const dayStarts = firsts.filter(first => intervals.some(({ start, end }) => start < first && first < end));
  return { intervals, dayStarts };
};

/** The intervals of `workingTime`. */
export const workingIntervals = (hours: WorkingHours, range: Interval): readonly Interval[] =>
  workingTime(hours, range).intervals;

/** The range grown to whole local days with one more on each side. Ask for working time in it and limit the starts to the range itself, so that neither the grid nor a window is cut where the range happens to end. */
export const searchRange = (range: Interval, zone: string): Interval => ({
  start: dayBounds(dateOf(dayNumberAt(range.start, zone) - 1), zone).start,
  end: dayBounds(dateOf(dayNumberAt(range.end, zone) + 1), zone).end,
});
