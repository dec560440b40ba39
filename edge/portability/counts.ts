/** What was counted of a client's sites, read page by page from a copy that stands still, and put where the sites are now. */
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { type Database, DatabaseError, type SqlValue } from '../../schemas/ports/index.ts';
import { isDate } from '../../schemas/time/index.ts';
import { REGISTERS } from '../analytics/sketch.ts';
import { insertInto, subject } from '../analytics/tables.ts';

const text = z.string().max(300);
const whole = z.int().min(0);
const day = z.string().refine(isDate);
const key = { site: z.guid(), dimension: z.string().regex(/^[a-z]{1,20}$/), day };
const subjects = Object.fromEntries(subject.map(name => [name, text]));
const sums = { counted: whole, seen: whole };

/** The tables that move, by the columns of their keys and the others. Batches stay behind: what they are for has passed. */
const moved = {
  hourly: { key: { ...key, hour: whole, ...subjects, value: text }, rest: sums },
  daily: { key: { ...key, ...subjects, value: text }, rest: sums },
  mark: {
    key: { ...key, value: text, register: whole.max(REGISTERS - 1) },
    rest: { rank: whole.min(1).max(33) },
  },
  visitors: { key: { ...key, value: text }, rest: { filled: whole.max(REGISTERS), harmonic: z.number().min(0) } },
  settled: { key: { site: z.guid(), day }, rest: {} },
} as const;

export type CountTable = keyof typeof moved;
export const countTables = Object.keys(moved) as readonly CountTable[];

export type CountRow = Readonly<Record<string, SqlValue>>;

/** Rows read, and rows written, at a time. */
const PAGE = 2_000;

export const columnsOf = (table: CountTable): readonly string[] =>
  Object.keys({ ...moved[table].key, ...moved[table].rest });

/** The rows of the sites, in the order of their key. `db` must not change meanwhile. */
export async function* countRows(db: Database, table: CountTable, sites: readonly string[]): AsyncGenerator<CountRow> {
  const names = columnsOf(table);
  const keys = Object.keys(moved[table].key);
  const list = keys.join(', ');
  const behind = `AND (${list}) > (${keys.map(() => '?').join(', ')})`;
  for (let after: readonly SqlValue[] | undefined; ; ) {
    const [page] = await db.read([
      {
        sql: `SELECT ${names.join(', ')} FROM ${table} WHERE site IN (SELECT value FROM json_each(?)) ${after ? behind : ''}
          ORDER BY ${list} LIMIT ${PAGE}`,
        args: [JSON.stringify(sites), ...(after ?? [])],
      },
    ]);
    for (const row of page!.rows) {
      yield Object.fromEntries(names.map((name, index) => [name, plain(row[index]!)]));
    }
    if (page!.rows.length < PAGE) return;
    after = page!.rows.at(-1)!.slice(0, keys.length);
  }
}

const plain = (value: SqlValue): SqlValue => (typeof value === 'bigint' ? Number(value) : value);

/** Writes rows under the ids that `sites` has for theirs, and answers with how many. Throws VALIDATION_FAILED where one does not hold. */
export async function writeCounts(
  db: Database,
  table: CountTable,
  rows: AsyncIterable<CountRow>,
  sites: ReadonlyMap<string, string>,
): Promise<number> {
  const row = z.strictObject({ ...moved[table].key, ...moved[table].rest });
  const names = columnsOf(table);
  const sql = insertInto(table, names);
  let written = 0;
  let slice: SqlValue[][] = [];
  const write = async () => {
    if (slice.length > 0) await db.write([{ sql, args: [JSON.stringify(slice)] }]);
    written += slice.length;
    slice = [];
  };
  try {
    for await (const line of rows) {
      const parsed = row.safeParse(line);
      const site = sites.get(`${line['site']}`);
      if (!parsed.success || site === undefined) throw invalid(table, parsed.error);
      slice.push(names.map(name => (name === 'site' ? site : (parsed.data as CountRow)[name]!)));
      if (slice.length === PAGE) await write();
    }
    await write();
  } catch (cause) {
    if (cause instanceof DatabaseError && cause.kind === 'constraint') throw invalid(table, cause);
    throw cause;
  }
  return written;
}

const invalid = (table: CountTable, cause: unknown): Problem =>
  Problem.of('VALIDATION_FAILED', { detail: `A count of ${table} does not hold together.`, cause });

/** Takes what was written of a site away again. */
export const dropCounts = async (db: Database, site: string): Promise<void> => {
  await db.write(countTables.map(table => ({ sql: `DELETE FROM ${table} WHERE site = ?`, args: [site] })));
};
