/** Dates as people type them: in the order of their language, or as ISO 8601. */
import { isDate } from '../../../schemas/time/date.ts';
import { latinDigits } from './latin-digits.ts';

/** How a language writes a date in figures; always of the Gregorian calendar, which values are of. */
export const dateFigures = (locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  });

/** In which order, such as `dmy`. */
const orderOf = (locale: string): string =>
  dateFigures(locale)
    .formatToParts(0)
    .map(({ type }) => (/^(day|month|year)$/.test(type) ? type[0] : ''))
    .join('');

/** A year of two digits is of this century, unless it is more than twenty years ahead. */
const fullYear = (year: string, today: string): number => {
  if (year.length > 2) return Number(year);
  const near = Number(today.slice(0, 2)) * 100 + Number(year);
  return near > Number(today.slice(0, 4)) + 20 ? near - 100 : near;
};

/** `YYYY-MM-DD`; undefined for what is no date that exists. Without a year it is this one. */
export const readDate = (text: string, locale: string, today: string): string | undefined => {
  const bare = latinDigits(text, locale).trim();
  if (/\p{L}/u.test(bare)) return undefined;
  const order = orderOf(locale);
  let figures: readonly string[] = bare.match(/\d+/g) ?? [];
  const [whole = ''] = figures;
  if (figures.length === 1 && /^(\d{6}|\d{8})$/.test(whole)) {
    const year = whole.length - 4;
    let at = 0;
    figures = [...order].map(part => {
      const from = at;
      at += part === 'y' ? year : 2;
      return whole.slice(from, at);
    });
  }
  const parts = figures.length === 2 ? order.replace('y', '') : figures[0]?.length === 4 ? 'ymd' : order;
  if (figures.length !== parts.length) return undefined;
  const of = (part: string) => figures[parts.indexOf(part)] ?? today.slice(0, 4);
  const pad = (value: number, length: number) => `${value}`.padStart(length, '0');
  const date = `${pad(fullYear(of('y'), today), 4)}-${pad(Number(of('m')), 2)}-${pad(Number(of('d')), 2)}`;
  return isDate(date) ? date : undefined;
};
