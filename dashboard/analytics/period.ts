/** Periods that the analytics screen offers, and how its numbers and dates are written. */
import { locale } from '../strings/translate.ts';

/** The longest are 52 weeks, so that each of its weeks is whole and falls on the same days as a year before. */
export const lengths = [7, 30, 90, 364] as const;
export const longest = 364;
export type Length = (typeof lengths)[number];

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Days that an installation keeps unless it says otherwise, and that one question may span. */
const KEPT_DAYS = 760;
const DAY = 86_400_000;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last days of the site, today included. */
export const lastDays = (length: Length, zone: string, now = Date.now()): Period => {
  const to = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now);
  return { from: dateOf(Date.parse(to) - (length - 1) * DAY), to };
};

/** All days that a site's counts can be of, up to `to`. */
export const everBefore = (to: string): Period => ({ from: dateOf(Date.parse(to) - (KEPT_DAYS - 1) * DAY), to });

/** As many days before it. */
export const periodBefore = ({ from, to }: Period): Period => {
  const length = Date.parse(to) - Date.parse(from) + DAY;
  return { from: dateOf(Date.parse(from) - length), to: dateOf(Date.parse(from) - DAY) };
};

const whole = new Intl.NumberFormat(locale);
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const fullDay = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });

const minutes = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
const decimals = [0, 1, 2].map(
  digits => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** Seconds as `2:05`. */
export const duration = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${minutes.format(Math.round(seconds) % 60)}`;
export const count = (n: number): string => whole.format(n);
export const shortCount = (n: number): string => (n < 10_000 ? whole : short).format(n);
export const percent = (n: number): string => share.format(n);
export const shortDate = (date: string): string => day.format(Date.parse(date));
/** A day, or the days from one to another. */
export const longDate = (date: string, until = date): string =>
  until === date ? fullDay.format(Date.parse(date)) : days.formatRange(Date.parse(date), Date.parse(until));
/** With as many digits after the point. */
export const decimal = (n: number, digits: 0 | 1 | 2): string => decimals[digits]!.format(n);
