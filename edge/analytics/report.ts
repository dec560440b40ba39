/** Answers questions about the counts of one site. */
import type { Database, SqlValue, Statement } from '../../schemas/ports/index.ts';
import type { AnalyticsMetric, AnalyticsReport, AnalyticsRow } from '../../schemas/protocol/index.ts';
import { addDays, dateOf, dayBounds, dayNumber, eachDate, toRfc3339, weekdayOf } from '../../schemas/time/index.ts';
import { createLocalHours } from './local-hour.ts';
import { type AnalyticsQuery, isColumn } from './query.ts';
import { estimate } from './sketch.ts';
import { ALL, HOUR_OF, OTHER, perDay, visitorsPerDay } from './tables.ts';
import { derived } from './tally.ts';

export interface AskedSite {
  readonly id: string;
  readonly zone: string;
}

/** Sums of one row on their way: by event, and visitors. */
type Sums = Record<string, number>;

const eventOf: Readonly<Partial<Record<AnalyticsMetric, string>>> = {
  views: 'view',
  visits: 'visit',
  impressions: 'impression',
  starts: 'start',
  completions: 'complete',
  errors: 'error',
};

const HOUR = 3_600_000;

/** `db` is undefined where nothing was ever counted: the report is there all the same, with zeros. */
export async function report(
  db: Database | undefined,
  site: AskedSite,
  query: AnalyticsQuery,
): Promise<AnalyticsReport> {
  const { from, to, interval, by, metrics } = query;
  const results = db ? await db.read([counts(site.id, query), visitors(site.id, query), totals(site.id, query)]) : [];
  const [counted, marked, all] = results.map(result => result.rows);
  const rows = new Map<string, Sums>();
  const sumsOf = (at: SqlValue, key: SqlValue): Sums => {
    const id = JSON.stringify([atOf(interval, at), String(key)]);
    const sums = rows.get(id) ?? {};
    rows.set(id, sums);
    return sums;
  };
  const total: Sums = {};
  for (const [at, key, event, count] of counted ?? []) {
    raise(sumsOf(at!, key!), String(event), Number(count));
    raise(total, String(event), Number(count));
  }
  // Those of a day, before its days become weeks; of a value only where there is a count of it.
  for (const [at, key, filled, harmonic, isTotal] of marked ?? []) {
    const people = estimate(Number(filled), Number(harmonic));
    if (isTotal) raise(total, 'visitors', people);
    else raise(sumsOf(at!, key!), 'visitors', people);
  }
  if (!by && interval !== 'total') for (const at of moments(query, site.zone)) sumsOf(at, '');
  if (!by && interval === 'total') sumsOf('', '');
  const list = [...rows].map(([id, sums]) => {
    const [at, key] = JSON.parse(id) as [string, string];
    return { at, key, sums };
  });
  const kept = by ? mostCommon(list, query) : list;
  kept.sort((a, b) => compare(a.at, b.at) || rank(b.sums, metrics) - rank(a.sums, metrics) || compare(a.key, b.key));
  return {
    from,
    to,
    zone: site.zone,
    interval,
    by,
    rows: kept.map(
      ({ at, key, sums }): AnalyticsRow => ({
        ...(interval === 'total' ? {} : { at: interval === 'hour' ? toRfc3339(Number(at)) : at }),
        ...(by ? { key } : {}),
        values: valuesOf(sums, metrics),
      }),
    ),
    totals: valuesOf(total, metrics),
    sampling: { counted: Number(all?.[0]?.[0] ?? 0), seen: Number(all?.[0]?.[1] ?? 0) },
  };
}

const dimensionOf = ({ by }: AnalyticsQuery): string => (by && !isColumn(by) ? by : ALL);

/** By a dimension there are many values, so only the events that are asked for are read. */
function kindsOf({ by, metrics }: AnalyticsQuery): string {
  if (by === 'error') return `event = 'error'`;
  if (!by || isColumn(by)) return `event <> 'vital'`;
  const events = metrics.flatMap(metric => partsOf[metric] ?? eventOf[metric] ?? []);
  return `event IN (${events.map(event => `'${event}'`).join(', ')})`;
}

function counts(site: string, query: AnalyticsQuery): Statement {
  const { from, to, interval, by, widget } = query;
  const isHourly = interval === 'hour';
  const key = by === 'error' ? 'name' : by && isColumn(by) ? by : 'value';
  const at = interval === 'total' ? `''` : isHourly ? 'hour' : 'day';
  const ofWidget = widget === undefined ? '' : ' AND widget = ?';
  return {
    sql: `SELECT ${at} AS at, ${key} AS key, event, sum(counted) FROM ${isHourly ? 'hourly' : perDay}
      WHERE site = ? AND dimension = ? AND day BETWEEN ? AND ? AND ${kindsOf(query)}${ofWidget} GROUP BY 1, 2, 3`,
    args: [site, dimensionOf(query), from, to, ...(widget === undefined ? [] : [widget])],
  };
}

/** Nobody is told apart by widget: a visitor's marks are those of the page. */
function visitors(site: string, query: AnalyticsQuery): Statement {
  const { from, to, interval, by, widget, metrics } = query;
  const args: SqlValue[] = [site, from, to];
  const isApart = metrics.includes('visitors') && widget === undefined && !(by && isColumn(by));
  if (!isApart) return { sql: 'SELECT 1 WHERE 0' };
  const select = (at: string, key: string, isTotal: 0 | 1, dimension: string) =>
    `SELECT ${at}, ${key}, filled, harmonic, ${isTotal} FROM ${visitorsPerDay}
      WHERE site = ?1 AND dimension = '${dimension}' AND day BETWEEN ?2 AND ?3`;
  const rows =
    interval === 'hour' && !by
      ? select('value', `''`, 0, HOUR_OF)
      : select(interval === 'total' ? `''` : 'day', 'value', 0, dimensionOf(query));
  // By the hour nobody is told apart by value.
  const own = interval === 'hour' && by ? [] : [rows];
  return { sql: [...own, select(`''`, `''`, 1, ALL)].join(' UNION ALL '), args };
}

function totals(site: string, { from, to }: AnalyticsQuery): Statement {
  return {
    sql: `SELECT coalesce(sum(counted), 0), coalesce(sum(seen), 0) FROM ${perDay}
      WHERE site = ? AND dimension = '${ALL}' AND event NOT IN ('${derived.join(`', '`)}') AND day BETWEEN ? AND ?`,
    args: [site, from, to],
  };
}

/** The first date of the week (Monday) or month. */
function atOf(interval: AnalyticsQuery['interval'], at: SqlValue): string {
  const text = String(at);
  if (interval === 'week') return dateOf(dayNumber(text) - weekdayOf(dayNumber(text)) + 1);
  return interval === 'month' ? `${text.slice(0, 8)}01` : text;
}

function moments({ from, to, interval }: AnalyticsQuery, zone: string): string[] {
  if (interval !== 'hour') return eachDate(from, addDays(to, 1));
  const { start } = dayBounds(from, zone);
  const { end } = dayBounds(to, zone);
  const hourOf = createLocalHours();
  const hours: number[] = [];
  // As they were counted: where clocks move by half an hour, hours do too.
  for (let at = start; at < end; at = hours.at(-1)! + HOUR) hours.push(hourOf(at, zone).start);
  return hours.map(String);
}

interface Line {
  readonly at: string;
  readonly key: string;
  readonly sums: Sums;
}

/** The first `limit` keys over all times; the others are one, so that rows add up to the totals. */
function mostCommon(lines: readonly Line[], { metrics, limit }: AnalyticsQuery): Line[] {
  const weights = new Map<string, number>();
  for (const { key, sums } of lines) weights.set(key, (weights.get(key) ?? 0) + rank(sums, metrics));
  const order = [...weights].sort(([a, x], [b, y]) => y - x || compare(a, b));
  const top = new Set(order.slice(0, limit).map(([key]) => key));
  const kept = lines.filter(({ key }) => top.has(key));
  const others = new Map<string, Line>();
  for (const { at, key, sums } of lines) {
    if (top.has(key)) continue;
    const other = kept.find(line => line.at === at && line.key === OTHER) ??
      others.get(at) ?? { at, key: OTHER, sums: {} };
    others.set(at, other);
    for (const [event, count] of Object.entries(sums)) raise(other.sums, event, count);
  }
  return [...new Set([...kept, ...others.values()])];
}

const rank = (sums: Sums, metrics: readonly AnalyticsMetric[]): number => valuesOf(sums, metrics)[metrics[0]!] ?? 0;

const valuesOf = (sums: Sums, metrics: readonly AnalyticsMetric[]): AnalyticsRow['values'] =>
  Object.fromEntries(
    metrics.map(metric => {
      const of = ratios[metric];
      return [metric, of ? of(sums) : (sums[eventOf[metric] ?? metric] ?? 0)];
    }),
  );

/** Events that a ratio is worked out of. */
const partsOf: Readonly<Partial<Record<AnalyticsMetric, readonly string[]>>> = {
  conversionRate: ['complete', 'start'],
  bounceRate: ['measured', 'stay'],
  visitSeconds: ['time', 'measured'],
};

/** Null where there is nothing to divide by. */
const ratio = (sums: Sums, of: string, by: string, digits: number): number | null =>
  sums[by] ? Math.round(((sums[of] ?? 0) / sums[by]) * digits) / digits : null;

const ratios: Readonly<Partial<Record<AnalyticsMetric, (sums: Sums) => number | null>>> = {
  conversionRate: sums => ratio(sums, 'complete', 'start', 10_000),
  bounceRate(sums) {
    // A batch that says who stayed may be counted while the one of a visit was left out.
    const bounced = Math.max(0, (sums['measured'] ?? 0) - (sums['stay'] ?? 0));
    return ratio({ ...sums, bounced }, 'bounced', 'measured', 10_000);
  },
  visitSeconds: sums => ratio(sums, 'time', 'measured', 1),
};

function raise(sums: Sums, name: string, count: number): void {
  sums[name] = (sums[name] ?? 0) + count;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
