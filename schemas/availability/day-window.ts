/** Working hours as people write them: weekly windows and the dates that replace them. */
import type { FieldProblem } from '../errors/index.ts';
import { isTime, minutesOf } from '../time/index.ts';

/** Local hours 'HH:mm' to 'HH:mm' ('24:00' is allowed as the end); `endsNextDay` when the end is on the following date. */
export interface DayWindow {
  readonly start: string;
  readonly end: string;
  readonly endsNextDay?: boolean;
}

/** A window on some days of every week; ISO 8601 weekdays, 1 = Monday to 7 = Sunday. */
export interface WeeklyWindow extends DayWindow {
  readonly days: readonly number[];
}

/** The hours of one date 'YYYY-MM-DD' in place of its weekly ones; no windows, or 00:00-00:00, means closed. */
export interface DateOverride {
  readonly date: string;
  readonly windows: readonly DayWindow[];
}

/** A window in minutes from the local midnight of its date; `end` may pass 1440. */
export interface WindowMinutes {
  readonly start: number;
  readonly end: number;
}

const MIDNIGHT = 1440;

const isEnd = (text: string): boolean => text === '24:00' || isTime(text);
const endMinutes = (text: string): number => (text === '24:00' ? MIDNIGHT : minutesOf(text));

const fault = (window: DayWindow): (Omit<FieldProblem, 'pointer'> & { field: keyof WeeklyWindow }) | undefined => {
  if (!isTime(window.start))
    return { field: 'start', code: 'INVALID_TIME', message: 'Use a time from 00:00 to 23:59.' };
  if (!isEnd(window.end)) return { field: 'end', code: 'INVALID_TIME', message: 'Use a time from 00:00 to 24:00.' };
  const length = endMinutes(window.end) - minutesOf(window.start);
  if (window.endsNextDay) {
    return length > 0
      ? { field: 'endsNextDay', code: 'WINDOW_TOO_LONG', message: 'A window may last 24 hours at most.' }
      : undefined;
  }
  if (length > 0 || (window.start === '00:00' && window.end === '00:00')) return undefined;
  return {
    field: 'end',
    code: 'END_BEFORE_START',
    message: 'End after the start, or say that it ends on the next day.',
  };
};

const hasDays = (days: readonly number[]): boolean =>
  days.length > 0 && days.every(day => Number.isInteger(day) && day >= 1 && day <= 7);

/** What is wrong with windows, weekly or of a date; pointers are relative to the list. Windows may overlap: they are merged. */
export const validateWindows = (windows: readonly (DayWindow | WeeklyWindow)[]): FieldProblem[] =>
  windows.flatMap((window, index) => {
    const found = fault(window);
    const problems: FieldProblem[] = [];
    if ('days' in window && !hasDays(window.days)) {
      const message = 'Choose days from 1 (Monday) to 7 (Sunday).';
      problems.push({ pointer: `/${index}/days`, code: 'INVALID_DAYS', message });
    }
    if (found) problems.push({ pointer: `/${index}/${found.field}`, code: found.code, message: found.message });
    return problems;
  });

/** The window in minutes; undefined when it is invalid or closed, so that bad input never turns into hours. */
export const windowMinutes = (window: DayWindow): WindowMinutes | undefined => {
  if (fault(window)) return undefined;
  const start = minutesOf(window.start);
  const end = endMinutes(window.end) + (window.endsNextDay ? MIDNIGHT : 0);
  return start < end ? { start, end } : undefined;
};
