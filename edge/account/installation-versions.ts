/** /api/clients/:id/installations/:module/versions, /upgrade and /rollback: shows what there is, and moves the pointer; tables are made ready first, nothing is undone. */
import { and, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { DatabaseError } from '../../schemas/ports/index.ts';
import type { VersionPlan } from '../../schemas/protocol/index.ts';
import { compareVersions } from '../../schemas/semver/index.ts';
import { installation, store } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { publishedVersions } from '../versions/catalogue.ts';
import { refuseWhileContracting } from '../versions/contract.ts';
import { flipStatement, settleMs } from '../versions/service.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { consentFor, type InstallationRow, planFor, refuseConflicts, refuseWithoutConsent } from './install-plan.ts';
import { installationJson } from './json.ts';
import { moduleNameOf } from './module-settings.ts';
import { wholeList } from './page.ts';
import { findClient } from './scope.ts';

const version = z.string().regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/, 'Give a version such as 1.2.0.');
const upgraded = z.strictObject({
  version: version.optional(),
  dryRun: z.boolean().optional(),
  consent: z.array(z.string().max(400)).max(500).optional(),
});
const rolledBack = z.strictObject({});

export function installationVersionRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, versions } = deps;
  const { staff } = guards(deps);
  const base = '/api/clients/:id/installations/:module' as const;

  return new Hono<AppEnv>()
    .get(`${base}/versions`, staff, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      const { module } = await findInstallation(deps, id, c.req.param('module'));
      await versions.ready();
      return c.json(wholeList(await publishedVersions(db, module)));
    })
    .post(`${base}/upgrade`, staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const before = await findInstallation(deps, clientId, c.req.param('module'));
      const { version: asked, dryRun = false, consent = [] } = await readValid(c.req.raw, upgraded);
      const { module, version: from } = before;
      const plan = await planFor(deps, clientId, { module, version: asked });
      const reply = (done: boolean): VersionPlan => ({
        changes: plan.changes,
        conflicts: plan.conflicts,
        consent: consentFor(plan),
        done,
      });
      const own = plan.steps.find(step => step.module === module);
      if (own && compareVersions(own.to, from) < 0) {
        throw Problem.of('CONFLICT', { detail: `${module} ${own.to} is older than ${from}. A rollback goes back.` });
      }
      if (dryRun || (!own && plan.conflicts.length === 0)) return c.json({ data: reply(!own) });
      refuseConflicts(plan);
      if (before.pinned && asked === undefined) {
        throw Problem.of('CONFLICT', { detail: `${module} is pinned to ${from}. Name the version, or unpin it.` });
      }
      refuseWithoutConsent(plan, consent);
      await refuseQuarantined(deps, clientId);
      await refuseWhileContracting(deps, clientId, module);
      // The tables first: from the instant the pointer moves, every request finds what its version needs.
      for (const step of plan.steps) {
        await fromStore(step.module, step.to, () => versions.prepare(clientId, step.module, step.to));
      }
      const now = ports.clock.now();
      const added = plan.steps.filter(step => step.from === null);
      const values = { clientId, settings: {}, installedAt: now };
      const [flipped] = await db.batch([
        flipStatement(
          db,
          { clientId, module, from, to: own!.to },
          { previousVersion: from, settlesAt: now + settleMs },
        ),
        ...added.map(step => db.insert(installation).values({ ...values, module: step.module, version: step.to })),
        auditRow(deps, session, {
          action: 'installation.upgrade',
          subjectId: module,
          clientId,
          diff: { version: [from, own!.to], with: added.map(step => step.module), consent: consentFor(plan) },
        }),
      ]);
      await deps.onTenantChange(clientId);
      if (flipped.length === 0) throw moved(module);
      ports.scheduler.defer(async () => void (await versions.backfill(clientId, module)));
      return c.json({ data: reply(true) });
    })
    .post(`${base}/rollback`, staff, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const before = await findInstallation(deps, clientId, c.req.param('module'));
      await readValid(c.req.raw, rolledBack);
      const { module, version: from, previousVersion: to } = before;
      await refuseWhileContracting(deps, clientId, module);
      if (to === null) throw Problem.of('CONFLICT', { detail: `${module} has no version to go back to.` });
      refuseConflicts(await planFor(deps, clientId, { module, version: to }));
      const [flipped] = await db.batch([
        flipStatement(db, { clientId, module, from, to }, { previousVersion: null, settlesAt: null }),
        auditRow(deps, session, {
          action: 'installation.rollback',
          subjectId: module,
          clientId,
          diff: { version: [from, to] },
        }),
      ]);
      await deps.onTenantChange(clientId);
      if (flipped.length === 0) throw moved(module);
      return c.json({ data: installationJson({ ...before, version: to, previousVersion: null }) });
    });
}

/** Throws NOT_FOUND. */
export async function findInstallation({ db }: ControlDeps, clientId: string, name: string): Promise<InstallationRow> {
  const row = await db
    .select()
    .from(installation)
    .where(and(eq(installation.clientId, clientId), eq(installation.module, moduleNameOf(name))))
    .get();
  if (!row) throw Problem.of('NOT_FOUND');
  return row;
}

const moved = (module: string) =>
  Problem.of('CONFLICT', { detail: `Somebody else has just changed the version of ${module}. Look again.` });

/** Throws CONFLICT. */
export async function refuseQuarantined({ db }: ControlDeps, clientId: string): Promise<void> {
  const row = await db.select({ state: store.state }).from(store).where(eq(store.clientId, clientId)).get();
  if (row?.state === 'quarantined') {
    throw Problem.of('CONFLICT', {
      detail:
        'An update did not fit the records of this client. Look at what was wrong, and release it: POST /api/clients/:id/quarantine/release.',
    });
  }
}

/** Runs what brings a store's tables to a version. Throws UNAVAILABLE, and CONFLICT where the rows do not allow it: such a store keeps its version. */
export async function fromStore<T>(module: string, to: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (error.kind === 'unavailable') throw Problem.of('UNAVAILABLE', { cause: error });
    const detail = `The records of this client do not fit ${module} ${to}: ${error.message}`;
    throw Problem.of('CONFLICT', { detail, cause: error });
  }
}
