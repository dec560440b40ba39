/** How busy time and buffers weigh on a new appointment; the one rule behind the slot list and the check at commit. */
import type { Interval, Load } from '../intervals/index.ts';

/** An appointment, with the buffers it was booked with, that takes `quantity` (default 1) of the capacity. All in milliseconds. */
export interface Busy extends Interval {
  readonly before?: number;
  readonly after?: number;
  readonly quantity?: number;
}

/** 'sum': the buffers of two neighbours add up. 'max': the larger of the two that face each other is enough. */
export type BufferMode = 'sum' | 'max';

/** What a new appointment needs. All in milliseconds, instants since the epoch. */
export interface SlotNeeds {
  readonly busy: readonly Busy[];
  readonly duration: number;
  readonly bufferBefore?: number;
  readonly bufferAfter?: number;
  /** Default 'sum'. */
  readonly bufferMode?: BufferMode;
  /** Places on the resource, default 1. */
  readonly capacity?: number;
  /** Places asked for, default 1. */
  readonly quantity?: number;
}

/** Busy time as loads, and how far a new appointment reaches before its start and after its start to meet them. */
export interface Occupancy {
  readonly loads: readonly Load[];
  readonly reachBefore: number;
  readonly reachAfter: number;
}

/** In 'sum' both sides carry their own buffers; in 'max' the busy side carries the larger one, and the new appointment none. */
export const occupancy = (needs: SlotNeeds): Occupancy => {
  const { busy, duration, bufferBefore = 0, bufferAfter = 0, bufferMode = 'sum' } = needs;
  const sum = bufferMode === 'sum';
  const loads: Load[] = [];
  for (const { start, end, before = 0, after = 0, quantity = 1 } of busy) {
    if (!(start < end)) continue;
    loads.push({
      start: start - (sum ? before : Math.max(before, bufferAfter)),
      end: end + (sum ? after : Math.max(after, bufferBefore)),
      quantity,
    });
  }
  return { loads, reachBefore: sum ? bufferBefore : 0, reachAfter: duration + (sum ? bufferAfter : 0) };
};
