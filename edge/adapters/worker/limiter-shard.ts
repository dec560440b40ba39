/** Durable Object that counts limits in memory; counts of long windows are also stored, since an idle object is put away. */
import { DurableObject } from 'cloudflare:workers';
import type { LimitVerdict } from '../../../schemas/ports/index.ts';
import { systemClock } from '../clock.ts';
import { FixedWindows, type WindowCount } from '../fixed-window.ts';

/** An idle object loses its memory after about this long, which would let a patient caller past a longer window. */
const MEMORY_SECONDS = 60;
const SWEEP_MS = 3_600_000;

export class LimiterShard extends DurableObject {
  readonly #windows = new FixedWindows();

  async take(key: string, limit: number, windowSeconds: number, cost: number): Promise<LimitVerdict> {
    const now = systemClock.now();
    if (windowSeconds <= MEMORY_SECONDS) return this.#windows.take(key, limit, windowSeconds, cost, now);
    if (this.#windows.peek(key, now) === undefined) {
      const stored = await this.ctx.storage.get<WindowCount>(key);
      if (stored !== undefined && this.#windows.peek(key, now) === undefined) this.#windows.restore(key, stored);
    }
    const verdict = this.#windows.take(key, limit, windowSeconds, cost, now);
    const count = this.#windows.peek(key, now);
    if (verdict.allowed && count !== undefined) {
      await this.ctx.storage.put(key, count);
      if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(now + SWEEP_MS);
    }
    return verdict;
  }

  /** Deletes the counts of windows that are over. */
  override async alarm(): Promise<void> {
    const now = systemClock.now();
    const stored = await this.ctx.storage.list<WindowCount>();
    const over = [...stored].filter(([, count]) => count.resetsAt <= now).map(([key]) => key);
    for (let index = 0; index < over.length; index += 128)
      await this.ctx.storage.delete(over.slice(index, index + 128));
    if (over.length < stored.size) await this.ctx.storage.setAlarm(now + SWEEP_MS);
  }
}
