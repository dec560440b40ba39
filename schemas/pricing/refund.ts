/** What units of a paid line are worth when they come back: shares of what was paid, never worked out anew (EC-08). */
import { allocate } from '../money/index.ts';

export interface PaidLine {
  readonly quantity: number;
  /** Discount taken off; minor units. */
  readonly total: number;
  /** In `total` where tax was included, else on top of it. */
  readonly tax: number;
  readonly taxIncluded: boolean;
  /** Units that came back before. */
  readonly refunded: number;
}

export interface UnitRefund {
  /** What goes back, tax and all. */
  readonly amount: number;
  readonly tax: number;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Of the next `units`; all units of a line together give back exactly what it cost. RangeError where so many are not left. */
export function refundOfUnits({ quantity, total, tax, taxIncluded, refunded }: PaidLine, units: number): UnitRefund {
  if (units < 1 || refunded + units > quantity) throw new RangeError(`Of ${quantity} units ${refunded} came back.`);
  const each = Array<number>(quantity).fill(1);
  const part = (amount: number) => sum(allocate(amount, each).slice(refunded, refunded + units));
  return { amount: part(total) + (taxIncluded ? 0 : part(tax)), tax: part(tax) };
}
