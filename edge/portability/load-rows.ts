/** Puts an archive's rows into a fresh store, in an order that references allow. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Problem } from '../../schemas/errors/index.ts';
import { type Database, DatabaseError, type SqlValue, type Statement } from '../../schemas/ports/index.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import { keepingTriggers, nestedReferences, sideTableSeeds } from '../engine/compile/nested-references.ts';
import { type ArchiveManifest, type ArchiveRow, archiveRow } from './archive.ts';
import { archivedColumns } from './export-client.ts';
import type { ZipEntry } from './zip-reader.ts';

const BATCH = 200;
const MAX_LINE = 4 * 1024 * 1024;

const invalid = (detail: string, cause?: unknown) => Problem.of('VALIDATION_FAILED', { detail, cause });

/** The rows of a member; throws VALIDATION_FAILED where its hash is not the manifest's or a line is no row. */
export async function* readRows(entry: ZipEntry, manifest: ArchiveManifest): AsyncGenerator<ArchiveRow> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let line = 0;
  const parse = (text: string): ArchiveRow => {
    line += 1;
    try {
      return archiveRow.parse(JSON.parse(text));
    } catch (cause) {
      throw invalid(`${entry.name}, line ${line} is not a row.`, cause);
    }
  };
  for await (const chunk of entry.read()) {
    hash.update(chunk);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE) throw invalid(`${entry.name} has a line that is too long.`);
    for (const text of lines) yield parse(text);
  }
  if (rest !== '') throw invalid(`${entry.name} ends within a line.`);
  const promised = manifest.members[entry.name];
  if (promised?.rows !== line || promised.sha256 !== hash.digest('hex')) {
    throw invalid(`${entry.name} is not what the manifest says.`);
  }
}

interface Reference {
  readonly table: string;
  readonly column: string;
  readonly to: string;
}

export interface LoadPlan {
  readonly entities: readonly CompiledEntity[];
  /** Table -> columns that point to what comes later; they are filled in at the end. */
  readonly late: ReadonlyMap<string, readonly string[]>;
}

/** What is pointed to comes first; where there is a ring, one of its references waits. */
export async function planLoad(db: Database, entities: readonly CompiledEntity[]): Promise<LoadPlan> {
  const results = await db.read(
    entities.map(({ table }) => ({ sql: 'SELECT "table", "from" FROM pragma_foreign_key_list(?)', args: [table] })),
  );
  const references = results.flatMap(({ rows }, index): Reference[] =>
    rows.map(([to, column]) => ({ table: entities[index]!.table, column: column as string, to: to as string })),
  );
  const waiting = new Map(entities.map(entity => [entity.table, entity]));
  const order: CompiledEntity[] = [];
  const late = new Map<string, string[]>();
  while (waiting.size > 0) {
    const blocked = (table: string) => references.filter(ref => ref.table === table && waiting.has(ref.to));
    const next = [...waiting.keys()].sort((a, b) => blocked(a).length - blocked(b).length)[0]!;
    const open = blocked(next).map(({ column }) => column);
    if (open.length > 0) late.set(next, open);
    order.push(waiting.get(next)!);
    waiting.delete(next);
  }
  return { entities: order, late };
}

/**
 * Rows lie as they lay: rules on how they came about (no overlaps, locks) are not judged again, those on what they are hold. What
 * lists and objects refer to is counted up at the end, as far as it is there.
 */
export async function withoutGuards<T>(
  db: Database,
  entities: readonly CompiledEntity[],
  work: () => Promise<T>,
): Promise<T> {
  const tables = entities.map(({ table }) => table);
  const nested = entities.flatMap(entity => nestedReferences(entity).map(reference => ({ entity, reference })));
  const counting = nested.flatMap(({ entity, reference }) => keepingTriggers(entity, reference));
  const [found] = await db.read([{ sql: `SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'` }]);
  const lifted = (found!.rows as [string, string, string][]).filter(
    ([name, table, sql]) =>
      tables.includes(table) && (/\bRAISE\s*\(/i.test(sql) || counting.some(trigger => trigger.name === name)),
  );
  await db.write(lifted.map(([name]) => ({ sql: `DROP TRIGGER "${name}"` })));
  const result = await work();
  const seeds = nested.flatMap(({ entity, reference }) => sideTableSeeds(entity, reference));
  await db.write([...seeds.map(sql => ({ sql })), ...lifted.map(([, , sql]) => ({ sql }))]);
  return result;
}

export type LoadRow = (entity: CompiledEntity, row: ArchiveRow) => ArchiveRow;

/** Writes an entity's rows and answers with how many, and with what is to be filled in at the end. Throws VALIDATION_FAILED. */
export async function loadEntity(
  db: Database,
  entity: CompiledEntity,
  rows: AsyncIterable<ArchiveRow>,
  late: readonly string[],
  change: LoadRow,
): Promise<Statement[]> {
  const columns = new Set(archivedColumns(entity));
  const postponed: Statement[] = [];
  let batch: Statement[] = [];
  for await (const raw of rows) {
    const row = change(entity, raw);
    const names = Object.keys(row);
    const unknown = names.find(name => !columns.has(name));
    if (unknown !== undefined) throw invalid(`${entity.table} has no column ${JSON.stringify(unknown.slice(0, 60))}.`);
    const first: SqlValue[] = names.map(name => (late.includes(name) ? null : row[name]!));
    const list = names.map(name => `"${name}"`).join(', ');
    batch.push({
      sql: `INSERT INTO "${entity.table}" (${list}) VALUES (${names.map(() => '?').join(', ')})`,
      args: first,
    });
    for (const name of late) {
      if (row[name] == null) continue;
      postponed.push({
        sql: `UPDATE "${entity.table}" SET "${name}" = ? WHERE "id" = ?`,
        args: [row[name], row['id']!],
      });
    }
    if (batch.length === BATCH) {
      await writeRows(db, entity.table, batch);
      batch = [];
    }
  }
  await writeRows(db, entity.table, batch);
  return postponed;
}

/** Throws VALIDATION_FAILED where the database refuses a row. */
export async function writeRows(db: Database, table: string, statements: readonly Statement[]): Promise<void> {
  try {
    for (let at = 0; at < statements.length; at += BATCH) await db.write(statements.slice(at, at + BATCH));
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.kind === 'unavailable' || cause.kind === 'full') throw cause;
    throw invalid(`A row of ${table} does not hold together.`, cause);
  }
}

export const utf8 = async (entry: ZipEntry): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of entry.read()) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};
