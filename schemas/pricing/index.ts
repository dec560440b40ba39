/** Pricing: totals that re-add to the cent and say why, tax by line, refunds by unit. */
export {
  type Cart,
  type CartLine,
  type Delivery,
  type Discount,
  deliveryPrice,
  type Priced,
  type PricedLine,
  priceOf,
  type Reason,
} from './price.ts';
export { type PaidLine, refundOfUnits, type UnitRefund } from './refund.ts';
export { percentOf, rateOf, taxOf } from './tax.ts';
