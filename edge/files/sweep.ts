/** Removes what nobody will ask for again: uploads that never ended, and deleted files after their grace time (FI-04). */
import type { Runtime } from '../engine/runtime.ts';
import type { Tenant, Tenants } from '../tenant/tenant.ts';
import { hasFiles } from './tables.ts';

export const GRACE_MS = 30 * 86_400_000;
/** Nobody completes an upload that is over; this keeps the sweep clear of one that was a moment ago. */
const MARGIN_MS = 3_600_000;
const MOST = 500;

/** Rows that may go, and whether their bytes are anybody else's still. */
const gone = `("deleted_at" <= ? OR ("state" <> 'ready' AND "expires_at" <= ?))`;

/** Bytes first, rows after: a run that is cut short is made whole by the next one. Answers with how many rows went. */
export async function sweepFiles(runtime: Runtime, tenant: Pick<Tenant, 'store' | 'modules'>): Promise<number> {
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  if (!(await hasFiles(db))) return 0;
  const now = runtime.ports.clock.now();
  const args = [now - GRACE_MS, now - MARGIN_MS];
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
  await runtime.ports.blobs.delete(free!.rows.map(row => row[0] as string));
  await db.write([
    { sql: `DELETE FROM "_file" WHERE "id" IN (${chosen}) AND ${gone}`, args: [JSON.stringify(ids), ...args] },
  ]);
  return ids.length;
}

/** Looks after every client, one after another. */
export async function sweepAllFiles(runtime: Runtime, tenants: Tenants): Promise<void> {
  for (const id of await tenants.clientIds()) {
    const tenant = await tenants.byClient(id);
    if (!tenant || tenant.modules.length === 0) continue;
    try {
      while ((await sweepFiles(runtime, tenant)) === MOST);
    } catch (error) {
      console.error(`files of ${id}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
