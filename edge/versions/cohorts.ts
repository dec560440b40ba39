/** The order in which stores get a version: one in a hundred first, then one in ten, then the rest; the same for the same store. */
import { createHash } from 'node:crypto';

export type Cohort = 1 | 2 | 3;

/** `place` orders the stores of a cohort. */
export function cohortOf(storeId: string): { readonly cohort: Cohort; readonly place: number } {
  const digest = createHash('sha256').update(storeId).digest();
  const share = digest.readUInt16BE(4) % 100;
  return { cohort: share < 1 ? 1 : share < 11 ? 2 : 3, place: digest.readUInt32BE(0) };
}
