/** What a cart costs, and why: goods, what is taken off them, delivery, tax. Amounts are minor units of one currency. */
import { allocate, roundHalfUp } from '../money/index.ts';
import { taxOf } from './tax.ts';

export interface CartLine {
  readonly unit: number;
  readonly quantity: number;
  /** Parts per million. */
  readonly rate: number;
}

/** Of the goods together; never more than they cost. `rate` in parts per million. */
export type Discount =
  | { readonly kind: 'percent'; readonly rate: number }
  | { readonly kind: 'fixed'; readonly amount: number }
  | { readonly kind: 'freeShipping' };

export interface Delivery {
  readonly price: number;
  /** Free once the goods, discount taken off, cost as much. */
  readonly freeFrom?: number | undefined;
  readonly rate: number;
}

export interface Cart {
  readonly lines: readonly CartLine[];
  readonly discount?: Discount | undefined;
  readonly delivery?: Delivery | undefined;
  readonly taxIncluded: boolean;
}

export interface PricedLine {
  /** Before the discount. */
  readonly subtotal: number;
  readonly discount: number;
  readonly total: number;
  readonly rate: number;
  /** In `total` where tax is included, else on top of it. */
  readonly tax: number;
}

/** One step from nothing to the total; the amounts of all add up to it. */
export type Reason =
  | { readonly of: 'line'; readonly line: number; readonly amount: number }
  | { readonly of: 'discount' | 'delivery'; readonly amount: number }
  | { readonly of: 'tax'; readonly rate: number; readonly amount: number };

export interface Priced {
  readonly lines: readonly PricedLine[];
  readonly subtotal: number;
  readonly discount: number;
  readonly delivery: { readonly price: number; readonly tax: number };
  readonly tax: number;
  /** By rate, the highest first; rates without an amount are left out. */
  readonly taxes: readonly { readonly rate: number; readonly amount: number }[];
  readonly total: number;
  readonly why: readonly Reason[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const takenOff = (subtotal: number, discount: Discount | undefined): number => {
  if (discount?.kind === 'percent') {
    return Math.min(subtotal, roundHalfUp(BigInt(subtotal) * BigInt(discount.rate), 1_000_000));
  }
  return discount?.kind === 'fixed' ? Math.min(subtotal, discount.amount) : 0;
};

/** What the delivery of goods costs. */
export const deliveryPrice = ({ price, freeFrom }: Delivery, goods: number, discount?: Discount): number =>
  discount?.kind === 'freeShipping' || (freeFrom !== undefined && goods >= freeFrom) ? 0 : price;

const byRate = (parts: readonly { rate: number; tax: number }[]): Priced['taxes'] => {
  const amounts = new Map<number, number>();
  for (const { rate, tax } of parts) amounts.set(rate, (amounts.get(rate) ?? 0) + tax);
  return [...amounts]
    .map(([rate, amount]) => ({ rate, amount }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => b.rate - a.rate);
};

/** The discount is spread over the lines by what they cost, and each is taxed on what is left of it (EC-07). RangeError beyond 2^53 - 1. */
export function priceOf({ lines, discount, delivery, taxIncluded }: Cart): Priced {
  const subtotals = lines.map(({ unit, quantity }) => unit * quantity);
  const subtotal = sum(subtotals);
  if (!Number.isSafeInteger(subtotal)) throw new RangeError(`${subtotal} is too large for an amount.`);
  const off = takenOff(subtotal, discount);
  const shares = allocate(off, subtotals);
  const priced = lines.map(({ rate }, i): PricedLine => {
    const total = subtotals[i]! - shares[i]!;
    return { subtotal: subtotals[i]!, discount: shares[i]!, total, rate, tax: taxOf(total, rate, taxIncluded) };
  });
  const carriage = delivery ? deliveryPrice(delivery, subtotal - off, discount) : 0;
  const carriageTax = delivery ? taxOf(carriage, delivery.rate, taxIncluded) : 0;
  const taxes = byRate([...priced, { rate: delivery?.rate ?? 0, tax: carriageTax }]);
  const tax = sum(taxes.map(({ amount }) => amount));
  return {
    lines: priced,
    subtotal,
    discount: off,
    delivery: { price: carriage, tax: carriageTax },
    tax,
    taxes,
    total: subtotal - off + carriage + (taxIncluded ? 0 : tax),
    why: [
      ...subtotals.map((amount, line): Reason => ({ of: 'line', line, amount })),
      ...(off > 0 ? [{ of: 'discount', amount: -off } as const] : []),
      ...(delivery ? [{ of: 'delivery', amount: carriage } as const] : []),
      ...(taxIncluded ? [] : taxes.map(({ rate, amount }): Reason => ({ of: 'tax', rate, amount }))),
    ],
  };
}
