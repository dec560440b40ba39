/** Takes one person out of a client's store and proves it. */
import { createHash } from 'node:crypto';
import { Problem } from '../../schemas/errors/index.ts';
import type { Database, MailOutbox, SqlValue, Statement, StatementResult } from '../../schemas/ports/index.ts';
import type { ErasureProof } from '../../schemas/protocol/index.ts';
import { resealAudit } from '../engine/audit/reseal.ts';
import type { Runtime } from '../engine/runtime.ts';
import { sweepFiles } from '../files/sweep.ts';
import { GRACE_MS } from '../files/sweep-job.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { blanked, ERASED } from './blank.ts';
import { type Found, nameOf, type Sought } from './find-person.ts';
import { filesNamed, filesOf } from './person-files.ts';
import { suppressionHash } from './suppression.ts';
import { type Store, tracePerson } from './trace-person.ts';

/** Shorter texts are too common to be looked for elsewhere. */
const TELLING = 5;

export interface Surroundings extends Store {
  /** Takes away what would bring the person back, once somebody was found and before anything is changed. */
  readonly before?: () => Promise<void>;
}

/** Throws NOT_FOUND where nobody matches. A person who was erased before is no longer there to be found. */
export async function erasePerson(
  runtime: Runtime,
  tenant: Tenant,
  sought: Sought,
  around: Surroundings = {},
): Promise<ErasureProof> {
  const now = runtime.ports.clock.now();
  const { db, emails, unclear, kept, records } = await tracePerson(runtime, tenant, sought, now, around);
  if (records.length + kept.size === 0) throw Problem.of('NOT_FOUND');
  await around.before?.();
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
  const ids = JSON.stringify(records.map(({ row }) => row['id']));
  const whose = filesOf(records, files);
  const mailsBefore = await forgetMails(runtime, tenant, telling);
  const results = await db.write([
    ...statements,
    ...scrubs.map(({ statement }) => statement),
    ...audit.statements,
    ...namesInEvents(
      [...values].filter(value => value.length < TELLING),
      ids,
    ),
    // An undo finds another revision and says that it kept the record.
    {
      sql: `UPDATE "_import_row" SET "before" = NULL, "rev" = 0 WHERE "record" IN (SELECT value FROM json_each(?))`,
      args: [ids],
    },
    { sql: 'DELETE FROM "_idempotency"' },
    {
      sql: `UPDATE "_file" SET "name" = ?, "deleted_at" = ? WHERE ${whose.sql}`,
      args: [ERASED, now - GRACE_MS, ...whose.args],
    },
  ]);
  await audit.finish();
  // An index keeps the words of a changed row until its parts are merged.
  await db.write(indexes.map(name => ({ sql: `INSERT INTO "${name}" ("${name}") VALUES ('optimize')` })));
  await sweepFiles(runtime, tenant);
  // One that was on its way as the records changed.
  const mailsSince = await forgetMails(runtime, tenant, telling);
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
      mails: mailsBefore === null ? null : mailsBefore + (mailsSince ?? 0),
    },
    unclear,
    kept: [...kept.values()],
    residue: await residueOf(
      db,
      telling.filter(value => value.includes('@') || /^\+?\d{7,}$/.test(value)),
      [...kept.keys()],
    ),
    compacted,
  };
  return { ...proof, hash: createHash('sha256').update(JSON.stringify(proof)).digest('hex') };
}

/** How many mails of the outbox were emptied; null where a service sends them. */
async function forgetMails({ ports }: Runtime, { client }: Tenant, words: readonly string[]): Promise<number | null> {
  return 'forget' in ports.mailer ? (ports.mailer as MailOutbox).forget(`${client.id}:`, words) : null;
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

/** A name of few letters is a part of many words: it is cut out where it is a whole text of an event about one of the records. */
const namesInEvents = (names: readonly string[], ids: string): Statement[] =>
  names.map(name => ({
    sql: `UPDATE "_outbox" SET "payload" = replace("payload", ?, ?) WHERE "record" IN (SELECT value FROM json_each(?))`,
    args: [JSON.stringify(name), JSON.stringify(ERASED), ids],
  }));

const textColumns = `SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND c.type = 'TEXT'`;

/** Looks through every text of every table, but for the records that are kept. */
async function residueOf(
  db: Database,
  values: readonly string[],
  kept: readonly Found[],
): Promise<ErasureProof['residue']> {
  const [found] = await db.read([{ sql: textColumns }]);
  const columns = found!.rows as [string, string][];
  const counts = await db.read(
    columns.map(([table, column]) => {
      const ids = kept.flatMap(({ entity, row }) => (entity.table === table ? [row['id']] : []));
      const but = ids.length > 0 ? ' AND t."id" NOT IN (SELECT value FROM json_each(?))' : '';
      return {
        sql: `SELECT count(*) FROM "${table}" t WHERE EXISTS (SELECT 1 FROM json_each(?) v WHERE instr(t."${column}", v.value) > 0)${but}`,
        args: [JSON.stringify(values), ...(but ? [JSON.stringify(ids)] : [])],
      };
    }),
  );
  return columns.flatMap(([table, column], index) => {
    const rows = Number(counts[index]!.rows[0]![0]);
    return rows > 0 ? [{ table, column, rows }] : [];
  });
}
