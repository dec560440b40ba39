/** /api/clients/:id/installations: the modules that a client has. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { VersionPlan } from '../../schemas/protocol/index.ts';
import { isRefusedBy } from '../control/failures.ts';
import { installation, removedModule, site, siteModule } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { refuseWhileContracting } from '../versions/contract.ts';
import { dropRemoved } from '../versions/removed.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { planFor, refuseConflicts } from './install-plan.ts';
import { refuseInUse } from './installation-usage.ts';
import { findInstallation, fromStore } from './installation-versions.ts';
import { installationJson } from './json.ts';
import { checkSettings, moduleNameOf } from './module-settings.ts';
import { wholeList } from './page.ts';
import { findClient } from './scope.ts';

const created = z.strictObject({
  module: z.string().max(63),
  version: z.string().max(29).optional(),
  dryRun: z.boolean().optional(),
});
const changed = z
  .strictObject({
    settings: fields.settings.optional(),
    pinned: z.boolean().optional(),
    /** Gives up the rollback. */
    previousVersion: z.null().optional(),
  })
  .refine(change => Object.keys(change).length > 0, 'Give settings, pinned or previousVersion.');
/** How long a removed module's tables stay, in milliseconds. */
export const keptMs = 30 * 86_400_000;

export function installationRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports } = deps;
  const { anyone, staff } = guards(deps);
  const of = (clientId: string, name: string) =>
    and(eq(installation.clientId, clientId), eq(installation.module, moduleNameOf(name)));
  return new Hono<AppEnv>()
    .get('/api/clients/:id/installations', anyone, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      const rows = await db
        .select()
        .from(installation)
        .where(eq(installation.clientId, id))
        .orderBy(asc(installation.module));
      return c.json(wholeList(rows.map(installationJson)));
    })
    .post('/api/clients/:id/installations', staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const { module: name, version: asked, dryRun = false } = await readValid(c.req.raw, created);
      const module = moduleNameOf(name);
      // What is over its time goes first, so that nothing of it is half there.
      const { clock, databases } = ports;
      const drop = () => dropRemoved({ db, clock, databases, vouch: deps.vouch }, clientId, module);
      const kept = dryRun ? [] : await fromStore(module, asked ?? '', drop);
      if (kept.length > 0) throw Problem.of('CONFLICT', { detail: kept.join(' ') });
      const removed = await removedOf(deps, clientId, module);
      const taken = `${name} is installed already.`;
      const plan = await planFor(deps, clientId, { module, version: asked ?? removed?.version });
      const own = plan.steps.find(step => step.module === module);
      if (plan.conflicts.length === 0 && own?.from !== null) throw Problem.of('ALREADY_EXISTS', { detail: taken });
      if (dryRun) {
        const { changes, conflicts } = plan;
        return c.json({ data: { changes, conflicts, consent: [], done: false } satisfies VersionPlan });
      }
      refuseConflicts(plan);
      const now = ports.clock.now();
      const row = {
        clientId,
        module,
        version: own!.to,
        settings: removed?.settings ?? {},
        installedAt: now,
        pinned: removed?.pinned ?? false,
        previousVersion: null,
        settlesAt: null,
      };
      const others = plan.steps.filter(step => step !== own);
      const archived = and(
        eq(removedModule.clientId, clientId),
        inArray(removedModule.module, [module, ...others.map(step => step.module)]),
      );
      try {
        await db.batch([
          auditRow(deps, session, {
            action: 'installation.create',
            subjectId: module,
            clientId,
            diff: { version: own!.to, with: others.map(step => step.module) },
          }),
          ...others.map(step =>
            db
              .insert(installation)
              .values({ clientId, module: step.module, version: step.to, settings: {}, installedAt: now }),
          ),
          db.insert(installation).values(row),
          ...(removed?.sites ?? []).map(({ siteId, settings }) =>
            db
              .insert(siteModule)
              .values({ siteId, module, enabled: false, settings, updatedAt: now })
              .onConflictDoNothing(),
          ),
          db.delete(removedModule).where(archived),
        ]);
      } catch (error) {
        if (!isRefusedBy(error, 'installation.')) throw error;
        throw Problem.of('ALREADY_EXISTS', { detail: taken, cause: error });
      }
      await deps.onTenantChange(clientId);
      return c.json({ data: installationJson(row) }, 201);
    })
    .patch('/api/clients/:id/installations/:module', staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const before = await findInstallation(deps, clientId, c.req.param('module'));
      const change = await readValid(c.req.raw, changed);
      const { settings } = change;
      if (settings) await checkSettings(deps, before.module, settings);
      await db.batch([
        db.update(installation).set(change).where(of(clientId, before.module)),
        auditRow(deps, session, {
          action: 'installation.update',
          subjectId: before.module,
          clientId,
          diff: {
            ...(settings ? { settings: Object.keys(settings) } : {}),
            ...(change.pinned === undefined ? {} : { pinned: change.pinned }),
            ...(change.previousVersion === undefined ? {} : { previousVersion: [before.previousVersion, null] }),
          },
        }),
      ]);
      await deps.onTenantChange(clientId);
      return c.json({ data: installationJson({ ...before, ...change, settings: settings ?? before.settings }) });
    })
    .delete('/api/clients/:id/installations/:module', staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const row = await findInstallation(deps, clientId, c.req.param('module'));
      const { module: name, version } = row;
      await refuseInUse(deps, clientId, name);
      await refuseWhileContracting(deps, clientId, name);
      const sites = db.select({ id: site.id }).from(site).where(eq(site.clientId, clientId));
      const setUp = await db
        .select({ siteId: siteModule.siteId, settings: siteModule.settings })
        .from(siteModule)
        .where(and(eq(siteModule.module, name), inArray(siteModule.siteId, sites)));
      const removedAt = ports.clock.now();
      const { settings, pinned, installedAt } = row;
      const archive = { version, settings, sites: setUp, pinned, installedAt, removedAt, dropsAt: removedAt + keptMs };
      await db.batch([
        db
          .insert(removedModule)
          .values({ clientId, module: name, ...archive })
          .onConflictDoUpdate({ target: [removedModule.clientId, removedModule.module], set: archive }),
        db.delete(siteModule).where(and(eq(siteModule.module, name), inArray(siteModule.siteId, sites))),
        db.delete(installation).where(of(clientId, name)),
        auditRow(deps, session, { action: 'installation.delete', subjectId: name, clientId, diff: { version } }),
      ]);
      await deps.onTenantChange(clientId);
      return c.body(null, 204);
    });
}

/** A module that was removed and is not dropped yet: installing it again gives back its settings, and its tables are still there. */
async function removedOf({ db, ports }: ControlDeps, clientId: string, module: string) {
  const row = await db
    .select()
    .from(removedModule)
    .where(and(eq(removedModule.clientId, clientId), eq(removedModule.module, module)))
    .get();
  return row && row.dropsAt > ports.clock.now() ? row : undefined;
}
