/** An appointment's time in words, for one reader. */
import { dateFormat } from '../../../../schemas/mail/index.ts';
import { toLocal } from '../../../../schemas/time/index.ts';

/** Whether two zones show different clocks at an instant. */
export const clocksDiffer = (instant: number, a: string, b: string): boolean =>
  toLocal(instant, a).offsetMinutes !== toLocal(instant, b).offsetMinutes;

/** '9 April 2026' in the reader's way (BCP 47 locale). */
export const dateIn = (instant: number, zone: string, locale: string): string =>
  dateFormat(locale, zone, 'date', { dateStyle: 'long' }).format(instant);

/** 'Thursday 9 April 2026, 09:00 – 10:00 (Prague, GMT+2)'; epoch milliseconds. */
export const spanIn = (start: number, end: number, zone: string, locale: string): string => {
  const format = dateFormat(locale, zone, 'span', { dateStyle: 'full', timeStyle: 'short' });
  const offset = dateFormat('en', zone, 'offset', { timeZoneName: 'shortOffset' })
    .formatToParts(start)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ');
  return `${format.formatRange(start, end)} (${[place, offset].filter(Boolean).join(', ')})`;
};
