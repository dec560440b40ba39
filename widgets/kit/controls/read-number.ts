/** Numbers as people type and paste them. */

import { latinDigits } from './latin-digits.ts';

/** The locale's decimal mark, and its minus. */
const marksOf = (locale: string) => {
  const parts = new Intl.NumberFormat(locale).formatToParts(-1.5);
  const part = (type: string, otherwise: string) => parts.find(one => one.type === type)?.value ?? otherwise;
  return { decimal: part('decimal', '.'), minus: part('minusSign', '-') };
};

/**
 * The plain decimal of a text, such as `-1234.5`; undefined where it is none. Spaces, apostrophes and what groups thousands do not
 * matter; a lone mark that is not the locale's decimal one groups if three digits follow. `loose` also forgives a currency's sign.
 */
export const readNumber = (text: string, locale: string, loose = false): string | undefined => {
  const { decimal, minus } = marksOf(locale);
  let bare = latinDigits(text.replaceAll(minus, '-'), locale).replace(/[\s\u200e\u200f\u061c'’]/g, '');
  if (loose) bare = bare.replace(/[\p{L}\p{Sc}]\.?/gu, '').replace(/[.,][-–—]$/, '');
  bare = bare.replaceAll('٬', '').replaceAll('\u2212', '-');
  const [, sign, body = ''] = /^([-+]?)((?:\d|[.,٫])+)$/.exec(bare) ?? [];
  if (!/\d/.test(body)) return undefined;
  const marks = body.match(/[.,٫]/g) ?? [];
  const last = marks.at(-1);
  const kinds = new Set(marks).size;
  const groups = marks.length === 1 && last !== decimal && /^\d{1,3}[.,]\d{3}$/.test(body);
  const at = !last || groups || (kinds === 1 && marks.length > 1) ? body.length : body.lastIndexOf(last);
  if (kinds > 1 && body.indexOf(last!) !== at) return undefined;
  const whole =
    body
      .slice(0, at)
      .replace(/\D/g, '')
      .replace(/^0+(?=\d)/, '') || '0';
  const fraction = body.slice(at + 1).replace(/0+$/, '');
  const value = fraction ? `${whole}.${fraction}` : whole;
  return sign === '-' && /[1-9]/.test(value) ? `-${value}` : value;
};
