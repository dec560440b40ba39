/** When an API key ends, as the desk says it. */
import type { ApiKey } from '../../schemas/protocol/index.ts';
import { DAY } from '../../schemas/time/zone-day.ts';

/** How long before a key ends the desk warns of it, in days. */
const warnedDays = 14;

export interface KeyEnds {
  readonly soon: readonly ApiKey[];
  readonly over: readonly ApiKey[];
}

const left = ({ expiresAt }: ApiKey, now: number): number =>
  expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - now;

export const isOver = (key: ApiKey, now: number): boolean => left(key, now) <= 0;

/** Whole days that are left, 0 on the last; undefined for a key that is over or has more than 14. */
export const daysLeft = (key: ApiKey, now: number): number | undefined => {
  const rest = left(key, now);
  return rest > 0 && rest <= warnedDays * DAY ? Math.floor(rest / DAY) : undefined;
};

export const keyEnds = (keys: readonly ApiKey[], now: number): KeyEnds => ({
  soon: keys.filter(key => daysLeft(key, now) !== undefined),
  over: keys.filter(key => isOver(key, now)),
});
