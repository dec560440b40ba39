/** Reads what the analytics screen shows of one site. */
import type {
  AnalyticsFunnel,
  AnalyticsMetric,
  AnalyticsReport,
  AnalyticsVital,
  Site,
} from '../../schemas/protocol/index.ts';
import type { ControlClient } from '../api/control-client.ts';
import type { Point } from './line-chart.ts';
import { everBefore, type Length, lastDays, type Period, periodBefore } from './period.ts';

/** What has a line over time, and what is a share or a mean of it. */
export const counts = ['visitors', 'visits', 'views', 'starts', 'completions'] as const;
export type Count = (typeof counts)[number];
export const figures = [
  'visitors',
  'visits',
  'bounceRate',
  'visitSeconds',
  'views',
  'starts',
  'completions',
  'conversionRate',
] as const satisfies readonly AnalyticsMetric[];
export const lists = ['path', 'referrer', 'source', 'campaign', 'device', 'locale', 'country'] as const;
export const ofUse = ['impressions', 'starts', 'completions'] as const;
export const isUsed = ({ steps }: AnalyticsFunnel): boolean => steps.some(step => step.count > 0);

/** A longer period is drawn by weeks: days of a year are no line. */
const MOST_POINTS = 90;

export const isWeekly = ({ rows }: AnalyticsReport): boolean => rows.length > MOST_POINTS;

export interface SiteFigures {
  readonly site: Site;
  readonly period: Period;
  readonly now: AnalyticsReport;
  readonly before: AnalyticsReport;
  /** False where the site has never counted anything that is still kept. */
  readonly wasEver: boolean;
  readonly funnels: readonly AnalyticsFunnel[];
  readonly vitals: readonly AnalyticsVital[];
  readonly by: Readonly<Record<(typeof lists)[number], AnalyticsReport>>;
  readonly errors: AnalyticsReport;
  /** Of each widget that was shown in more than one. */
  readonly variants: readonly { readonly label: string; readonly report: AnalyticsReport }[];
}

/** All that the screen shows of a site, up to its own today. */
export async function readSite(control: ControlClient, id: string, length: Length): Promise<SiteFigures> {
  const site = await control.site(id);
  const period = lastDays(length, site.zone);
  const series = { metrics: figures.join(), interval: 'day' };
  const [now, before, funnels, vitals, errors, ...reports] = await Promise.all([
    control.analytics(id, { ...series, ...period }),
    control.analytics(id, { ...series, ...periodBefore(period) }),
    control.funnels(id, { ...period }),
    control.vitals(id, { ...period }),
    control.analytics(id, { ...period, by: 'error', metrics: 'errors', limit: '10' }),
    ...lists.map(by => control.analytics(id, { ...period, by, metrics: 'visitors,views,completions', limit: '10' })),
  ]);
  // What two widgets call by one name is not one variant.
  const variants = await Promise.all(
    funnels.filter(isUsed).map(async ({ widget, label }) => ({
      label,
      report: await control.analytics(id, { ...period, by: 'variant', widget, metrics: ofUse.join(), limit: '10' }),
    })),
  );
  const isEmpty = now.sampling.counted + before.sampling.counted === 0;
  const ever = { ...everBefore(period.to), interval: 'total', metrics: 'views' };
  const wasEver = !isEmpty || (await control.analytics(id, ever)).sampling.counted > 0;
  const by = Object.fromEntries(lists.map((name, index) => [name, reports[index]!])) as SiteFigures['by'];
  return { site, period, now, before, wasEver, funnels, vitals, errors, variants, by };
}

/** The line of one figure: a point for each day, or for each week of a year. */
export function points({ now, before }: Pick<SiteFigures, 'now' | 'before'>, metric: Count): Point[] {
  const every = isWeekly(now) ? 7 : 1;
  const sum = (rows: AnalyticsReport['rows'], at: number) =>
    rows.slice(at, at + every).reduce((all, { values }) => all + (values[metric] ?? 0), 0);
  return now.rows.flatMap(({ at }, index) =>
    index % every > 0
      ? []
      : [
          {
            at: at!,
            until: now.rows[Math.min(index + every, now.rows.length) - 1]!.at!,
            value: sum(now.rows, index),
            before: sum(before.rows, index),
          },
        ],
  );
}
