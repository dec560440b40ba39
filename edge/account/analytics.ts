/** /api/sites/:id/analytics: what was counted on a site, for people who may see it and for keys with `analytics:read`. */
import { Hono } from 'hono';
import { createFactory } from 'hono/factory';
import { Problem } from '../../schemas/errors/index.ts';
import type { ManifestJson } from '../../schemas/module/index.ts';
import { funnel, vitals } from '../analytics/funnel.ts';
import { readQuery, readRange } from '../analytics/query.ts';
import { report } from '../analytics/report.ts';
import { reportCsv } from '../analytics/report-csv.ts';
import { createAnalyticsStores } from '../analytics/stores.ts';
import { knownWidgets } from '../analytics/widgets.ts';
import type { AppEnv } from '../http/env.ts';
import { rateLimit } from '../http/rate-limit.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { findSite, type Reach, type SiteRow } from './scope.ts';
import { modulesOf } from './site-modules.ts';

/** Throws UNAUTHENTICATED, or FORBIDDEN for a key without the scope. */
async function reachOfKey({ auth }: ControlDeps, headers: Headers): Promise<Reach> {
  const { kind, agencyId, clientId, scopes } = await auth.authenticate(headers);
  if (kind !== 'key' || clientId === null) throw Problem.of('UNAUTHENTICATED');
  if (!scopes?.some(scope => scope === '*' || scope.startsWith('analytics:'))) throw Problem.of('FORBIDDEN');
  return { agency: { id: agencyId }, clientId };
}

export function analyticsRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, clientIp } = deps;
  const stores = createAnalyticsStores({ db, clock: ports.clock, databases: ports.databases });
  const { anyone } = guards(deps);
  const reader = createFactory<AppEnv>().createMiddleware(async (c, next) => {
    if (!c.req.header('authorization')) {
      return anyone(c, async () => {
        c.set('reach', c.get('session'));
        await next();
      });
    }
    c.header('Cache-Control', 'no-store');
    c.set('reach', await reachOfKey(deps, c.req.raw.headers));
    await next();
  });
  const limited = rateLimit({
    limiter: ports.limiter,
    name: 'analytics',
    limit: 600,
    windowSeconds: 60,
    key: c => clientIp(c),
  });

  const open = async (reach: Reach, id: string) => {
    const site = await findSite(deps, reach, id);
    return { site, database: await stores.find(site.clientId) };
  };
  const reported = async (parameter: (name: string) => string | undefined, reach: Reach, id: string) => {
    const { site, database } = await open(reach, id);
    return report(database, site, readQuery(parameter, site.zone, ports.clock.now()));
  };

  return new Hono<AppEnv>()
    .get('/api/sites/:id/analytics', limited, reader, async c => {
      const data = await reported(name => c.req.query(name), c.get('reach'), c.req.param('id'));
      return c.json({ data });
    })
    .get('/api/sites/:id/analytics.csv', limited, reader, async c => {
      const data = await reported(name => c.req.query(name), c.get('reach'), c.req.param('id'));
      return c.body(reportCsv(data), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="analytics-${data.from}-${data.to}.csv"`,
      });
    })
    .get('/api/sites/:id/analytics/funnels', limited, reader, async c => {
      const { site, database } = await open(c.get('reach'), c.req.param('id'));
      const range = readRange(name => c.req.query(name), site.zone, ports.clock.now());
      const widgets = [...(await widgetsOn(deps, site))];
      return c.json({
        data: await Promise.all(widgets.map(([tag, widget]) => funnel(database, site.id, tag, widget, range))),
      });
    })
    .get('/api/sites/:id/analytics/vitals', limited, reader, async c => {
      const { site, database } = await open(c.get('reach'), c.req.param('id'));
      const range = readRange(name => c.req.query(name), site.zone, ports.clock.now());
      return c.json({ data: await vitals(database, site.id, range) });
    });
}

async function widgetsOn(deps: ControlDeps, site: SiteRow) {
  const on = (await modulesOf(deps, site)).filter(({ enabled }) => enabled);
  return knownWidgets(
    on.flatMap(({ module }) => {
      const manifest = deps.catalog.get(module)?.manifest as ManifestJson | undefined;
      return manifest ? [{ name: module, manifest }] : [];
    }),
  );
}
