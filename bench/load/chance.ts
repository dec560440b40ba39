/** Numbers from 0 up to 1, the same in every run: Numerical Recipes' generator, since a bench needs no better chance than this. */
export function createChance(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
