/** /api/sites/:id/modules: which of the client's modules a site shows. */
import { and, asc, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { SiteModule } from '../../schemas/protocol/index.ts';
import { installation, siteModule } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { checkSettings, moduleNameOf } from './module-settings.ts';
import { wholeList } from './page.ts';
import { findSite, type SiteRow } from './scope.ts';

const body = z.strictObject({ enabled: z.boolean(), settings: fields.settings.optional() });

export function siteModuleRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports } = deps;
  const { anyone, staff } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/sites/:id/modules', anyone, async c =>
      c.json(wholeList(await modulesOf(deps, await findSite(deps, c.get('session'), c.req.param('id'))))),
    )
    .put('/api/sites/:id/modules/:module', staff, async c => {
      const session = c.get('session');
      const site = await findSite(deps, session, c.req.param('id'));
      const module = moduleNameOf(c.req.param('module'));
      if (!deps.catalog.get(module)) throw Problem.of('NOT_FOUND');
      const { enabled, settings: given } = await readValid(c.req.raw, body);
      const before = (await modulesOf(deps, site)).find(known => known.module === module);
      if (!before) {
        throw Problem.of('CONFLICT', { detail: `Install ${module} for the client first, then switch it on here.` });
      }
      if (given) await checkSettings(deps, module, given);
      const settings = given ?? before.settings;
      const values = { enabled, settings, updatedAt: ports.clock.now() };
      await db.batch([
        db
          .insert(siteModule)
          .values({ siteId: site.id, module, ...values })
          .onConflictDoUpdate({ target: [siteModule.siteId, siteModule.module], set: values }),
        auditRow(deps, session, {
          action: 'site-module.update',
          subjectId: site.id,
          clientId: site.clientId,
          diff: { module, enabled: [before.enabled, enabled], ...(given ? { settings: Object.keys(given) } : {}) },
        }),
      ]);
      await deps.onTenantChange(site.clientId);
      return c.json({ data: { module, enabled, settings } satisfies SiteModule });
    });
}

/** All that the client has installed, switched on here or not. */
export async function modulesOf({ db }: ControlDeps, site: Pick<SiteRow, 'id' | 'clientId'>): Promise<SiteModule[]> {
  const rows = await db
    .select({ module: installation.module, enabled: siteModule.enabled, settings: siteModule.settings })
    .from(installation)
    .leftJoin(siteModule, and(eq(siteModule.module, installation.module), eq(siteModule.siteId, site.id)))
    .where(eq(installation.clientId, site.clientId))
    .orderBy(asc(installation.module));
  return rows.map(({ module, enabled, settings }) => ({ module, enabled: enabled ?? false, settings: settings ?? {} }));
}
