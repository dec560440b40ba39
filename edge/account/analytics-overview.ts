/** /api/analytics: the sites of all clients side by side, for the agency's people. */
import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { AnalyticsOfSite, AnalyticsOverview, SiteFigure } from '../../schemas/protocol/index.ts';
import { addDays } from '../../schemas/time/index.ts';
import { overviewCsv } from '../analytics/overview-csv.ts';
import { type Period, readPeriod } from '../analytics/period.ts';
import { client, site, siteDay } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { type PageQuery, pageOf, pageQuery } from './page.ts';
import { ownClients, type Reach } from './scope.ts';

/** Points of a sparkline, at most. */
const MOST_POINTS = 31;
/** Sites of one page of the CSV. */
const CSV_PAGE = 200;

const figures = [
  'visitors',
  'views',
  'visits',
  'starts',
  'completions',
  'errors',
] as const satisfies readonly SiteFigure[];

export function analyticsOverviewRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { staff } = guards(deps);
  const periodOf = (query: (name: string) => string | undefined) => readPeriod(query, deps.ports.clock.now());

  return new Hono<AppEnv>()
    .get('/api/analytics', staff, async c => {
      const page = pageQuery(c);
      return c.json(
        await overview(
          deps,
          c.get('session'),
          periodOf(name => c.req.query(name)),
          page,
        ),
      );
    })
    .get('/api/analytics.csv', staff, async c => {
      const period = periodOf(name => c.req.query(name));
      const data: AnalyticsOfSite[] = [];
      for (let after: string | undefined; ; after = data.at(-1)!.siteId) {
        const part = await overview(deps, c.get('session'), period, { size: CSV_PAGE, after });
        data.push(...part.data);
        if (part.page.after === null) break;
      }
      const { from, to } = period.of('UTC');
      return c.body(overviewCsv(data), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="sites-${from}-${to}.csv"`,
      });
    });
}

/** Two questions, however many sites there are: the second needs to know which dates the sites of the first have. */
async function overview(
  { db }: ControlDeps,
  reach: Reach,
  period: Period,
  page: PageQuery,
): Promise<AnalyticsOverview> {
  const { days } = period;
  const every = Math.ceil(days / MOST_POINTS);
  const rows = await db
    .select({ id: site.id, name: site.name, zone: site.zone, clientId: client.id, clientName: client.name })
    .from(site)
    .innerJoin(client, eq(client.id, site.clientId))
    .where(
      and(isNull(site.deletedAt), ownClients(reach), page.after === undefined ? undefined : gt(site.id, page.after)),
    )
    .orderBy(asc(site.id))
    .limit(page.size + 1);
  const dates = rows.map(({ id, zone }) => {
    const { from, to } = period.of(zone);
    return [id, addDays(from, -days), from, to];
  });
  const asked = (index: number) => sql`asked.value ->> ${sql.raw(`${index}`)}`;
  // The period before is one step of its own, numbered -1.
  const step = sql<number>`CASE WHEN ${siteDay.day} < ${asked(2)} THEN -1
    ELSE CAST((julianday(${siteDay.day}) - julianday(${asked(2)})) / ${every} AS INTEGER) END`.as('step');
  const sums = Object.fromEntries(figures.map(name => [name, sum(siteDay[name])])) as Record<SiteFigure, SQL<number>>;
  const counts = await db
    .select({ id: siteDay.siteId, step, ...sums })
    .from(sql`json_each(${JSON.stringify(dates)}) AS asked`)
    .crossJoin(siteDay)
    .where(sql`${siteDay.siteId} = ${asked(0)} AND ${siteDay.day} BETWEEN ${asked(1)} AND ${asked(3)}`)
    .groupBy(siteDay.siteId, sql`step`);
  const ofSite = Map.groupBy(counts, ({ id }) => id);
  const { data, page: next } = pageOf(rows, page, ({ id, name, clientId, clientName }): AnalyticsOfSite => {
    const own = ofSite.get(id) ?? [];
    const steps = own.filter(row => row.step >= 0);
    const series = Array.from({ length: Math.ceil(days / every) }, () => 0);
    for (const row of steps) series[row.step] = row.visits;
    const before = own.filter(row => row.step < 0);
    return { siteId: id, siteName: name, clientId, clientName, values: total(steps), before: total(before), series };
  });
  return { data, page: next, meta: { ...period.of('UTC'), every } };
}

const sum = (column: (typeof siteDay)[SiteFigure]): SQL<number> => sql<number>`sum(${column})`;

const total = (rows: readonly Record<SiteFigure, number>[]): AnalyticsOfSite['values'] =>
  Object.fromEntries(
    figures.map(name => [name, rows.reduce((all, row) => all + row[name], 0)]),
  ) as AnalyticsOfSite['values'];
