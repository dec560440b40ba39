/** Lengths and money in the reader's locale, by Intl. What a widget shows first comes as text with its session. */
import { minorDigits } from '../../schemas/money/minor-digits.ts';

const unit = (locale: string, name: string, value: number) =>
  value ? new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value) : '';

/** A length in minutes, such as "1 hr 30 min". */
export const minutes = (locale: string, value: number): string =>
  `${unit(locale, 'hour', Math.floor(value / 60))} ${unit(locale, 'minute', value % 60)}`.trim();

/** Minor units and ISO 4217 code as money; whole amounts without decimals. */
export const money = (locale: string, { amount, currency }: { amount: number; currency: string }): string => {
  const digits = minorDigits(currency);
  const options = {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  } as Intl.NumberFormatOptions;
  return new Intl.NumberFormat(locale, options).format(amount / 10 ** digits);
};
