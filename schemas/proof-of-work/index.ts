/** Proofs of work, the same sums on both sides. */
export { isSolution, puzzles, search, toBytes, toText, type Work } from './work.ts';
