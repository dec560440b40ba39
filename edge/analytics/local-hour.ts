/** The hour and the day that an instant falls into in a zone, remembered because all events of an hour ask the same. */
import { toLocal } from '../../schemas/time/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';

const HOUR = 3_600_000;

export interface LocalHour {
  /** Its first instant, epoch milliseconds. */
  readonly start: number;
  /** The local date. */
  readonly day: string;
}

/** Half-hour zones have their own full hours; of an hour that comes twice each is one. */
export function createLocalHours(): (at: number, zone: string) => LocalHour {
  const known = new BoundedCache<LocalHour>(1_000);
  return (at, zone) => {
    const kept = known.get(zone);
    if (kept && at >= kept.start && at < kept.start + HOUR) return kept;
    const { date, offsetMinutes } = toLocal(at, zone);
    const offset = Math.round(offsetMinutes * 60_000);
    const hour = { start: Math.floor((at + offset) / HOUR) * HOUR - offset, day: date };
    known.set(zone, hour);
    return hour;
  };
}
