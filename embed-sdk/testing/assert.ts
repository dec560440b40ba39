/** The few assertions that tests in the browser need. */

/** Fails unless the two are the same as JSON. */
export const same = (actual: unknown, expected: unknown, what = 'value'): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
};

export function ok(value: unknown, what: string): asserts value {
  if (!value) throw new Error(what);
}

/** Waits until `probe` gives something true, and hands it back. */
export const until = async <T>(
  probe: () => T | undefined | null | false,
  what = 'a condition',
  milliseconds = 20_000,
): Promise<T> => {
  const end = performance.now() + milliseconds;
  for (;;) {
    const found = probe();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise(resume => setTimeout(resume, 10));
  }
};
