/** Fixed-window counters in memory, bounded: what both hosts' limiters count with. */
import type { LimitVerdict } from '../../schemas/ports/index.ts';

export interface WindowCount {
  readonly used: number;
  /** Epoch milliseconds at which the count starts anew. */
  readonly resetsAt: number;
}

type Count = { -readonly [Name in keyof WindowCount]: WindowCount[Name] };

export class FixedWindows {
  readonly #counts = new Map<string, Count>();
  readonly #maxKeys: number;

  constructor(maxKeys = 100_000) {
    this.#maxKeys = maxKeys;
  }

  /** The count of a key in the window that `now` (epoch milliseconds) falls into, if there is one. */
  peek(key: string, now: number): WindowCount | undefined {
    return this.#current(key, now);
  }

  #current(key: string, now: number): Count | undefined {
    const count = this.#counts.get(key);
    return count !== undefined && count.resetsAt > now ? count : undefined;
  }

  /** Puts back a count that was kept elsewhere. */
  restore(key: string, count: WindowCount): void {
    this.#store(key, { ...count }, 0);
  }

  /** Counts `cost` when it fits; a refused call costs nothing. */
  take(key: string, limit: number, windowSeconds: number, cost: number, now: number): LimitVerdict {
    const length = windowSeconds * 1000;
    const known = this.#current(key, now);
    const count = known ?? { used: 0, resetsAt: (Math.floor(now / length) + 1) * length };
    const allowed = count.used + cost <= limit;
    if (allowed) count.used += cost;
    if (allowed && known === undefined) this.#store(key, count, now);
    const resetSeconds = Math.max(1, Math.ceil((count.resetsAt - now) / 1000));
    return { allowed, limit, remaining: Math.max(0, limit - count.used), resetSeconds };
  }

  get size(): number {
    return this.#counts.size;
  }

  #store(key: string, count: Count, now: number): void {
    if (!this.#counts.has(key) && this.#counts.size >= this.#maxKeys) this.#makeRoom(now);
    this.#counts.set(key, count);
  }

  #makeRoom(now: number): void {
    for (const [key, count] of this.#counts) if (count.resetsAt <= now) this.#counts.delete(key);
    // Under a flood of new keys the oldest tenth goes, so that the sweep above is not repeated at every call.
    let surplus = this.#counts.size - Math.floor(this.#maxKeys * 0.9);
    for (const key of this.#counts.keys()) {
      if (surplus-- <= 0) break;
      this.#counts.delete(key);
    }
  }
}
