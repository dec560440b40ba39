/** A report as CSV (RFC 4180), with a line for each row. */
import type { AnalyticsReport } from '../../schemas/protocol/index.ts';
import { cell } from '../engine/csv/cells.ts';

export function reportCsv({ interval, by, rows, totals }: AnalyticsReport): string {
  const metrics = Object.keys(totals) as (keyof typeof totals)[];
  const head = [...(interval === 'total' ? [] : [interval]), ...(by ? [by] : []), ...metrics];
  const lines = rows.map(({ at, key, values }) => [
    ...(at === undefined ? [] : [cell(at, false)]),
    ...(key === undefined ? [] : [cell(key, false)]),
    ...metrics.map(metric => cell(String(values[metric] ?? ''), true)),
  ]);
  return `${[head, ...lines].map(line => line.join(',')).join('\r\n')}\r\n`;
}
