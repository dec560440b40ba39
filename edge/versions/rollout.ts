/** Takes a version to every store that may have it, cohort after cohort, and goes on where an earlier runner was cut off. */
import { and, asc, eq, inArray, isNull, min, ne, not, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import { majorVersion } from '../../schemas/module/index.ts';
import type { Clock } from '../../schemas/ports/index.ts';
import { compareVersions } from '../../schemas/semver/index.ts';
import { auditRowOf } from '../account/audit-trail.ts';
import type { ControlDatabase } from '../control/database.ts';
import { isRefusedBy } from '../control/failures.ts';
import { client, installation, type RolloutState, rollout, rolloutStore, store } from '../control/schema.ts';
import { type Catalogue, loadCatalogue } from './catalogue.ts';
import { cohortOf } from './cohorts.ts';
import { compareManifests } from './compatibility.ts';
import { lastContraction } from './contract.ts';
import { isHeld } from './held.ts';
import { planChange } from './plan.ts';
import { flipStatement, settleMs, type VersionService } from './service.ts';

export interface RolloutDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly versions: VersionService;
  /** After a client's pointer moved. */
  readonly onTenantChange?: (clientId: string) => void | Promise<void>;
}

export interface RolloutStatus {
  readonly id: string;
  readonly module: string;
  readonly version: string;
  readonly state: RolloutState;
  readonly reason: string | null;
  /** A store that was skipped counts as failed. */
  readonly stores: Readonly<Record<'pending' | 'migrating' | 'done' | 'failed', number>>;
  /** Of those that are pending, how many wait until their agency lets them. */
  readonly held: number;
}

type RolloutRow = typeof rollout.$inferSelect;
type StoreRow = typeof rolloutStore.$inferSelect;

/** One failure is no rate, unless nothing of the first cohort got through. */
const fewestFailures = 2;
/** Why a store that is out has failed, beside what put it out. */
export const skipped = 'skipped: the store is in quarantine';
const rowsOfInsert = 50;

/**
 * Plans the rollout of a published version; nothing moves before it is run. Pinned installations are left out.
 * `maxErrorRate` is a share of a cohort's stores, 0 to 1; with
 * `sameMajor` other majors are left out too. Throws NOT_FOUND, CONFLICT where one is under way.
 */
export async function startRollout(
  { db, clock, versions }: RolloutDeps,
  {
    module,
    version,
    maxErrorRate = 0.05,
    sameMajor = false,
  }: { module: string; version: string; maxErrorRate?: number; sameMajor?: boolean },
): Promise<string> {
  await versions.ready();
  const published = (await loadCatalogue(db, [module])).get(module)!;
  if (!published.some(entry => entry.version === version)) throw Problem.of('NOT_FOUND');
  const found = await db
    .select({ storeId: store.id, clientId: client.id, fromVersion: installation.version, state: store.state })
    .from(installation)
    .innerJoin(client, eq(client.id, installation.clientId))
    .innerJoin(store, and(eq(store.clientId, client.id), isNull(store.siteId)))
    .where(and(eq(installation.module, module), eq(installation.pinned, false), isNull(client.deletedAt)));
  const [id, now] = [uuidv7(), clock.now()];
  const rows = found
    .filter(({ fromVersion }) => compareVersions(fromVersion, version) < 0)
    .filter(({ fromVersion }) => !sameMajor || majorVersion({ version: fromVersion }) === majorVersion({ version }))
    .map(({ state, ...row }): StoreRow => {
      const out = state === 'quarantined';
      const progress = { state: out ? 'failed' : 'pending', error: out ? skipped : null } as const;
      return { rolloutId: id, ...row, ...cohortOf(row.storeId), ...progress, at: now };
    });
  const chunks = Array.from({ length: Math.ceil(rows.length / rowsOfInsert) }, (_, i) =>
    rows.slice(i * rowsOfInsert, (i + 1) * rowsOfInsert),
  );
  const values = { id, module, version, maxErrorRate, reason: null, createdAt: now, updatedAt: now };
  try {
    await db.batch([
      db.insert(rollout).values({ ...values, state: 'running' }),
      ...chunks.map(chunk => db.insert(rolloutStore).values(chunk)),
    ]);
  } catch (error) {
    if (!isRefusedBy(error, 'rollout.module')) throw error;
    throw Problem.of('CONFLICT', { detail: `A rollout of ${module} is under way.`, cause: error });
  }
  return id;
}

/**
 * Runs until all stores are through or wait for their agency, it is paused or aborted, or its failures pass the rate.
 * Any number of runners may meet.
 */
export async function runRollout(deps: RolloutDeps, id: string): Promise<RolloutStatus> {
  const { db, clock } = deps;
  for (;;) {
    const [[row], [next], [waiting]] = await db.batch([
      db.select().from(rollout).where(eq(rollout.id, id)),
      db
        .select()
        .from(rolloutStore)
        .where(
          and(eq(rolloutStore.rolloutId, id), inArray(rolloutStore.state, ['pending', 'migrating']), not(isHeld(db))),
        )
        .orderBy(asc(rolloutStore.cohort), asc(rolloutStore.place))
        .limit(1),
      db
        .select({ storeId: rolloutStore.storeId })
        .from(rolloutStore)
        .where(and(eq(rolloutStore.rolloutId, id), eq(rolloutStore.state, 'pending')))
        .limit(1),
    ]);
    if (!row) throw Problem.of('NOT_FOUND');
    if (row.state !== 'running') break;
    // It stays under way for those who wait.
    if (!next && waiting) break;
    if (!next) {
      await setState(db, id, 'running', 'done', clock.now(), null);
      break;
    }
    await migrateOne(deps, row, next);
  }
  return rolloutStatus(db, id);
}

async function migrateOne(deps: RolloutDeps, row: RolloutRow, at: StoreRow): Promise<void> {
  const { db, clock, versions } = deps;
  const { module, version } = row;
  const { clientId, fromVersion: from } = at;
  const mark = (state: StoreRow['state'], error: string | null) =>
    db
      .update(rolloutStore)
      .set({ state, error, at: clock.now() })
      .where(and(eq(rolloutStore.rolloutId, row.id), eq(rolloutStore.storeId, at.storeId)));
  const beat = db.update(rollout).set({ updatedAt: clock.now() }).where(eq(rollout.id, row.id));
  const refusal = await refusalOf(db, clientId, module, version);
  if (refusal) {
    await db.batch([mark('failed', refusal), beat]);
    return stopAtRate(deps, row, at.cohort);
  }
  await db.batch([mark('migrating', null), beat]);
  try {
    await versions.prepare(clientId, module, version);
    const settlesAt = clock.now() + settleMs;
    const agencyId = await agencyOf(db, clientId);
    await db.batch([
      flipStatement(db, { clientId, module, from, to: version }, { previousVersion: from, settlesAt }),
      auditRowOf(
        { db, ports: { clock } },
        { kind: 'system', id: null, agencyId },
        {
          action: 'installation.upgrade',
          subjectId: module,
          clientId,
          diff: { version: [from, version], rollout: row.id },
        },
      ),
    ]);
    await deps.onTenantChange?.(clientId);
    await versions.backfill(clientId, module);
    await db.batch([
      mark('done', null),
      db
        .update(store)
        .set({ state: 'ready' })
        .where(and(eq(store.id, at.storeId), ne(store.state, 'quarantined'))),
    ]);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    await db.batch([
      // What failed goes on with what it had.
      flipStatement(db, { clientId, module, from: version, to: from }, { previousVersion: null, settlesAt: null }),
      mark('failed', reason),
      db.update(store).set({ state: 'quarantined' }).where(eq(store.id, at.storeId)),
    ]);
    await deps.onTenantChange?.(clientId);
    await stopAtRate(deps, row, at.cohort);
  }
}

/** Why this client may not have the version; its store is sound all the same. */
async function refusalOf(
  db: ControlDatabase,
  clientId: string,
  module: string,
  version: string,
): Promise<string | undefined> {
  const installed = await db.select().from(installation).where(eq(installation.clientId, clientId));
  const own = installed.find(entry => entry.module === module);
  if (!own) return 'skipped: the module was removed';
  if (own.pinned) return `skipped: pinned to ${own.version}`;
  if (compareVersions(own.version, version) > 0) return `skipped: at ${own.version} already`;
  if (own.version === version) return undefined;
  const contracted = await lastContraction({ db }, clientId, module);
  if (contracted?.state === 'running') return 'skipped: parts of the module are being taken away';
  const catalogue = await loadCatalogue(
    db,
    installed.map(entry => entry.module),
  );
  const { steps, conflicts } = planChange(catalogue, installed, { module, version });
  const added = steps.filter(step => step.from === null).map(step => `${step.module} ${step.to}`);
  if (conflicts.length > 0) return `skipped: ${conflicts.join(' ')}`;
  if (added.length > 0) return `skipped: it needs ${added.join(', ')}, which somebody has to agree to`;
  const grown = grownScopes(catalogue, module, own.version, version);
  return grown.length > 0 ? `skipped: it would ${grown.join(', ')}, which somebody has to agree to` : undefined;
}

/** What the version may do outside itself and the one in use may not: a person who upgrades sees it and agrees, a rollout cannot. */
function grownScopes(catalogue: Catalogue, module: string, from: string, to: string): readonly string[] {
  const [before, after] = [from, to].map(version => catalogue.get(module)?.find(entry => entry.version === version));
  return after ? compareManifests(module, before?.manifest, after.manifest).scopes : [];
}

async function agencyOf(db: ControlDatabase, clientId: string): Promise<string> {
  const row = await db.select({ id: client.agencyId }).from(client).where(eq(client.id, clientId)).get();
  return row?.id ?? '';
}

async function stopAtRate({ db, clock }: RolloutDeps, row: RolloutRow, cohort: number): Promise<void> {
  const [counts] = await db
    .select({
      failed: sql<number>`count(*) FILTER (WHERE ${rolloutStore.state} = 'failed')`,
      // It was tried, and did not take the version.
      refused: sql<number>`count(*) FILTER (WHERE ${rolloutStore.state} = 'failed' AND ${rolloutStore.error} NOT LIKE 'skipped:%')`,
      done: sql<number>`count(*) FILTER (WHERE ${rolloutStore.state} = 'done')`,
      left: sql<number>`count(*) FILTER (WHERE ${rolloutStore.state} IN ('pending', 'migrating') AND NOT ${isHeld(db)})`,
    })
    .from(rolloutStore)
    .where(
      and(
        eq(rolloutStore.rolloutId, row.id),
        eq(rolloutStore.cohort, cohort),
        // What was out before the start says nothing about this version.
        sql`${rolloutStore.error} IS NOT ${skipped}`,
      ),
    );
  // Stores that wait for their agency are no canaries.
  const [begun] = await db
    .select({ first: min(rolloutStore.cohort) })
    .from(rolloutStore)
    .where(and(eq(rolloutStore.rolloutId, row.id), not(isHeld(db))));
  const { failed, refused, done, left } = counts!;
  const all = failed + done;
  const canaries = cohort === begun?.first && left === 0 && done === 0 && refused > 0;
  if (!canaries && (failed < fewestFailures || failed / all <= row.maxErrorRate)) return;
  const reason = `${failed} of ${all} stores failed in cohort ${cohort}`;
  await setState(db, row.id, 'running', 'stopped', clock.now(), reason);
}

async function setState(
  db: ControlDatabase,
  id: string,
  from: RolloutState | readonly RolloutState[],
  state: RolloutState,
  updatedAt: number,
  reason: string | null,
): Promise<void> {
  const states = typeof from === 'string' ? [from] : [...from];
  await db
    .update(rollout)
    .set({ state, reason, updatedAt })
    .where(and(eq(rollout.id, id), inArray(rollout.state, states)));
}

/** Stops before the next store. */
export const pauseRollout = ({ db, clock }: RolloutDeps, id: string): Promise<void> =>
  setState(db, id, 'running', 'paused', clock.now(), null);

/** After a pause or a stop by the rate; run it again then. */
export const resumeRollout = ({ db, clock }: RolloutDeps, id: string): Promise<void> =>
  setState(db, id, ['paused', 'stopped'], 'running', clock.now(), null);

/** For good; stores that are through stay at the version. */
export const abortRollout = ({ db, clock }: RolloutDeps, id: string, reason: string | null = null): Promise<void> =>
  setState(db, id, ['running', 'paused', 'stopped'], 'aborted', clock.now(), reason);

/** Lets a store out of quarantine after somebody has looked at it. */
export async function releaseStore({ db }: Pick<RolloutDeps, 'db'>, storeId: string): Promise<void> {
  await db
    .update(store)
    .set({ state: 'ready' })
    .where(and(eq(store.id, storeId), eq(store.state, 'quarantined')));
}

/** Throws NOT_FOUND. */
export async function rolloutStatus(db: ControlDatabase, id: string): Promise<RolloutStatus> {
  const [[row], counts] = await db.batch([
    db.select().from(rollout).where(eq(rollout.id, id)),
    db
      .select({
        state: rolloutStore.state,
        count: sql<number>`count(*)`,
        held: sql<number>`count(*) FILTER (WHERE ${isHeld(db)})`,
      })
      .from(rolloutStore)
      .where(eq(rolloutStore.rolloutId, id))
      .groupBy(rolloutStore.state),
  ]);
  if (!row) throw Problem.of('NOT_FOUND');
  const { module, version, state, reason } = row;
  const stores = { pending: 0, migrating: 0, done: 0, failed: 0 };
  for (const entry of counts) stores[entry.state] = entry.count;
  const held = counts.reduce((sum, entry) => sum + entry.held, 0);
  return { id, module, version, state, reason, stores, held };
}

/** Goes on with rollouts whose runner was cut off: nothing has moved in them for a minute. */
export async function continueRollouts(deps: RolloutDeps): Promise<void> {
  const running = await deps.db.select().from(rollout).where(eq(rollout.state, 'running'));
  for (const row of running) {
    if (row.updatedAt < deps.clock.now() - 60_000) await runRollout(deps, row.id);
  }
}
