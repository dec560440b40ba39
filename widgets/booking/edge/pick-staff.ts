/** Chooses among free staff, so that work is spread evenly. */
import { clip, type Interval, totalLength } from '../../../schemas/intervals/index.ts';
import type { Resource } from './calendar.ts';

/** Booked milliseconds of the day for each place. */
const loadOf = ({ busy, capacity }: Resource, day: Interval): number =>
  busy.reduce((sum, item) => sum + totalLength(clip([item], day)) * (item.quantity ?? 1), 0) / capacity;

/** FNV-1a, 32 bit, with a final mix: similar seeds must not give similar orders. */
const scatter = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

/** At least one. */
export type Free = readonly [Resource, ...Resource[]];

/** The least booked that day, then the lowest priority number, then by lot: callers with other seeds draw other lots, so that they do not all reach for the same person at once. */
export const pickStaff = (free: Free, day: Interval, seed: string): Resource =>
  free
    .map(resource => ({ resource, load: loadOf(resource, day), lot: scatter(`${seed}:${resource.id}`) }))
    .sort((a, b) => a.load - b.load || a.resource.priority - b.resource.priority || a.lot - b.lot)[0]!.resource;
