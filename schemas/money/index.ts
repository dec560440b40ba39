/** Money: whole minor units, currencies, rounding, fair shares, text. */
export { allocate } from './allocate.ts';
export { currencies, exponentOf, isCurrency } from './currency.ts';
export { minorDigits } from './minor-digits.ts';
export { add, compare, type Money, money, negate } from './money.ts';
export { roundHalfEven, roundHalfUp, type Whole } from './rounding.ts';
export { formatMoney, parseMinor, toDecimal } from './text.ts';
