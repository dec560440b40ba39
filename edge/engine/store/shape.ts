/** What a store's tables look like: read from the store itself, or made of a manifest's entities. */
import { type Database, DatabaseError } from '../../../schemas/ports/index.ts';
import { createIndexSql, createTableSql, createTriggerSql } from '../compile/ddl.ts';
import type { CompiledEntity } from '../compile/entity.ts';
import { nestedReferences, sideTableSql } from '../compile/nested-references.ts';

export interface Part {
  readonly table: string;
  /** As SQLite keeps it, without IF NOT EXISTS. */
  readonly sql: string;
}

export interface Shape {
  /** Module -> fingerprint. */
  readonly ledger: ReadonlyMap<string, string>;
  /** Table -> columns. */
  readonly tables: ReadonlyMap<string, { readonly columns: ReadonlySet<string>; readonly sql: string }>;
  readonly indexes: ReadonlyMap<string, Part>;
  readonly triggers: ReadonlyMap<string, Part>;
}

/** SQLite drops these words from what it keeps. */
export const storedForm = (sql: string): string => sql.replace(' IF NOT EXISTS', '');

export const indexName = (sql: string): string => /INDEX IF NOT EXISTS "([^"]+)"/.exec(sql)![1]!;

/** Module -> fingerprint; empty where the store has no ledger yet. */
export async function readLedger(db: Database): Promise<Shape['ledger']> {
  try {
    const [ledger] = await db.read([{ sql: 'SELECT module, fingerprint FROM "_migration"' }]);
    return new Map(ledger!.rows as unknown as [string, string][]);
  } catch (error) {
    // There is no such table.
    if (error instanceof DatabaseError && error.kind === 'other') return new Map();
    throw error;
  }
}

export async function readShape(db: Database): Promise<Shape> {
  const [columns, parts] = await db.read([
    { sql: `SELECT m.name, c.name, m.sql FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'` },
    {
      sql: `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL`,
    },
  ]);
  const tables = new Map<string, { columns: Set<string>; sql: string }>();
  for (const [table, column, sql] of columns!.rows as [string, string, string][]) {
    const entry = tables.get(table) ?? { columns: new Set(), sql };
    tables.set(table, entry);
    entry.columns.add(column);
  }
  const of = (type: string) =>
    new Map(
      (parts!.rows as [string, string, string, string][]).flatMap(([kind, name, table, sql]) =>
        kind === type ? [[name, { table, sql }] as const] : [],
      ),
    );
  const ledger: Shape['ledger'] = tables.has('_migration') ? await readLedger(db) : new Map();
  return { ledger, tables, indexes: of('index'), triggers: of('trigger') };
}

/** The shape of a store that has just these entities. */
export function shapeOf(entities: Iterable<CompiledEntity>): Shape {
  const tables = new Map<string, { columns: Set<string>; sql: string }>();
  const indexes = new Map<string, Part>();
  const triggers = new Map<string, Part>();
  for (const entity of entities) {
    const { table } = entity;
    const columns = new Set(entity.fields.flatMap(field => field.columns.map(column => column.slice(1, -1))));
    tables.set(table, { columns, sql: storedForm(createTableSql(entity)) });
    for (const sql of createIndexSql(entity)) indexes.set(indexName(sql), { table, sql: storedForm(sql) });
    for (const { name, on, sql } of createTriggerSql(entity)) triggers.set(name, { table: on, sql: storedForm(sql) });
    for (const reference of nestedReferences(entity)) {
      const [made] = sideTableSql(entity, reference);
      tables.set(reference.side, { columns: new Set(['target', 'record']), sql: storedForm(made!) });
    }
  }
  return { ledger: new Map(), tables, indexes, triggers };
}
