/** Removes what nobody will ask for again: uploads that never ended, and deleted files after their grace time (FI-04). */
import type { Database } from '../../schemas/ports/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { dropUploads } from './parts.ts';
import { GRACE_MS, MARGIN_MS } from './sweep-job.ts';
import { hasFiles, openFiles } from './tables.ts';
import { declaredVariants } from './variants.ts';

/** Files of one pass. */
const MOST = 500;

/** Rows that may go, drafts that nobody took over among them, and whether their bytes are anybody else's still. */
const gone = `("deleted_at" <= ? OR ("state" <> 'ready' AND "expires_at" <= ?) OR "id" IN (SELECT "file" FROM "_file_draft" WHERE "taken_at" IS NULL AND "expires_at" <= ?))`;

/** Everything that is due, bytes first, rows after: a run that is cut short is made whole by the next one. Answers with how many files went. */
export async function sweepFiles(runtime: Runtime, tenant: Pick<Tenant, 'store' | 'modules'>): Promise<number> {
  if (!(await hasFiles(await runtime.stores.open(tenant.store, tenant.modules)))) return 0;
  const db = await openFiles(runtime, tenant);
  await sweepVariants(runtime, db, tenant.modules);
  for (let all = 0; ; ) {
    const gone = await sweepSome(runtime, db);
    all += gone;
    if (gone < MOST) return all;
  }
}

async function sweepSome(runtime: Runtime, db: Database): Promise<number> {
  const now = runtime.ports.clock.now();
  await db.write([
    { sql: 'DELETE FROM "_file_draft" WHERE "taken_at" IS NOT NULL AND "expires_at" <= ?', args: [now] },
  ]);
  const args = [now - GRACE_MS, now - MARGIN_MS, now];
  const [due] = await db.read([
    { sql: `SELECT "id", "key" FROM "_file" WHERE ${gone} ORDER BY "id" LIMIT ${MOST}`, args },
  ]);
  const ids = due!.rows.map(row => row[0] as string);
  if (ids.length === 0) return 0;
  const chosen = `SELECT value FROM json_each(?)`;
  // No live row can take up a key that has none: content is only ever shared with a row that can be read.
  const [free] = await db.read([
    {
      sql: `SELECT DISTINCT "key" FROM "_file" WHERE "id" IN (${chosen}) AND "key" NOT IN (SELECT "key" FROM "_file" WHERE NOT coalesce(${gone}, 0))`,
      args: [JSON.stringify(ids), ...args],
    },
  ]);
  await dropUploads(runtime, db, JSON.stringify(ids));
  const sources = free!.rows.map(row => row[0] as string);
  await deleteVariants(runtime, db, '"source" IN (SELECT value FROM json_each(?))', JSON.stringify(sources));
  await runtime.ports.blobs.delete(sources);
  await db.write([
    { sql: `DELETE FROM "_file" WHERE "id" IN (${chosen}) AND ${gone}`, args: [JSON.stringify(ids), ...args] },
    { sql: `DELETE FROM "_file_draft" WHERE "file" IN (${chosen})`, args: [JSON.stringify(ids)] },
  ]);
  return ids.length;
}

/** Pictures by recipes that no installed module declares any more. */
const sweepVariants = (runtime: Runtime, db: Database, modules: Tenant['modules']): Promise<void> => {
  const recipes = JSON.stringify([...declaredVariants(modules).keys()]);
  return deleteVariants(runtime, db, '"recipe" NOT IN (SELECT value FROM json_each(?))', recipes);
};

async function deleteVariants({ ports }: Runtime, db: Database, where: string, arg: string): Promise<void> {
  for (;;) {
    const due = {
      sql: `SELECT "source", "recipe", "key" FROM "_file_variant" WHERE ${where} LIMIT ${MOST}`,
      args: [arg],
    };
    const rows = (await db.read([due]))[0]!.rows as [string, string, string | null][];
    if (rows.length === 0) return;
    await ports.blobs.delete(rows.flatMap(([, , key]) => (key === null ? [] : [key])));
    const sql = `DELETE FROM "_file_variant" WHERE "source" = ? AND "recipe" = ?`;
    await db.write(rows.map(([source, recipe]) => ({ sql, args: [source, recipe] })));
  }
}
