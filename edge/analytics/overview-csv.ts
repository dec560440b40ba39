/** The overview of all sites as CSV (RFC 4180), each site's figures beside those of the period before. */
import type { AnalyticsOfSite, SiteFigure } from '../../schemas/protocol/index.ts';
import { cell } from '../engine/csv/cells.ts';

const figures = [
  'visits',
  'visitors',
  'views',
  'starts',
  'completions',
  'errors',
] as const satisfies readonly SiteFigure[];

export function overviewCsv(sites: readonly AnalyticsOfSite[]): string {
  const head = ['client', 'site', ...figures, ...figures.map(name => `${name}Before`)];
  const lines = sites.map(({ clientName, siteName, values, before }) => [
    cell(clientName, false),
    cell(siteName, false),
    ...[values, before].flatMap(period => figures.map(name => cell(String(period[name]), true))),
  ]);
  return `${[head, ...lines].map(line => line.join(',')).join('\r\n')}\r\n`;
}
