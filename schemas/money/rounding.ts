/** Rounding of exact ratios to whole numbers; no floating point on the way. */

/** A whole number; a bigint where a product may pass 2^53. */
export type Whole = number | bigint;

const toSafe = (value: bigint): number => {
  const result = Number(value);
  if (!Number.isSafeInteger(result)) throw new RangeError(`${value} is too large for an amount.`);
  return result;
};

const round = (numerator: Whole, denominator: Whole, tieGoesUp: (floor: bigint) => boolean): number => {
  const over = BigInt(numerator);
  const under = BigInt(denominator);
  if (under === 0n) throw new RangeError('A ratio cannot have the denominator 0.');
  const top = over < 0n ? -over : over;
  const bottom = under < 0n ? -under : under;
  const floor = top / bottom;
  const twice = (top % bottom) * 2n;
  const size = twice > bottom || (twice === bottom && tieGoesUp(floor)) ? floor + 1n : floor;
  return toSafe(over < 0n === under < 0n ? size : -size);
};

/** numerator / denominator to the nearest whole number, a half away from zero, so that a credit note mirrors its invoice; RangeError beyond 2^53 - 1. */
export const roundHalfUp = (numerator: Whole, denominator: Whole): number => round(numerator, denominator, () => true);

/** numerator / denominator to the nearest whole number, a half to the even one (IEEE 754 roundTiesToEven); RangeError beyond 2^53 - 1. */
export const roundHalfEven = (numerator: Whole, denominator: Whole): number =>
  round(numerator, denominator, floor => floor % 2n === 1n);
