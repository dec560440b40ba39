/** /api/analytics: the sites of all clients side by side, for the agency's people. */
import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { AnalyticsOfSite, AnalyticsOverview, SiteFigure } from '../../schemas/protocol/index.ts';
import { addDays, dayNumber } from '../../schemas/time/index.ts';
import { overviewCsv } from '../analytics/overview-csv.ts';
import { type Range, readRange } from '../analytics/query.ts';
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
  const rangeOf = (query: (name: string) => string | undefined) => readRange(query, 'UTC', deps.ports.clock.now());

  return new Hono<AppEnv>()
    .get('/api/analytics', staff, async c => {
      const page = pageQuery(c);
      return c.json(
        await overview(
          deps,
          c.get('session'),
          rangeOf(name => c.req.query(name)),
          page,
        ),
      );
    })
    .get('/api/analytics.csv', staff, async c => {
      const range = rangeOf(name => c.req.query(name));
      const data: AnalyticsOfSite[] = [];
      for (let after: string | undefined; ; after = data.at(-1)!.siteId) {
        const part = await overview(deps, c.get('session'), range, { size: CSV_PAGE, after });
        data.push(...part.data);
        if (part.page.after === null) break;
      }
      return c.body(overviewCsv(data), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="sites-${range.from}-${range.to}.csv"`,
      });
    });
}

/** Two questions in one batch, however many sites there are. */
async function overview({ db }: ControlDeps, reach: Reach, range: Range, page: PageQuery): Promise<AnalyticsOverview> {
  const { from, to } = range;
  const days = dayNumber(to) - dayNumber(from) + 1;
  const every = Math.ceil(days / MOST_POINTS);
  const where = and(
    isNull(site.deletedAt),
    ownClients(reach),
    page.after === undefined ? undefined : gt(site.id, page.after),
  );
  const ofClient = eq(client.id, site.clientId);
  const ids = db.select({ id: site.id }).from(site).innerJoin(client, ofClient).where(where);
  const shown = ids.orderBy(asc(site.id)).limit(page.size + 1);
  const first = addDays(from, -days);
  // The period before is one step of its own, numbered -1.
  const step = sql<number>`CASE WHEN ${siteDay.day} < ${from} THEN -1
    ELSE CAST((julianday(${siteDay.day}) - julianday(${from})) / ${every} AS INTEGER) END`.as('step');
  const sums = Object.fromEntries(figures.map(name => [name, sum(siteDay[name])])) as Record<SiteFigure, SQL<number>>;
  const [rows, counts] = await db.batch([
    db
      .select({ id: site.id, name: site.name, clientId: client.id, clientName: client.name })
      .from(site)
      .innerJoin(client, ofClient)
      .where(inArray(site.id, shown))
      .orderBy(asc(site.id)),
    db
      .select({ id: siteDay.siteId, step, ...sums })
      .from(siteDay)
      .where(and(inArray(siteDay.siteId, shown), sql`${siteDay.day} BETWEEN ${first} AND ${to}`))
      .groupBy(siteDay.siteId, sql`step`),
  ]);
  const ofSite = Map.groupBy(counts, ({ id }) => id);
  const { data, page: next } = pageOf(rows, page, ({ id, name, clientId, clientName }): AnalyticsOfSite => {
    const own = ofSite.get(id) ?? [];
    const steps = own.filter(row => row.step >= 0);
    const series = Array.from({ length: Math.ceil(days / every) }, () => 0);
    for (const row of steps) series[row.step] = row.visits;
    const before = own.filter(row => row.step < 0);
    return { siteId: id, siteName: name, clientId, clientName, values: total(steps), before: total(before), series };
  });
  return { data, page: next, meta: { from, to, every } };
}

const sum = (column: (typeof siteDay)[SiteFigure]): SQL<number> => sql<number>`sum(${column})`;

const total = (rows: readonly Record<SiteFigure, number>[]): AnalyticsOfSite['values'] =>
  Object.fromEntries(
    figures.map(name => [name, rows.reduce((all, row) => all + row[name], 0)]),
  ) as AnalyticsOfSite['values'];
