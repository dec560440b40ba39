/** Instants as text (RFC 3339 section 5.6). */
import { dayNumber, isDate } from './date.ts';

const SHAPE =
  /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** 'YYYY-MM-DDTHH:mm:ssZ' of epoch milliseconds, with '.sss' only when it is not zero; RangeError outside the years 0000-9999. */
export const toRfc3339 = (instant: number): string => {
  const text = new Date(instant).toISOString();
  if (text.length !== 24) throw new RangeError(`${text} has no RFC 3339 form.`);
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text;
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
