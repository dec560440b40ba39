/** Counts limits in this process's memory. */
import type { Clock, Limiter } from '../../../schemas/ports/index.ts';
import { FixedWindows } from '../fixed-window.ts';

export function createMemoryLimiter(clock: Clock, maxKeys?: number): Limiter {
  const windows = new FixedWindows(maxKeys);
  return {
    take: (key, limit, windowSeconds, cost = 1) => windows.take(key, limit, windowSeconds, cost, clock.now()),
  };
}
