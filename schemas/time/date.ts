/** Local calendar dates as 'YYYY-MM-DD' (RFC 3339 full-date, years 0000-9999) and as a day number counted from 1970-01-01. */

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const monthLength = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);

const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
};

/** Year, month 1-12 and day 1-31 of a date. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Whether the text is a date that exists, such as '2028-02-29'. */
export const isDate = (text: string): boolean => {
  if (!SHAPE.test(text)) return false;
  const day = digits(text, 8, 10);
  return day >= 1 && day <= monthLength(digits(text, 0, 4), digits(text, 5, 7));
};

/** Days from 1970-01-01 in the proleptic Gregorian calendar; RangeError when the date does not exist. */
export const dayNumber = (date: string): number => {
  if (!isDate(date)) throw new RangeError(`Not a date: ${date}. Use YYYY-MM-DD.`);
  return dayNumberOf(digits(date, 0, 4), digits(date, 5, 7), digits(date, 8, 10));
};

// Years run from 1 March, so that the leap day is the last one and a month's start is linear in its number.
const dayNumberOf = (year: number, month: number, day: number): number => {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
};

/** The calendar date of a day number; RangeError outside the years 0000-9999. */
export const calendarDate = (number: number): CalendarDate => {
  if (!Number.isInteger(number) || number < FIRST_DAY || number > LAST_DAY) {
    throw new RangeError(`Day ${number} is outside the years 0000-9999.`);
  }
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
};

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** The date 'YYYY-MM-DD' of a day number; RangeError outside the years 0000-9999. */
export const dateOf = (number: number): string => {
  const { year, month, day } = calendarDate(number);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
};

/** The date `days` later, or earlier when negative. */
export const addDays = (date: string, days: number): string => dateOf(dayNumber(date) + days);

/** The date `months` after the anchor, held to the month's last day; count from the anchor, not from an earlier result, or the 31st drifts to the 28th. */
export const addMonths = (anchor: string, months: number): string => {
  const { year, month, day } = calendarDate(dayNumber(anchor));
  const index = year * 12 + month - 1 + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return dateOf(dayNumberOf(toYear, toMonth, Math.min(day, monthLength(toYear, toMonth))));
};

/** ISO 8601 weekday of a day number, 1 = Monday to 7 = Sunday. */
export const weekdayOf = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1;

/** ISO 8601 weekday, 1 = Monday to 7 = Sunday. */
export const weekday = (date: string): number => weekdayOf(dayNumber(date));

/** Every date from `from` up to, not with, `to`. */
export const eachDate = (from: string, to: string): string[] => {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first) }, (_, index) => dateOf(first + index));
};
