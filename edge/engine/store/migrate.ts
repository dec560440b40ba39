/** Brings a store's tables up to the installed modules: cheap, additive steps, run once when it is opened. */
import { type Database, DatabaseError, type Statement } from '../../../schemas/ports/index.ts';
import { addColumnSql, createIndexSql, createTableSql, createTriggerSql } from '../compile/ddl.ts';
import { type CompiledEntity, quote } from '../compile/entity.ts';
import type { CompiledModule } from '../compile/module.ts';
import { systemTables } from './system-tables.ts';

interface Shape {
  /** Module -> fingerprint. */
  readonly ledger: ReadonlyMap<string, string>;
  /** Table -> columns. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  readonly triggers: readonly string[];
}

async function readShape(db: Database): Promise<Shape> {
  const schema = await db.read([
    { sql: `SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'` },
    { sql: `SELECT name FROM sqlite_schema WHERE type = 'trigger'` },
  ]);
  const tables = new Map<string, Set<string>>();
  for (const [table, column] of schema[0]!.rows as [string, string][]) {
    tables.set(table, (tables.get(table) ?? new Set()).add(column));
  }
  const ledger = tables.has('_migration')
    ? (await db.read([{ sql: 'SELECT module, fingerprint FROM "_migration"' }]))[0]!.rows
    : [];
  return {
    ledger: new Map(ledger as [string, string][]),
    tables,
    triggers: schema[1]!.rows.map(row => row[0] as string),
  };
}

function entitySteps(entity: CompiledEntity, shape: Shape): string[] {
  const columns = shape.tables.get(entity.table);
  const triggers = createTriggerSql(entity);
  const stale = shape.triggers.filter(name => name.startsWith(`${entity.table}.`));
  return [
    ...stale.map(name => `DROP TRIGGER IF EXISTS ${quote(name)}`),
    ...(columns
      ? entity.fields.flatMap(field => (columns.has(field.columns[0]!.slice(1, -1)) ? [] : addColumnSql(entity, field)))
      : [createTableSql(entity)]),
    ...createIndexSql(entity),
    ...triggers.map(trigger => trigger.sql),
  ];
}

/** Statements that lead from what is there to what the modules declare. Empty when the ledger is current. */
function plan(modules: readonly CompiledModule[], shape: Shape, now: number): Statement[] {
  const due = modules.filter(module => shape.ledger.get(module.name) !== module.fingerprint);
  if (due.length === 0) return [];
  return [
    ...(shape.tables.has('_migration') ? [unchangedLedger(shape)] : []),
    ...(shape.tables.has('_outbox') ? [] : systemTables.map(sql => ({ sql }))),
    ...due.flatMap(module =>
      [...module.entities.values()].flatMap(entity => entitySteps(entity, shape)).map(sql => ({ sql })),
    ),
    ...due.map(module => ({
      sql: `INSERT INTO "_migration" VALUES (?, ?, ?) ON CONFLICT ("module") DO UPDATE SET "fingerprint" = excluded."fingerprint", "at" = excluded."at"`,
      args: [module.name, module.fingerprint, now],
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
 * Runs what is due as one write batch. Two hosts may meet here: one's batch fails on what the other just made, and then it looks
 * again and finds nothing left to do.
 */
export async function migrateStore(db: Database, modules: readonly CompiledModule[], now: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const steps = plan(modules, await readShape(db), now);
    if (steps.length === 0) return;
    try {
      await db.write(steps);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind === 'unavailable' || attempt === 2) throw error;
    }
  }
}
