/** Instants as text (RFC 3339 section 5.6). */
import { dayNumber, isDate } from './date.ts';

const DAY = 86_400_000;
const two = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));
let lastDay = Number.NaN;
let lastText = '';

const SHAPE =
  /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** 'YYYY-MM-DDTHH:mm:ssZ' of epoch milliseconds, with '.sss' only when it is not zero; RangeError outside the years 0000-9999. */
export const toRfc3339 = (instant: number): string => {
  const day = Math.floor(instant / DAY);
  // Lists of instants mostly stay within a day, whose text is the costly part.
  if (day !== lastDay) {
    lastText = dayText(instant);
    lastDay = day;
  }
  const rest = Math.trunc(instant) - day * DAY;
  const seconds = Math.floor(rest / 1000);
  const milliseconds = rest % 1000;
  const clock = `${two[Math.floor(seconds / 3600)]}:${two[Math.floor(seconds / 60) % 60]}:${two[seconds % 60]}`;
  return `${lastText}${clock}${milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`}Z`;
};

/** 'YYYY-MM-DDT' of the day; RangeError for what has none of four digits. */
const dayText = (instant: number): string => {
  const text = new Date(instant).toISOString();
  if (text.length !== 24) throw new RangeError(`${text} has no RFC 3339 form.`);
  return text.slice(0, 11);
};

/** Epoch milliseconds of an RFC 3339 date-time, finer fractions cut off; undefined for anything else, for a date that does not exist and for a leap second. */
export const parseInstant = (text: string): number | undefined => {
  const match = SHAPE.exec(text);
  const date = match?.[1];
  if (!match || !date || !isDate(date)) return undefined;
  const [, , hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const minutes = dayNumber(date) * 1440 + Number(hour) * 60 + Number(minute) - offset;
  return minutes * 60_000 + Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
};
