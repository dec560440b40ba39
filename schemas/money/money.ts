/** Amounts of money as whole minor units with their currency; two currencies are never mixed. */
import { Problem } from '../errors/index.ts';
import { exponentOf } from './currency.ts';

/** `amount` counts minor units (cents, or whole yen), a safe integer; `currency` is an ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** An amount that is checked; RangeError when it is not a safe integer or the currency is unknown. */
export const money = (amount: number, currency: string): Money => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole number of minor units.`);
  exponentOf(currency);
  return { amount: amount === 0 ? 0 : amount, currency };
};

const sameCurrency = (a: Money, b: Money): void => {
  if (a.currency !== b.currency) {
    throw Problem.of('VALIDATION_FAILED', {
      detail: `${a.currency} and ${b.currency} do not mix. Convert one of the amounts first.`,
    });
  }
};

/** The sum; throws VALIDATION_FAILED for two currencies, RangeError beyond 2^53 - 1. */
export const add = (a: Money, b: Money): Money => {
  sameCurrency(a, b);
  return money(a.amount + b.amount, a.currency);
};

/** The opposite amount; zero stays plain zero. */
export const negate = ({ amount, currency }: Money): Money => money(0 - amount, currency);

/** Negative, zero or positive, for sorting; throws VALIDATION_FAILED for two currencies. */
export const compare = (a: Money, b: Money): number => {
  sameCurrency(a, b);
  return a.amount - b.amount;
};
