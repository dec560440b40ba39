/** Fills in what older versions' rows lack: chunk by chunk, its progress committed with each, so that it goes on after any end. */

import type { BackfillDef, BackfillSource } from '../../../schemas/module/index.ts';
import { type Database, DatabaseError, type SqlValue, type Statement } from '../../../schemas/ports/index.ts';
import { compareVersions, satisfies } from '../../../schemas/semver/index.ts';
import { type CompiledEntity, type CompiledField, quote } from '../compile/entity.ts';
import type { CompiledModule } from '../compile/module.ts';

/** The ledger of steps; `cursor` is the last id of the last chunk. */
export const stepTable = `CREATE TABLE IF NOT EXISTS "_step" ("module" TEXT NOT NULL, "key" TEXT NOT NULL, "state" TEXT NOT NULL CHECK ("state" IN ('pending', 'done')), "cursor" TEXT NOT NULL, "rows" INTEGER NOT NULL, "at" INTEGER NOT NULL, PRIMARY KEY ("module", "key")) STRICT, WITHOUT ROWID`;

/** Rows of a commit: small enough that a writer beside it hardly waits. */
export const chunkRows = 500;

interface Step {
  readonly key: string;
  readonly definition: BackfillDef;
}

/** The steps that a store coming from `from` owes a module. */
export function stepsFrom(module: CompiledModule, from: string): Step[] {
  const { version, migrations = [] } = module.manifest;
  return migrations.flatMap(({ from: range, to, backfill = [] }) => {
    const owed =
      compareVersions(from, to) < 0 &&
      compareVersions(to, version) <= 0 &&
      (range === undefined || satisfies(from, range));
    return owed ? backfill.map((definition, index) => ({ key: `${to}#${index}`, definition })) : [];
  });
}

/** Puts the steps into the ledger, to be done from the beginning, also where they were done before a rollback. */
export function queueSteps(module: CompiledModule, from: string, now: number): Statement[] {
  return stepsFrom(module, from).map(({ key }) => ({
    sql: `INSERT INTO "_step" ("module", "key", "state", "cursor", "rows", "at") VALUES (?, ?, 'pending', '', 0, ?) ON CONFLICT ("module", "key") DO UPDATE SET "state" = 'pending', "cursor" = '', "rows" = 0, "at" = excluded."at"`,
    args: [module.name, key, now],
  }));
}

export interface BackfillProgress {
  readonly chunks: number;
  readonly rows: number;
}

/** Runs the module's pending steps to their end; `again` begins those that are done once more. Throws `DatabaseError`. */
export async function backfillStore(
  db: Database,
  module: CompiledModule,
  now: () => number,
  options: { readonly again?: boolean; readonly onChunk?: () => void } = {},
): Promise<BackfillProgress> {
  if (options.again) {
    await db.write([
      {
        sql: `UPDATE "_step" SET "state" = 'pending', "cursor" = '' WHERE "module" = ? AND "key" NOT LIKE 'contract:%'`,
        args: [module.name],
      },
    ]);
  }
  const progress = { chunks: 0, rows: 0 };
  const definitions = new Map(stepsFrom(module, '0.0.0').map(({ key, definition }) => [key, definition]));
  for (const [key, definition] of everyStep(module, definitions)) {
    for (;;) {
      const [found] = await db.read([
        { sql: `SELECT "state", "cursor" FROM "_step" WHERE "module" = ? AND "key" = ?`, args: [module.name, key] },
      ]);
      const [state, cursor] = (found!.rows[0] ?? []) as string[];
      if (state !== 'pending') break;
      const columns = await columnsOf(db, module, definition);
      try {
        const results = await db.write(chunk(module, key, definition, cursor ?? '', now(), columns));
        progress.chunks += 1;
        progress.rows += results[2]?.changes ?? 0;
        options.onChunk?.();
      } catch (error) {
        // Another runner has done this chunk; the next read shows where it is.
        if (!(error instanceof DatabaseError && error.message.includes('assertion'))) throw error;
      }
    }
  }
  return progress;
}

/** A range tells which stores owe a step; what is in the ledger is owed, whatever it says now. */
function everyStep(module: CompiledModule, unranged: ReadonlyMap<string, BackfillDef>): Map<string, BackfillDef> {
  const all = new Map(unranged);
  for (const { to, backfill = [] } of module.manifest.migrations ?? []) {
    for (const [index, definition] of backfill.entries()) all.set(`${to}#${index}`, definition);
  }
  return all;
}

async function columnsOf(db: Database, module: CompiledModule, { entity }: BackfillDef): Promise<ReadonlySet<string>> {
  const table = module.entities.get(entity)?.table;
  if (!table) return new Set();
  const [found] = await db.read([{ sql: 'SELECT name FROM pragma_table_info(?)', args: [table] }]);
  return new Set(found!.rows.map(row => row[0] as string));
}

interface Filling {
  readonly column: string;
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

function chunk(
  module: CompiledModule,
  key: string,
  definition: BackfillDef,
  cursor: string,
  now: number,
  columns: ReadonlySet<string>,
): Statement[] {
  const entity = module.entities.get(definition.entity);
  const fillings = entity ? fillingsOf(entity, definition, columns) : [];
  const where = [module.name, key, cursor];
  // A field that a later version gave up, or a source that this store never had: there is nothing to fill.
  if (!entity || fillings.length === 0) {
    return [
      {
        sql: `UPDATE "_step" SET "state" = 'done', "at" = ? WHERE "module" = ? AND "key" = ? AND "cursor" = ?`,
        args: [now, ...where],
      },
      { sql: 'INSERT INTO "_assert" SELECT changes()' },
    ];
  }
  const table = quote(entity.table);
  const rows = `SELECT "id" FROM ${table} WHERE "id" > ? ORDER BY "id" LIMIT ${chunkRows}`;
  const sets = fillings.map(({ column, sql }) => `${column} = coalesce(${column}, ${sql})`);
  const lacks = fillings.map(({ column, sql }) => `(${column} IS NULL AND ${sql} IS NOT NULL)`);
  const values = fillings.flatMap(({ args }) => args);
  const owed = `"id" IN (${rows}) AND (${lacks.join(' OR ')})`;
  return [
    // Before the records: after them changes() would count the words of a full-text index too.
    {
      sql: `UPDATE "_step" SET "rows" = "rows" + (SELECT count(*) FROM ${table} WHERE ${owed}), "at" = ?, "cursor" = coalesce((SELECT max("id") FROM (${rows})), "cursor"), "state" = CASE WHEN (SELECT count(*) FROM (${rows})) < ${chunkRows} THEN 'done' ELSE 'pending' END WHERE "module" = ? AND "key" = ? AND "state" = 'pending' AND "cursor" = ?`,
      args: [cursor, ...values, now, cursor, cursor, ...where],
    },
    { sql: 'INSERT INTO "_assert" SELECT changes()' },
    {
      sql: `UPDATE ${table} SET ${sets.join(', ')}, "rev" = "rev" + 1 WHERE ${owed}`,
      args: [...values, cursor, ...values],
    },
  ];
}

function fillingsOf(entity: CompiledEntity, { set }: BackfillDef, known: ReadonlySet<string>): Filling[] {
  return Object.entries(set).flatMap(([name, source]) => {
    const field = entity.byName.get(name);
    return field && !field.builtIn ? filling(entity, field, source, known) : [];
  });
}

/** Every value is an argument and every name comes from a manifest's checked identifiers. */
function filling(
  entity: CompiledEntity,
  field: CompiledField,
  source: BackfillSource,
  known: ReadonlySet<string>,
): Filling[] {
  /** A source that the manifest no longer declares still has its column, under its own name or, for a reserved word, with a dash. */
  const sourceColumns = (name: string, suffixes: readonly string[]): readonly string[] => {
    const own = name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
    const named = [own, `${own}_`].map(base => suffixes.map(suffix => quote(base + suffix)));
    return [entity.byName.get(name)?.columns ?? [], ...named].find(list => list.some(isKnown)) ?? [];
  };
  const isKnown = (column: string) => known.has(column.slice(1, -1));
  if ('value' in source) {
    const values = field.codec.toSql(field.codec.schema.parse(source.value));
    return field.columns.map((column, i) => ({ column, sql: '?', args: [values[i] ?? null] }));
  }
  if ('copy' in source) {
    const from = sourceColumns(
      source.copy,
      field.codec.columns.map(({ suffix }) => suffix),
    );
    if (from.length !== field.columns.length || !from.every(isKnown)) return [];
    return field.columns.map((column, i) => ({ column, sql: from[i]!, args: [] }));
  }
  const parts = source.concat.flatMap((part): { sql: string; args: readonly string[] }[] => {
    if ('text' in part) return [{ sql: '?', args: [part.text] }];
    const [column] = sourceColumns(part.field, ['']);
    return column && isKnown(column) ? [{ sql: `coalesce(${column}, '')`, args: [] }] : [];
  });
  const sql = `(${parts.map(part => part.sql).join(' || ')})`;
  return parts.length === 0 ? [] : [{ column: field.columns[0]!, sql, args: parts.flatMap(part => part.args) }];
}
