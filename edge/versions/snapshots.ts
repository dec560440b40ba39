/** Copies of a client's store, kept for 30 days, and the way back to one: the store's pointer moves to a copy of the copy. */
import { and, asc, count, eq, isNull, lte, or } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import type { Clock, Databases } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { auditAnchor, installation, snapshot, store, storeVersion } from '../control/schema.ts';
import { shortId } from '../control/short-id.ts';
import type { Vouch } from '../engine/audit/vouch.ts';
import { versionOf } from '../engine/store/migrate.ts';
import { anchorOf, anchorOfCopy } from './copied-trail.ts';
import { settleMs } from './service.ts';

export type SnapshotRow = typeof snapshot.$inferSelect;
type Statement = Parameters<ControlDatabase['batch']>[0][number];

export interface SnapshotDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly databases: Databases;
}

/** What making a copy needs beside, since it takes the anchor of its audit trail along. */
export interface CopyDeps extends SnapshotDeps {
  readonly vouch: Vouch;
}

/** How long a copy is kept, in milliseconds. */
export const snapshotMs = 30 * 86_400_000;
/** Nobody copies for so long: what is still being made was cut off. */
const makingMs = 3_600_000;
const mostAtOnce = 50;
/** Copies of one client that somebody asked for. */
export const mostAskedFor = 10;
export const askedFor = 'asked for';

/** Copies the client's store as it is at one instant. Throws `DatabaseError`; then nothing is left of it. */
export async function takeSnapshot(
  { db, clock, databases, vouch }: CopyDeps,
  clientId: string,
  reason: string,
): Promise<SnapshotRow> {
  const home = await homeOf(db, clientId);
  const now = clock.now();
  const row: SnapshotRow = {
    id: uuidv7(),
    clientId,
    storeId: home.id,
    name: `snap-${shortId(16)}`,
    reason,
    state: 'making',
    createdAt: now,
    expiresAt: now + snapshotMs,
  };
  await db.insert(snapshot).values(row);
  // A client whose modules nobody has used yet has no database.
  await databases.create(home.name);
  try {
    await copyAnchored({ db, databases, vouch }, clientId, home.name, row.name);
  } catch (error) {
    await databases.drop(row.name).catch(() => {});
    await db.delete(auditAnchor).where(eq(auditAnchor.store, row.name));
    await db.delete(snapshot).where(eq(snapshot.id, row.id));
    throw error;
  }
  await db.update(snapshot).set({ state: 'ready' }).where(eq(snapshot.id, row.id));
  return { ...row, state: 'ready' };
}

/** Whoever writes to the copy while it waits is found out as in the store itself. */
async function copyAnchored(
  { db, databases, vouch }: Pick<CopyDeps, 'db' | 'databases' | 'vouch'>,
  clientId: string,
  name: string,
  to: string,
): Promise<void> {
  const before = await anchorOf(db, name);
  await databases.copy(name, to);
  const since = before && (await anchorOf(db, name));
  if (before && since)
    await db
      .insert(auditAnchor)
      .values(anchorOfCopy(before, since, to))
      .onConflictDoNothing();
  await vouch(clientId, to);
}

/**
 * Copies another database of the client, to be read once and dropped. It is never listed or restored, and where nobody drops it the
 * sweep does after an hour. Throws `DatabaseError`.
 */
export async function takePassingCopy(
  { db, clock, databases }: SnapshotDeps,
  clientId: string,
  from: string,
): Promise<Pick<SnapshotRow, 'id' | 'name'>> {
  const home = await homeOf(db, clientId);
  const now = clock.now();
  const copy = { id: uuidv7(), name: `snap-${shortId(16)}` };
  await db.insert(snapshot).values({
    ...copy,
    clientId,
    storeId: home.id,
    reason: 'passing',
    state: 'making',
    createdAt: now,
    expiresAt: now + makingMs,
  });
  try {
    await databases.copy(from, copy.name);
  } catch (error) {
    await dropSnapshot({ db, databases }, copy);
    throw error;
  }
  return copy;
}

/**
 * Gives the client a store made from the snapshot. The one it had is kept as a snapshot of its own, so a restore can be undone.
 * `more` is written in the same batch. Throws NOT_FOUND, and CONFLICT where another restore came first.
 */
export async function restoreSnapshot(
  { db, clock, databases, vouch }: CopyDeps,
  clientId: string,
  snapshotId: string,
  more: readonly Statement[],
): Promise<void> {
  const from = await findSnapshot(db, clientId, snapshotId);
  const home = await homeOf(db, clientId);
  const fresh = `c-${shortId(16)}`;
  await copyAnchored({ db, databases, vouch }, clientId, from.name, fresh);
  // What is replaced may be gone back to.
  await databases.create(home.name);
  await vouch(clientId, home.name);
  const opened = await databases.open(fresh);
  const [tables] = await opened.read([{ sql: `SELECT 1 FROM sqlite_schema WHERE name = '_migration'` }]);
  const [ledger] = tables!.rows.length
    ? await opened.read([
        { sql: `SELECT "module", "fingerprint" FROM "_migration" WHERE "module" NOT LIKE '\\_%' ESCAPE '\\'` },
      ])
    : [{ rows: [] }];
  const now = clock.now();
  const replaced = {
    reason: 'replaced by a restore',
    state: 'ready',
    createdAt: now,
    expiresAt: now + snapshotMs,
  } as const;
  const [moved] = await db.batch([
    db
      .update(store)
      .set({ name: fresh, state: 'ready', nextDueAt: 0 })
      .where(and(eq(store.id, home.id), eq(store.name, home.name)))
      .returning({ name: store.name }),
    db.insert(snapshot).values({ id: uuidv7(), clientId, storeId: home.id, name: home.name, ...replaced }),
    ...ledger!.rows.map(([module, fingerprint]) =>
      db
        .insert(storeVersion)
        .values({ store: fresh, module: `${module}`, version: versionOf(`${fingerprint}`), at: now })
        .onConflictDoNothing(),
    ),
    // Rows that come from an older version owe the backfills of the newer one.
    db
      .update(installation)
      .set({ settlesAt: now + settleMs })
      .where(eq(installation.clientId, clientId)),
    ...more,
  ]);
  if (moved.length > 0) return;
  await db.delete(snapshot).where(and(eq(snapshot.name, home.name), eq(snapshot.reason, replaced.reason)));
  await databases.drop(fresh);
  await db.delete(auditAnchor).where(eq(auditAnchor.store, fresh));
  throw Problem.of('CONFLICT', { detail: 'This store was restored by somebody else just now. Look again.' });
}

/** Newest last. */
export const listSnapshots = (db: ControlDatabase, clientId: string): Promise<SnapshotRow[]> =>
  db
    .select()
    .from(snapshot)
    .where(and(eq(snapshot.clientId, clientId), eq(snapshot.state, 'ready')))
    .orderBy(asc(snapshot.id));

/** Throws CONFLICT where the client has as many as anybody may ask for. */
export async function refuseTooMany(db: ControlDatabase, clientId: string): Promise<void> {
  const row = await db
    .select({ count: count() })
    .from(snapshot)
    .where(and(eq(snapshot.clientId, clientId), eq(snapshot.reason, askedFor)))
    .get();
  if ((row?.count ?? 0) < mostAskedFor) return;
  throw Problem.of('CONFLICT', {
    detail: `A client may have ${mostAskedFor} snapshots that were asked for. Delete one first.`,
  });
}

/** Throws NOT_FOUND. */
export async function findSnapshot(db: ControlDatabase, clientId: string, id: string): Promise<SnapshotRow> {
  const row = await db
    .select()
    .from(snapshot)
    .where(and(eq(snapshot.id, id), eq(snapshot.clientId, clientId), eq(snapshot.state, 'ready')))
    .get();
  if (!row) throw Problem.of('NOT_FOUND');
  return row;
}

/** Database first, row after: a run that is cut short is made whole by the next one. */
export async function dropSnapshot(
  { db, databases }: Pick<SnapshotDeps, 'db' | 'databases'>,
  { id, name }: Pick<SnapshotRow, 'id' | 'name'>,
): Promise<void> {
  await databases.drop(name);
  await db.batch([
    db.delete(auditAnchor).where(eq(auditAnchor.store, name)),
    db.delete(snapshot).where(eq(snapshot.id, id)),
  ]);
}

/** All of a client, whatever their age: for an erasure, which they would undo. */
export async function dropSnapshotsOf(deps: Pick<SnapshotDeps, 'db' | 'databases'>, clientId: string): Promise<number> {
  const rows = await deps.db.select().from(snapshot).where(eq(snapshot.clientId, clientId));
  for (const row of rows) await dropSnapshot(deps, row);
  return rows.length;
}

/** Drops what has expired and what was cut off while it was made. */
export async function sweepSnapshots(deps: SnapshotDeps): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.db
    .select()
    .from(snapshot)
    .where(or(lte(snapshot.expiresAt, now), and(eq(snapshot.state, 'making'), lte(snapshot.createdAt, now - makingMs))))
    .limit(mostAtOnce);
  for (const row of due) {
    try {
      await dropSnapshot(deps, row);
    } catch (error) {
      console.error(`snapshot ${row.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** Throws NOT_FOUND. */
export async function homeOf(db: ControlDatabase, clientId: string): Promise<{ id: string; name: string }> {
  const row = await db
    .select({ id: store.id, name: store.name })
    .from(store)
    .where(and(eq(store.clientId, clientId), isNull(store.siteId)))
    .get();
  if (!row) throw Problem.of('NOT_FOUND');
  return row;
}
