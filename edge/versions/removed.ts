/** Modules that were removed: kept for 30 days, then their tables are dropped in bounded commits. */
import { and, asc, eq, gte, lte, notExists, sql } from 'drizzle-orm';
import type { Statement } from '../../schemas/ports/index.ts';
import { auditRowOf } from '../account/audit-trail.ts';
import { client, installation, removedModule, snapshot, storeVersion } from '../control/schema.ts';
import { compileModule } from '../engine/compile/module.ts';
import { extensionPrefix } from '../engine/compile/naming.ts';
import { dropColumns, dropTables, pointersFromOutside, referencesIn } from '../engine/store/drop-parts.ts';
import { readShape } from '../engine/store/shape.ts';
import { loadCatalogue } from './catalogue.ts';
import { type CopyDeps, homeOf, type SnapshotDeps, takeSnapshot } from './snapshots.ts';

export type RemovedRow = typeof removedModule.$inferSelect;

const mostAtOnce = 50;

/** Why the copy was made that a module's records can be exported from for 30 days more. */
const beforeDrop = (module: string) => `before ${module} was dropped`;

/**
 * Drops what a removed module left behind, once its time has come, after a copy of the store. Answers with what keeps it: references of
 * other tables; empty where all is gone or nothing was due. A run that is cut short is made whole by the next one. Throws `DatabaseError`.
 */
export async function dropRemoved(deps: CopyDeps, clientId: string, module: string): Promise<readonly string[]> {
  const { db, clock, databases } = deps;
  const [row] = await db
    .select({ removed: removedModule, agencyId: client.agencyId })
    .from(removedModule)
    .innerJoin(client, eq(client.id, removedModule.clientId))
    .where(and(eq(removedModule.clientId, clientId), eq(removedModule.module, module), isDue(deps)));
  if (!row) return [];
  const manifests = (await loadCatalogue(db, [module])).get(module)!.map(entry => entry.manifest);
  const home = await homeOf(db, clientId);
  await databases.create(home.name);
  const store = await databases.open(home.name);
  const shape = await readShape(store);
  const known = manifests.flatMap(json =>
    [...compileModule(json, undefined).entities.values()].map(({ table }) => table),
  );
  const tables = [...new Set(known)].filter(table => shape.tables.has(table));
  const pointers = pointersFromOutside(await referencesIn(store), tables);
  if (pointers.length > 0) return pointers.map(({ table, column, to }) => `${table}.${column} points to ${to}.`);
  if (shape.tables.has('_migration')) {
    const copies = await db
      .select({ id: snapshot.id })
      .from(snapshot)
      .where(
        and(
          eq(snapshot.clientId, clientId),
          eq(snapshot.reason, beforeDrop(module)),
          eq(snapshot.state, 'ready'),
          gte(snapshot.createdAt, row.removed.dropsAt),
        ),
      );
    if (copies.length === 0 && tables.length > 0) await takeSnapshot(deps, clientId, beforeDrop(module));
    // Installed and opened since, its row in the ledger is younger than the day on which it was to go.
    await store.write([
      { sql: `DELETE FROM "_migration" WHERE "module" = ? AND "at" <= ?`, args: [module, row.removed.dropsAt] },
    ]);
    const guard: Statement[] = [
      {
        sql: `INSERT INTO "_assert" SELECT NOT EXISTS (SELECT 1 FROM "_migration" WHERE "module" = ?)`,
        args: [module],
      },
    ];
    for (const prefix of new Set(manifests.map(({ id }) => extensionPrefix(id)))) {
      for (const [table, { columns }] of shape.tables) {
        const added = [...columns].filter(column => column.startsWith(prefix));
        if (added.length > 0) await dropColumns({ db: store, guard }, shape, table, added, []);
      }
    }
    await dropTables({ db: store, guard }, shape, tables, leftovers(module, shape.tables.has('_file'), clock.now()));
  }
  await db.batch([
    db
      .delete(removedModule)
      .where(and(eq(removedModule.clientId, clientId), eq(removedModule.module, module), isDue(deps))),
    db.delete(storeVersion).where(and(eq(storeVersion.store, home.name), eq(storeVersion.module, module))),
    auditRowOf(
      { db, ports: { clock } },
      { kind: 'system', id: null, agencyId: row.agencyId },
      { action: 'installation.drop', subjectId: module, clientId, diff: { tables: tables.length } },
    ),
  ]);
  return [];
}

/** What the engine keeps for a module beside its tables; bytes of its files go with the next sweep of files. */
function leftovers(module: string, hasFiles: boolean, now: number): Statement[] {
  const begins = [module.length + 1, `${module}.`];
  return [
    { sql: `DELETE FROM "_step" WHERE "module" = ?`, args: [module] },
    { sql: `DELETE FROM "_job" WHERE substr("name", 1, ?) = ?`, args: begins },
    ...(hasFiles
      ? [
          {
            sql: `UPDATE "_file" SET "deleted_at" = ? WHERE substr("owner", 1, ?) = ? AND "deleted_at" IS NULL`,
            args: [now, ...begins],
          },
        ]
      : []),
  ];
}

/** Its day has come and nobody has installed it again. */
const isDue = ({ db, clock }: Pick<SnapshotDeps, 'db' | 'clock'>) =>
  and(
    lte(removedModule.dropsAt, clock.now()),
    notExists(
      db
        .select({ one: sql`1` })
        .from(installation)
        .where(and(eq(installation.clientId, removedModule.clientId), eq(installation.module, removedModule.module))),
    ),
  );

/** Drops what is due, the longest waiting first. */
export async function sweepRemoved(deps: CopyDeps): Promise<void> {
  const due = await deps.db
    .select({ clientId: removedModule.clientId, module: removedModule.module })
    .from(removedModule)
    .where(isDue(deps))
    .orderBy(asc(removedModule.dropsAt), asc(removedModule.module))
    .limit(mostAtOnce);
  for (const { clientId, module } of due) {
    try {
      const kept = await dropRemoved(deps, clientId, module);
      if (kept.length > 0) console.error(`drop of ${module} for ${clientId}: ${kept.join(' ')}`);
    } catch (error) {
      console.error(`drop of ${module} for ${clientId}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
