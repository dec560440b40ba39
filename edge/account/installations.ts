/** /api/clients/:id/installations: the modules that a client has. */
import { createHash } from 'node:crypto';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Installation, ModuleSummary } from '../../schemas/protocol/index.ts';
import { isRefusedBy } from '../control/failures.ts';
import { installation, module, moduleVersion, site, siteModule } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { installPlan } from './install-plan.ts';
import { refuseInUse } from './installation-usage.ts';
import { instant } from './json.ts';
import { checkSettings, moduleNameOf } from './module-settings.ts';
import { wholeList } from './page.ts';
import { findClient } from './scope.ts';

const created = z.strictObject({ module: z.string().max(63) });
const changed = z.strictObject({ settings: fields.settings });

export function installationRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports } = deps;
  const { anyone, staff } = guards(deps);
  const of = (clientId: string, name: string) =>
    and(eq(installation.clientId, clientId), eq(installation.module, moduleNameOf(name)));
  const find = async (clientId: string, name: string) => {
    const row = await db.select().from(installation).where(of(clientId, name)).get();
    if (!row) throw Problem.of('NOT_FOUND');
    return row;
  };

  return new Hono<AppEnv>()
    .get('/api/clients/:id/installations', anyone, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      const rows = await db
        .select()
        .from(installation)
        .where(eq(installation.clientId, id))
        .orderBy(asc(installation.module));
      return c.json(wholeList(rows.map(toJson)));
    })
    .post('/api/clients/:id/installations', staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const { module: name } = await readValid(c.req.raw, created);
      const plan = installPlan(deps.catalog, moduleNameOf(name));
      const wanted = plan.map(({ name }) => name);
      const present = await db
        .select({ module: installation.module })
        .from(installation)
        .where(and(eq(installation.clientId, clientId), inArray(installation.module, wanted)));
      const missing = plan.filter(({ name }) => !present.some(({ module }) => module === name));
      const asked = missing.find(summary => summary.name === name);
      const taken = `${name} is installed already.`;
      if (!asked) throw Problem.of('ALREADY_EXISTS', { detail: taken });
      const now = ports.clock.now();
      const rowOf = ({ name, version }: ModuleSummary) => ({
        clientId,
        module: name,
        version,
        settings: {},
        installedAt: now,
      });
      try {
        await db.batch([
          auditRow(deps, session, {
            action: 'installation.create',
            subjectId: name,
            clientId,
            diff: { version: asked.version, with: missing.filter(other => other !== asked).map(({ name }) => name) },
          }),
          ...missing.flatMap(summary => [
            ...registered(deps, summary, now),
            db.insert(installation).values(rowOf(summary)),
          ]),
        ]);
      } catch (error) {
        if (!isRefusedBy(error, 'installation.')) throw error;
        throw Problem.of('ALREADY_EXISTS', { detail: taken, cause: error });
      }
      await deps.onTenantChange(clientId);
      return c.json({ data: toJson(rowOf(asked)) }, 201);
    })
    .patch('/api/clients/:id/installations/:module', staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const before = await find(clientId, c.req.param('module'));
      const { settings } = await readValid(c.req.raw, changed);
      await checkSettings(deps, before.module, settings);
      await db.batch([
        db.update(installation).set({ settings }).where(of(clientId, before.module)),
        auditRow(deps, session, {
          action: 'installation.update',
          subjectId: before.module,
          clientId,
          diff: { settings: Object.keys(settings) },
        }),
      ]);
      await deps.onTenantChange(clientId);
      return c.json({ data: toJson({ ...before, settings }) });
    })
    .delete('/api/clients/:id/installations/:module', staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const { module: name, version } = await find(clientId, c.req.param('module'));
      await refuseInUse(deps, clientId, name);
      const sites = db.select({ id: site.id }).from(site).where(eq(site.clientId, clientId));
      await db.batch([
        db.delete(siteModule).where(and(eq(siteModule.module, name), inArray(siteModule.siteId, sites))),
        db.delete(installation).where(of(clientId, name)),
        auditRow(deps, session, { action: 'installation.delete', subjectId: name, clientId, diff: { version } }),
      ]);
      await deps.onTenantChange(clientId);
      return c.body(null, 204);
    });
}

/** The module's rows in the registry, written when it is first used. */
function registered({ db }: ControlDeps, { name, id, version, manifest = null }: ModuleSummary, createdAt: number) {
  const hash = createHash('sha256').update(JSON.stringify(manifest)).digest('base64url');
  return [
    db.insert(module).values({ name, publisherId: id, createdAt }).onConflictDoNothing(),
    db
      .insert(moduleVersion)
      .values({ module: name, version, manifest: manifest ?? {}, hash, createdAt })
      .onConflictDoNothing(),
  ] as const;
}

type Shown = Pick<typeof installation.$inferSelect, 'module' | 'version' | 'settings' | 'installedAt'>;

const toJson = ({ module, version, settings, installedAt }: Shown): Installation => ({
  module,
  version,
  settings,
  installedAt: instant(installedAt),
});
