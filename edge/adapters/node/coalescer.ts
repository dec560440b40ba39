/** One run for all callers of this process. */
import type { Coalescer } from '../../../schemas/ports/index.ts';

export function createProcessCoalescer(): Coalescer {
  const running = new Map<string, Promise<unknown>>();
  return {
    once<T>(key: string, work: () => Promise<T>): Promise<T> {
      const current = running.get(key);
      if (current) return current as Promise<T>;
      const run = work().finally(() => running.delete(key));
      running.set(key, run);
      return run;
    },
  };
}
