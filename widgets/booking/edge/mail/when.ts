/** An appointment's time in words, for one reader. */
import { toLocal } from '../../../../schemas/time/index.ts';

/** Making one costs many times what using it does; readers' locales and zones are few. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const mostFormatters = 500;

function formatter(
  locale: string,
  timeZone: string,
  use: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${use} ${locale} ${timeZone}`;
  let made = formatters.get(key);
  if (!made) {
    if (formatters.size >= mostFormatters) formatters.clear();
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formatters.set(key, made);
  }
  return made;
}

/** Whether two zones show different clocks at an instant. */
export const clocksDiffer = (instant: number, a: string, b: string): boolean =>
  toLocal(instant, a).offsetMinutes !== toLocal(instant, b).offsetMinutes;

/** '9 April 2026' in the reader's way (BCP 47 locale). */
export const dateIn = (instant: number, zone: string, locale: string): string =>
  formatter(locale, zone, 'date', { dateStyle: 'long' }).format(instant);

/** 'Thursday 9 April 2026, 09:00 – 10:00 (Prague, GMT+2)'; epoch milliseconds. */
export const spanIn = (start: number, end: number, zone: string, locale: string): string => {
  const format = formatter(locale, zone, 'span', { dateStyle: 'full', timeStyle: 'short' });
  const offset = formatter('en', zone, 'offset', { timeZoneName: 'shortOffset' })
    .formatToParts(start)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ');
  return `${format.formatRange(start, end)} (${[place, offset].filter(Boolean).join(', ')})`;
};
