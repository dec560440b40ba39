/** Brings a store's tables up to the installed modules: cheap, additive steps, run once when it is opened. */
import { createHash } from 'node:crypto';
import { type Database, DatabaseError, type Statement } from '../../../schemas/ports/index.ts';
import type { CompiledModule } from '../compile/module.ts';
import { searchSteps } from '../compile/search-ddl.ts';
import { queueSteps, stepTable } from './backfill.ts';
import { expandSteps } from './expand.ts';
import { readLedger, readShape, type Shape } from './shape.ts';
import { systemColumns, systemTables } from './system-tables.ts';

/** The store's own tables have a row in the ledger too, so that an older store gets the newer ones. */
const systemSql = [...systemTables, stepTable];
const systemText = `${systemSql.join(';')}${JSON.stringify(systemColumns)}`;
const system = { name: '_system', fingerprint: createHash('sha256').update(systemText).digest('hex') };

const columnSteps = ({ tables }: Shape): Statement[] =>
  systemColumns.flatMap(({ table, column, type }) =>
    tables.get(table)?.columns.has(column) ? [] : [{ sql: `ALTER TABLE "${table}" ADD COLUMN "${column}" ${type}` }],
  );

/** The version that a ledger's fingerprint names. */
export const versionOf = (fingerprint: string): string => fingerprint.slice(0, fingerprint.indexOf(':'));

/** What the ledger does not have as the modules declare it. */
const isDueIn =
  (ledger: Shape['ledger']) =>
  ({ name, fingerprint }: { readonly name: string; readonly fingerprint: string }) =>
    ledger.get(name) !== fingerprint;

/** Statements that lead from what is there to what the modules declare. Empty when the ledger is current. */
function plan(modules: readonly CompiledModule[], shape: Shape, now: number): Statement[] {
  const isDue = isDueIn(shape.ledger);
  const due = modules.filter(isDue);
  const own = isDue(system);
  if (due.length === 0 && !own) return [];
  const entities = due.flatMap(module => [...module.entities.values()]);
  return [
    ...(shape.tables.has('_migration') ? [unchangedLedger(shape)] : []),
    ...(own ? [...systemSql.map(sql => ({ sql })), ...columnSteps(shape)] : []),
    ...expandSteps(entities, shape).map(sql => ({ sql })),
    ...entities.flatMap(entity => searchSteps(entity, shape.tables)).map(sql => ({ sql })),
    ...due.flatMap(module => {
      const known = shape.ledger.get(module.name);
      return known === undefined ? [] : queueSteps(module, versionOf(known), now);
    }),
    ...[...due, ...(own ? [system] : [])].map(({ name, fingerprint }) => ({
      sql: `INSERT INTO "_migration" VALUES (?, ?, ?) ON CONFLICT ("module") DO UPDATE SET "fingerprint" = excluded."fingerprint", "at" = excluded."at"`,
      args: [name, fingerprint, now],
    })),
  ];
}

/** Refuses the batch when another host has migrated since the shape was read. */
function unchangedLedger({ ledger }: Shape): Statement {
  const known = JSON.stringify([...ledger].sort().map(([module, fingerprint]) => `${module}=${fingerprint}`));
  return {
    sql: `INSERT INTO "_assert" SELECT (SELECT json_group_array("module" || '=' || "fingerprint") FROM (SELECT * FROM "_migration" ORDER BY "module")) = ?`,
    args: [known],
  };
}

/**
 * Runs what is due as one write batch; true when anything was. Two hosts may meet here: one's batch fails on what the other just
 * made, and then it looks again and finds nothing left to do.
 */
export async function migrateStore(db: Database, modules: readonly CompiledModule[], now: number): Promise<boolean> {
  // A first hit on a store that is as it should be reads its ledger and no more.
  if (![...modules, system].some(isDueIn(await readLedger(db)))) return false;
  for (let attempt = 0; ; attempt++) {
    const steps = plan(modules, await readShape(db), now);
    if (steps.length === 0) return attempt > 0;
    try {
      await db.write(steps);
      return true;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind === 'unavailable' || attempt === 2) throw error;
    }
  }
}
