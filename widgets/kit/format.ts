/** Times and days in the visitor's locale and zone, by Intl. */
import { pageNow } from './page-clock.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter is slow and a day has many slots, so each is made once. */
const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions) => {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key)!;
};

/** The time of an instant in a zone; `named` adds the zone, for an hour that happens twice. */
export const time = (locale: string, zone: string, instant: string, named?: boolean): string =>
  dateFormat(locale, {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: named ? 'short' : undefined,
  }).format(Date.parse(instant));

/** Day and time of an instant in a zone, in full. */
export const moment = (locale: string, zone: string, instant: string): string =>
  `${day(locale, instant, zone)}, ${time(locale, zone, instant)}`;

/** The hour of an instant in a zone, 0 to 23. */
export const hour = (zone: string, instant: string): number =>
  +dateFormat('en', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(Date.parse(instant));

/** The calendar day `YYYY-MM-DD` of an instant in a zone. */
export const dateIn = (zone: string, instant: number = pageNow()): string =>
  dateFormat('sv', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

/** A day in words, such as "Tuesday 14 April"; of a calendar date, or of an instant in a zone. */
export const day = (locale: string, date: string, zone = 'UTC'): string =>
  dateFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).format(Date.parse(date));

/** A month in words, such as "April 2026". */
export const month = (locale: string, date: string): string =>
  dateFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(Date.parse(date));

/** A weekday, short as in a grid's head or long as it is spoken. */
export const weekday = (locale: string, date: string, style: 'short' | 'long'): string =>
  dateFormat(locale, { timeZone: 'UTC', weekday: style }).format(Date.parse(date));
