/** Amounts as text: exact decimals for files and forms, and the reader's own way of writing for screens. */
import { exponentOf } from './currency.ts';
import type { Money } from './money.ts';

const SHAPE = /^([+-]?)(\d+)(?:\.(\d+))?$/;

const decimal = (amount: number, exponent: number): `${number}` => {
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  return `${amount < 0 ? '-' : ''}${digits.slice(0, cut)}${exponent ? '.' : ''}${digits.slice(cut)}` as `${number}`;
};

/** Plain decimal of an amount, such as '-12.30', with a point and all digits of the minor unit. */
export const toDecimal = ({ amount, currency }: Money): string => decimal(amount, exponentOf(currency));

/** Minor units of a plain decimal such as '12.3'; undefined when it is no number, has more digits than the currency or passes 2^53 - 1. */
export const parseMinor = (text: string, currency: string): number | undefined => {
  const exponent = exponentOf(currency);
  const [, sign, whole = '', fraction = ''] = SHAPE.exec(text.trim()) ?? [];
  if (!whole || fraction.replace(/0+$/, '').length > exponent) return undefined;
  const amount = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  if (!Number.isSafeInteger(amount)) return undefined;
  return sign === '-' ? 0 - amount : amount;
};

const formats = new Map<string, Intl.NumberFormat>();

export interface MoneyTextOptions {
  /** Leaves out decimals that are all zero: `€42` and not `€42.00`. */
  readonly whole?: boolean;
}

/** An amount as people of the locale (BCP 47) write it; digits follow ISO 4217, not the locale's data. */
export const formatMoney = (
  { amount, currency }: Money,
  locale: string,
  { whole = false }: MoneyTextOptions = {},
): string => {
  const digits = exponentOf(currency);
  const key = `${locale} ${currency} ${whole}`;
  let format = formats.get(key);
  if (!format) {
    // Making a format costs far more than using it; locales and currencies in use are few.
    if (formats.size > 200) formats.clear();
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      trailingZeroDisplay: whole ? 'stripIfInteger' : 'auto',
    });
    formats.set(key, format);
  }
  return format.format(decimal(amount, digits));
};
