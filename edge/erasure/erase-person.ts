/** Takes one person out of a client's store and proves it. */
import { createHash } from 'node:crypto';
import { Problem } from '../../schemas/errors/index.ts';
import type { Database, SqlValue, Statement, StatementResult } from '../../schemas/ports/index.ts';
import { resealAudit } from '../engine/audit/reseal.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import type { Runtime } from '../engine/runtime.ts';
import { sweepFiles } from '../files/sweep.ts';
import { GRACE_MS } from '../files/sweep-job.ts';
import { openFiles } from '../files/tables.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { blanked, type Columns, ERASED } from './blank.ts';
import { findPerson, nameOf, type Sought } from './find-person.ts';
import { suppressionHash } from './suppression.ts';

export interface ErasureProof {
  readonly clientId: string;
  readonly at: string;
  /** Keyed hashes of the addresses that were erased; they are refused when an archive brings them back. */
  readonly suppressed: readonly string[];
  readonly records: readonly { readonly entity: string; readonly id: string; readonly columns: readonly string[] }[];
  /** Changes made by table of the engine's own, kept replies that were dropped, files that went. */
  readonly scrubbed: {
    readonly tables: Readonly<Record<string, number>>;
    readonly replies: number;
    readonly files: number;
  };
  readonly unclear: readonly { readonly entity: string; readonly id: string }[];
  /** Where an erased e-mail or phone can still be read; empty when the erasure is whole. */
  readonly residue: readonly { readonly table: string; readonly column: string; readonly rows: number }[];
  /** Whether the database's files were rewritten, so that deleted bytes are gone from them too. */
  readonly compacted: boolean;
  /** SHA-256 of everything above as JSON. */
  readonly hash: string;
}

/** Shorter texts are too common to be looked for elsewhere. */
const TELLING = 5;

/** Throws NOT_FOUND where nobody matches. A person who was erased before is no longer there to be found. */
export async function erasePerson(runtime: Runtime, tenant: Tenant, sought: Sought): Promise<ErasureProof> {
  const db = await openFiles(runtime, tenant);
  const { records, emails, unclear } = await findPerson(db, tenant, sought);
  if (records.length === 0) throw Problem.of('NOT_FOUND');
  const now = runtime.ports.clock.now();
  const values = new Set<string>(emails);
  const erased: { entity: string; id: string; columns: string[] }[] = [];
  const statements: Statement[] = [];
  const files: string[] = [];
  for (const { entity, row } of records) {
    const changes = blanked(entity, row);
    const columns = Object.keys(changes);
    if (columns.length === 0) continue;
    const named = filesNamed(entity, row, columns);
    files.push(...named.ids);
    for (const column of columns) {
      if (typeof row[column] === 'string' && !named.columns.has(column)) values.add(row[column]);
    }
    const assignments = columns.map(column => `"${column}" = ?`).join(', ');
    const args: SqlValue[] = [...columns.map(column => changes[column]!), now, row['id']!];
    const sql = `UPDATE "${entity.table}" SET ${assignments}, "updated_at" = ?, "rev" = "rev" + 1 WHERE "id" = ?`;
    statements.push({ sql, args });
    erased.push({ entity: nameOf(entity), id: `${row['id']}`, columns });
  }
  const telling = [...values].filter(value => value.length >= TELLING).sort((a, b) => b.length - a.length);
  // Both as it stands and as JSON writes it.
  const spellings = [...new Set(telling.flatMap(value => [JSON.stringify(value).slice(1, -1), value]))];
  const scrubs = await scrubbing(db, spellings);
  const cut = (text: string) => spellings.reduce((left, spelling) => left.replaceAll(spelling, ERASED), text);
  const audit = await resealAudit(runtime, tenant, db, spellings, cut);
  const indexes = await textIndexes(db);
  const owners = records.map(({ entity, row }) => `${nameOf(entity)}:${row['id']}`);
  const results = await db.write([
    ...statements,
    ...scrubs.map(({ statement }) => statement),
    ...audit.statements,
    { sql: 'DELETE FROM "_idempotency"' },
    {
      sql: `UPDATE "_file" SET "name" = ?, "deleted_at" = ? WHERE ("owner" IN (SELECT value FROM json_each(?)) OR "id" IN (SELECT value FROM json_each(?))) AND "name" <> ?`,
      args: [ERASED, now - GRACE_MS, JSON.stringify(owners), JSON.stringify(files), ERASED],
    },
  ]);
  await audit.finish();
  // An index keeps the words of a changed row until its parts are merged.
  await db.write(indexes.map(name => ({ sql: `INSERT INTO "${name}" ("${name}") VALUES ('optimize')` })));
  await sweepFiles(runtime, tenant);
  const compacted = await runtime.ports.databases.compact(tenant.store);
  const proof = {
    clientId: tenant.client.id,
    at: new Date(now).toISOString(),
    suppressed: [...emails].map(email => suppressionHash(runtime, email)),
    records: erased,
    scrubbed: {
      tables: counted(
        scrubs.map(({ table }) => table),
        results.slice(statements.length, statements.length + scrubs.length),
      ),
      replies: results.at(-2)!.changes,
      files: results.at(-1)!.changes,
    },
    unclear,
    residue: await residueOf(
      db,
      telling.filter(value => value.includes('@') || /^\+?\d{7,}$/.test(value)),
    ),
    compacted,
  };
  return { ...proof, hash: createHash('sha256').update(JSON.stringify(proof)).digest('hex') };
}

/** Files in the personal fields that are blanked, in lists too. Their ids tell nothing of the person. */
function filesNamed(
  { fields }: CompiledEntity,
  row: Columns,
  blankedColumns: readonly string[],
): { readonly columns: ReadonlySet<string>; readonly ids: readonly string[] } {
  const columns = new Set<string>();
  const ids: string[] = [];
  for (const { json, columns: own } of fields) {
    const name = own[0]?.slice(1, -1) ?? '';
    const isList = json.kind === 'list' && json.of.kind === 'file';
    if (!blankedColumns.includes(name) || (json.kind !== 'file' && !isList)) continue;
    columns.add(name);
    const value = row[name];
    if (typeof value === 'string') ids.push(...(isList ? (JSON.parse(value) as string[]) : [value]));
  }
  return { columns, ids };
}

/** Names of the full-text tables. */
async function textIndexes(db: Database): Promise<string[]> {
  const [found] = await db.read([
    { sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5(%'` },
  ]);
  return found!.rows.map(row => row[0] as string);
}

/** Changes by table; the names stand in the order of the results. */
function counted(tables: readonly string[], results: readonly StatementResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [index, table] of tables.entries()) {
    const { changes } = results[index]!;
    if (changes > 0) counts[table] = (counts[table] ?? 0) + changes;
  }
  return counts;
}

/**
 * Events, deliveries and audit rows name no person by themselves; what a module or an error's text put there all the same is cut
 * out, in every table that is the engine's own.
 */
async function scrubbing(
  db: Database,
  spellings: readonly string[],
): Promise<{ table: string; statement: Statement }[]> {
  const [found] = await db.read([{ sql: `${textColumns} AND substr(m.name, 1, 1) = '_' AND c.pk = 0` }]);
  return (found!.rows as [string, string][]).flatMap(([table, column]) =>
    spellings.map(spelling => ({
      table,
      statement: {
        sql: `UPDATE "${table}" SET "${column}" = replace("${column}", ?, ?) WHERE instr("${column}", ?) > 0`,
        args: [spelling, ERASED, spelling],
      },
    })),
  );
}

const textColumns = `SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND c.type = 'TEXT'`;

/** Looks through every text of every table. */
async function residueOf(db: Database, values: readonly string[]): Promise<ErasureProof['residue']> {
  const [found] = await db.read([{ sql: textColumns }]);
  const columns = found!.rows as [string, string][];
  const counts = await db.read(
    columns.map(([table, column]) => ({
      sql: `SELECT count(*) FROM "${table}" t WHERE EXISTS (SELECT 1 FROM json_each(?) v WHERE instr(t."${column}", v.value) > 0)`,
      args: [JSON.stringify(values)],
    })),
  );
  return columns.flatMap(([table, column], index) => {
    const rows = Number(counts[index]!.rows[0]![0]);
    return rows > 0 ? [{ table, column, rows }] : [];
  });
}
