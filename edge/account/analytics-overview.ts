/** /api/analytics: the sites of all clients side by side, for the agency's people. */
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { Hono } from 'hono';
import type { AnalyticsOfSite } from '../../schemas/protocol/index.ts';
import { addDays, dayNumber } from '../../schemas/time/index.ts';
import { type AnalyticsQuery, type Range, readRange } from '../analytics/query.ts';
import { report } from '../analytics/report.ts';
import { createAnalyticsStores } from '../analytics/stores.ts';
import { client, site } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { pageOf, pageQuery } from './page.ts';
import { ownClients } from './scope.ts';

/** Sites that are asked at a time. */
const AT_ONCE = 8;

export function analyticsOverviewRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports } = deps;
  const stores = createAnalyticsStores({ db, clock: ports.clock, databases: ports.databases });
  const { staff } = guards(deps);

  return new Hono<AppEnv>().get('/api/analytics', staff, async c => {
    const page = pageQuery(c);
    const range = readRange(name => c.req.query(name), 'UTC', ports.clock.now());
    const rows = await db
      .select({ id: site.id, name: site.name, zone: site.zone, clientId: client.id, clientName: client.name })
      .from(site)
      .innerJoin(client, eq(client.id, site.clientId))
      .where(
        and(
          isNull(site.deletedAt),
          ownClients(c.get('session')),
          page.after === undefined ? undefined : gt(site.id, page.after),
        ),
      )
      .orderBy(asc(site.id))
      .limit(page.size + 1);
    const { data: shown, page: next } = pageOf(rows, page, row => row);
    const data: AnalyticsOfSite[] = [];
    for (let first = 0; first < shown.length; first += AT_ONCE) {
      data.push(
        ...(await Promise.all(
          shown.slice(first, first + AT_ONCE).map(async row => {
            const database = await stores.find(row.clientId);
            const of = async (days: Range) => (await report(database, row, { ...asked, ...days })).totals;
            const { id: siteId, name: siteName, clientId, clientName } = row;
            const [values, before] = await Promise.all([of(range), of(daysBefore(range))]);
            return { siteId, siteName, clientId, clientName, values, before };
          }),
        )),
      );
    }
    return c.json({ data, page: next });
  });
}

const asked: Omit<AnalyticsQuery, keyof Range> = {
  interval: 'total',
  metrics: ['views', 'visitors', 'starts', 'completions'],
  by: null,
  widget: undefined,
  limit: 1,
};

/** As many days, up to the range. */
function daysBefore({ from, to }: Range): Range {
  const days = dayNumber(to) - dayNumber(from) + 1;
  return { from: addDays(from, -days), to: addDays(from, -1) };
}
