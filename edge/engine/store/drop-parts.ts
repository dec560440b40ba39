/** Takes columns and tables out of a store for good. Rows go in bounded commits, and every commit carries the caller's guard. */
import type { Database, Statement } from '../../../schemas/ports/index.ts';
import { quote } from '../compile/entity.ts';
import { isSideTable } from '../compile/nested-references.ts';
import type { Part, Shape } from './shape.ts';

/** Rows of a commit: small enough that a writer beside it hardly waits. */
const rowsAtOnce = 500;

export interface Dropping {
  readonly db: Database;
  /** Comes first in every commit and refuses it where what is dropped is wanted after all. */
  readonly guard: readonly Statement[];
}

export interface Reference {
  readonly table: string;
  readonly column: string;
  readonly to: string;
  /** Whether it is within a list or an object, and kept in a table beside. */
  readonly nested: boolean;
}

/** Every reference of the store. */
export async function referencesIn(db: Database): Promise<Reference[]> {
  const sql = `SELECT m.name, f."from", f."table" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`;
  const [found] = await db.read([{ sql }]);
  return (found!.rows as [string, string, string][]).flatMap(([name, from, to]): Reference[] => {
    const [table, ...place] = name.split('.') as [string, ...string[]];
    if (place.length === 0) return [{ table, column: from, to, nested: false }];
    return from === 'record'
      ? []
      : [{ table, column: place.filter(part => part !== 'refs').join('.'), to, nested: true }];
  });
}

/** Tables outside of these that point into them. */
export const pointersFromOutside = (references: readonly Reference[], tables: readonly string[]): Reference[] =>
  references.filter(({ table, to }) => tables.includes(to) && !tables.includes(table));

/** Whether a CHECK that the table was made with names the column, so that SQLite cannot drop it. */
export function isChecked({ tables }: Shape, table: string, column: string): boolean {
  const checks = tables.get(table)?.sql.match(/ CHECK \([^)]*\)/g) ?? [];
  return checks.some(check => check.includes(quote(column)));
}

/**
 * Drops a table's columns in one commit, or empties those that a CHECK names. Triggers are lifted meanwhile and made again as they
 * were; `last` closes the final commit. Throws `DatabaseError`.
 */
export async function dropColumns(
  { db, guard }: Dropping,
  shape: Shape,
  table: string,
  columns: readonly string[],
  last: readonly Statement[],
): Promise<void> {
  const present = columns.filter(column => shape.tables.get(table)?.columns.has(column));
  const kept = present.filter(column => isChecked(shape, table, column));
  for (const column of kept) await emptyColumn({ db, guard }, shape, table, column);
  const gone = present.filter(column => !kept.includes(column));
  const named = (sql: string) => gone.some(column => sql.includes(quote(column)));
  const indexes = [...shape.indexes].filter(([, part]) => part.table === table && named(part.sql));
  const own = ownTriggers(shape, table);
  const stale = own.filter(([, { sql }]) => named(sql));
  const sides = sideTablesOf(shape, table).filter(side => stale.some(([, { sql }]) => sql.includes(quote(side))));
  await db.write([
    ...guard,
    ...stale.map(([name]) => ({ sql: `DROP TRIGGER IF EXISTS ${quote(name)}` })),
    ...sides.map(side => ({ sql: `DROP TABLE IF EXISTS ${quote(side)}` })),
    ...withoutTriggers(
      own.filter(([name]) => !stale.some(([gone]) => gone === name)),
      [
        ...indexes.map(([name]) => ({ sql: `DROP INDEX IF EXISTS ${quote(name)}` })),
        ...gone.map(column => ({ sql: `ALTER TABLE ${quote(table)} DROP COLUMN ${quote(column)}` })),
      ],
    ),
    ...last,
  ]);
}

type Named = readonly [string, Part];

/** Those of the table, also where they watch another one. */
const ownTriggers = ({ triggers }: Shape, table: string): Named[] =>
  [...triggers].filter(([name, part]) => part.table === table || name.startsWith(`${table}.`));

const sideTablesOf = ({ tables }: Shape, table: string): string[] =>
  [...tables].flatMap(([name, { columns }]) =>
    name.startsWith(`${table}.`) && isSideTable(name, columns) ? [name] : [],
  );

/** Triggers judge how a row came about, and count changes; taking a column away is neither. */
const withoutTriggers = (triggers: readonly Named[], statements: readonly Statement[]): Statement[] => [
  ...triggers.map(([name]) => ({ sql: `DROP TRIGGER IF EXISTS ${quote(name)}` })),
  ...statements,
  ...triggers.map(([, { sql }]) => ({ sql })),
];

async function emptyColumn({ db, guard }: Dropping, shape: Shape, table: string, column: string): Promise<void> {
  const chosen = `SELECT "id" FROM ${quote(table)} WHERE ${quote(column)} IS NOT NULL LIMIT ${rowsAtOnce}`;
  const sql = `UPDATE ${quote(table)} SET ${quote(column)} = NULL WHERE "id" IN (${chosen})`;
  await untilNothingChanges(db, [...guard, ...withoutTriggers(ownTriggers(shape, table), [{ sql }])], sql);
}

/** Deletes the tables' rows, those that point to others first, and then the tables with what is kept beside them. Throws `DatabaseError`. */
export async function dropTables(
  { db, guard }: Dropping,
  shape: Shape,
  tables: readonly string[],
  last: readonly Statement[],
): Promise<void> {
  const present = tables.filter(table => shape.tables.has(table));
  const references = (await referencesIn(db)).filter(
    ({ table, to }) => present.includes(table) && present.includes(to),
  );
  const order = pointersFirst(present, references);
  const at = (table: string) => order.indexOf(table);
  const triggers = present.flatMap(table => ownTriggers(shape, table));
  const beside = present.flatMap(table => [
    ...[`${table}.words`, `${table}.fts`, `${table}.doc`],
    ...sideTablesOf(shape, table),
  ]);
  await db.write([
    ...guard,
    ...triggers.map(([name]) => ({ sql: `DROP TRIGGER IF EXISTS ${quote(name)}` })),
    ...beside.map(name => ({ sql: `DROP TABLE IF EXISTS ${quote(name)}` })),
  ]);
  for (const { table, column } of references.filter(({ nested, table, to }) => !nested && at(to) <= at(table))) {
    const chosen = `SELECT "id" FROM ${quote(table)} WHERE ${quote(column)} IS NOT NULL LIMIT ${rowsAtOnce}`;
    const sql = `UPDATE ${quote(table)} SET ${quote(column)} = NULL WHERE "id" IN (${chosen})`;
    await untilNothingChanges(db, [...guard, { sql }], sql);
  }
  for (const table of order) {
    const sql = `DELETE FROM ${quote(table)} WHERE "id" IN (SELECT "id" FROM ${quote(table)} LIMIT ${rowsAtOnce})`;
    await untilNothingChanges(db, [...guard, { sql }], sql);
  }
  await db.write([
    ...guard,
    ...order.map(table => ({ sql: `DROP TABLE IF EXISTS ${quote(table)}` })),
    // Numbers begin anew where the table ever comes back.
    ...present.map(table => ({
      sql: `DELETE FROM "_sequence" WHERE substr("series", 1, ?) = ?`,
      args: [table.length + 1, `${table}.`],
    })),
    ...last,
  ]);
}

/** Whoever points comes before what it points to; in a ring one goes first all the same. */
function pointersFirst(tables: readonly string[], references: readonly Reference[]): string[] {
  const waiting = new Set(tables);
  const order: string[] = [];
  while (waiting.size > 0) {
    const pointers = (to: string) =>
      references.filter(ref => ref.to === to && ref.table !== to && waiting.has(ref.table));
    const [next] = [...waiting].sort((a, b) => pointers(a).length - pointers(b).length);
    order.push(next!);
    waiting.delete(next!);
  }
  return order;
}

async function untilNothingChanges(db: Database, batch: readonly Statement[], counted: string): Promise<void> {
  const index = batch.findIndex(({ sql }) => sql === counted);
  for (;;) {
    const results = await db.write(batch);
    if (results[index]!.changes < rowsAtOnce) return;
  }
}
