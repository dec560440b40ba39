/** What may be asked of the counts, read from the query string. */
import { Problem } from '../../schemas/errors/index.ts';
import type { AnalyticsBy, AnalyticsInterval, AnalyticsMetric } from '../../schemas/protocol/index.ts';
import { addDays, dayNumber, isDate, toLocal } from '../../schemas/time/index.ts';

export interface Range {
  readonly from: string;
  readonly to: string;
}

export interface AnalyticsQuery extends Range {
  readonly interval: AnalyticsInterval;
  readonly metrics: readonly AnalyticsMetric[];
  readonly by: AnalyticsBy | null;
  /** Tag; undefined for the whole site. */
  readonly widget: string | undefined;
  /** Most keys that come apart. */
  readonly limit: number;
}

const dimensions = ['path', 'referrer', 'source', 'medium', 'campaign', 'device', 'country', 'locale'] as const;
const columns = ['event', 'error', 'module', 'widget', 'variant'] as const;
const metrics = [
  'views',
  'visits',
  'visitors',
  'impressions',
  'starts',
  'completions',
  'errors',
  'conversionRate',
  'bounceRate',
  'visitSeconds',
] as const satisfies readonly AnalyticsMetric[];
const intervals = ['hour', 'day', 'week', 'month', 'total'] as const;

/** Days that a question may span; by the hour fewer. */
export const MOST_DAYS = 800;
const MOST_DAYS_OF_HOURS = 31;

export const isColumn = (by: AnalyticsBy): by is (typeof columns)[number] => columns.some(column => column === by);

type Parameters = (name: string) => string | undefined;

/** Without dates the last 30 days of the zone. Throws INVALID_QUERY. */
export function readRange(parameter: Parameters, zone: string, now: number): Range {
  const to = parameter('to') ?? toLocal(now, zone).date;
  if (!isDate(to)) throw invalid('to is a date such as 2026-03-31.');
  const from = parameter('from') ?? addDays(to, -29);
  if (!isDate(from)) throw invalid('from is a date such as 2026-03-01.');
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw invalid('from is after to.');
  if (days > MOST_DAYS) throw invalid(`A range has ${MOST_DAYS} days at most.`);
  return { from, to };
}

/** What a figure can be asked by: the pages after the first one have no source, and no page has a whole visit. */
const apart: Readonly<Partial<Record<AnalyticsMetric, readonly AnalyticsBy[]>>> = {
  bounceRate: dimensions,
  visitSeconds: ['device', 'country', 'locale'],
};

/** Throws INVALID_QUERY. */
export function readQuery(parameter: Parameters, zone: string, now: number): AnalyticsQuery {
  const range = readRange(parameter, zone, now);
  const by = parameter('by') === undefined ? null : oneOf('by', [...dimensions, ...columns], parameter('by')!);
  const interval = oneOf('interval', intervals, parameter('interval') ?? (by ? 'total' : 'day'));
  if (interval === 'hour' && dayNumber(range.to) - dayNumber(range.from) >= MOST_DAYS_OF_HOURS) {
    throw invalid(`By the hour a range has ${MOST_DAYS_OF_HOURS} days at most.`);
  }
  const asked = (parameter('metrics') ?? 'views,visitors').split(',').map(name => oneOf('metrics', metrics, name));
  for (const metric of asked) {
    const bys = apart[metric];
    if (by && bys && !bys.includes(by)) throw invalid(`${metric} comes as a whole, or by ${bys.join(', ')}.`);
  }
  const limit = parameter('limit') ?? '100';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 200) throw invalid('limit is 1 to 200.');
  const widget = parameter('widget');
  return {
    ...range,
    interval,
    by,
    metrics: [...new Set(asked)],
    widget: widget === '' ? undefined : widget,
    limit: Number(limit),
  };
}

function oneOf<Name extends string>(parameter: string, names: readonly Name[], given: string): Name {
  const found = names.find(name => name === given);
  if (!found) throw invalid(`${parameter} is one of ${names.join(', ')}.`);
  return found;
}

const invalid = (detail: string): Problem => Problem.of('INVALID_QUERY', { detail });
