/** Tax of one amount. Rates are whole parts per million: 21 % is 210,000. */
import { roundHalfUp } from '../money/index.ts';

const MILLION = 1_000_000n;

/** What of `amount` is tax where it is included, or what comes on top of it; minor units, rounded once, a half away from zero. */
export const taxOf = (amount: number, rate: number, included: boolean): number =>
  included
    ? amount - roundHalfUp(BigInt(amount) * MILLION, MILLION + BigInt(rate))
    : roundHalfUp(BigInt(amount) * BigInt(rate), MILLION);

/** The rate of a number of per cent as text, such as '21' or '2.5'. RangeError for what is none, or has more than four decimals. */
export const rateOf = (percent: string): number => {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(percent) ?? [];
  if (whole === undefined) throw new RangeError(`"${percent}" is no rate: give per cent such as 21 or 2.5.`);
  return Number(whole + fraction.padEnd(4, '0'));
};

/** Per cent as text, as short as it can be: '21', '2.5'. */
export const percentOf = (rate: number): string => {
  const digits = String(rate).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
};
