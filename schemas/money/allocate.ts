/** Splitting a whole amount without losing or making a unit: discounts, instalments, shared bills, tax per line. */

/** Shares of `total` by largest remainder: each gets its floor, and what is left goes to the largest fractions, on a tie to the earlier; a negative total mirrors the positive one. RangeError when weights are not whole numbers >= 0, or all are 0 while the total is not. */
export const allocate = (total: number, weights: readonly number[]): number[] => {
  if (!Number.isSafeInteger(total)) throw new RangeError(`${total} is not a whole amount.`);
  if (!weights.every(weight => Number.isSafeInteger(weight) && weight >= 0)) {
    throw new RangeError('Weights must be whole numbers of 0 or more.');
  }
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (all === 0n) {
    if (total !== 0) throw new RangeError('Nothing to share by: every weight is 0.');
    return weights.map(() => 0);
  }
  const size = BigInt(Math.abs(total));
  const shares = weights.map((weight, index) => {
    const product = size * BigInt(weight);
    return { index, units: Number(product / all), rest: product % all };
  });
  const left = Math.abs(total) - shares.reduce((sum, { units }) => sum + units, 0);
  const byRest = [...shares].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
  for (const share of byRest.slice(0, left)) share.units++;
  return shares.map(({ units }) => (total < 0 ? 0 - units : units));
};
