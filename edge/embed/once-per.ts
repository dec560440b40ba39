/** Says yes to a key once in a while, so that what anybody can make us write is little. */
import type { Clock } from '../../schemas/ports/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';

const capacity = 10_000;

/** True for a key that has had no yes within `ms` milliseconds, on this host. */
export function oncePer(ms: number, clock: Clock): (key: string) => boolean {
  const last = new BoundedCache<number>(capacity);
  return key => {
    const now = clock.now();
    if (now - (last.get(key) ?? Number.NEGATIVE_INFINITY) < ms) return false;
    last.set(key, now);
    return true;
  };
}
