/** Which days the overview of many sites is about: those that were named, or the last ones of each site. */
import { Problem } from '../../schemas/errors/index.ts';
import { addDays, dayNumber, toLocal } from '../../schemas/time/index.ts';
import { MOST_DAYS, type Range, readRange } from './query.ts';

export interface Period {
  readonly days: number;
  /** In local dates of a zone. */
  of(zone: string): Range;
}

/** `from` and `to`, or the last `days`, 30 where nothing is said. Throws INVALID_QUERY. */
export function readPeriod(parameter: (name: string) => string | undefined, now: number): Period {
  const given = parameter('days');
  if (parameter('from') !== undefined || parameter('to') !== undefined) {
    if (given !== undefined) throw invalid('A period has days, or from and to.');
    const range = readRange(parameter, 'UTC', now);
    return { days: dayNumber(range.to) - dayNumber(range.from) + 1, of: () => range };
  }
  const days = Number(given ?? 30);
  if (given !== undefined && (!/^\d{1,3}$/.test(given) || days < 1 || days > MOST_DAYS)) {
    throw invalid(`days is 1 to ${MOST_DAYS}.`);
  }
  return {
    days,
    of(zone) {
      const to = toLocal(now, zone).date;
      return { from: addDays(to, 1 - days), to };
    },
  };
}

const invalid = (detail: string): Problem => Problem.of('INVALID_QUERY', { detail });
