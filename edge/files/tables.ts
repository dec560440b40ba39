/** The files' table in a client's store, made when the client's first file comes. */
import type { Database } from '../../schemas/ports/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import type { Runtime } from '../engine/runtime.ts';
import { systemTables } from '../engine/store/system-tables.ts';
import type { Tenant } from '../tenant/tenant.ts';

/**
 * `key` names the bytes in the Blobs port; two rows with the same content share one, and each row is one reference to it.
 * `pending` has reserved its size and waits for bytes until `expires_at`, `uploaded` has them, `ready` may be read.
 */
export const fileTables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS "_file" (
    "id" TEXT PRIMARY KEY NOT NULL, "name" TEXT NOT NULL, "purpose" TEXT NOT NULL, "owner" TEXT,
    "acl" TEXT NOT NULL CHECK ("acl" IN ('private', 'public')), "declared_type" TEXT NOT NULL, "declared_sha256" TEXT,
    "size" INTEGER NOT NULL, "mime" TEXT, "sha256" TEXT, "key" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('pending', 'uploaded', 'ready')),
    "created_at" INTEGER NOT NULL, "created_by" TEXT, "expires_at" INTEGER NOT NULL, "deleted_at" INTEGER) STRICT`,
  `CREATE INDEX IF NOT EXISTS "_file.key" ON "_file" ("key")`,
  `CREATE INDEX IF NOT EXISTS "_file.sha256" ON "_file" ("sha256")`,
  // What the sweep asks for: see sweep-job.ts.
  `CREATE INDEX IF NOT EXISTS "_file.deleted" ON "_file" ("deleted_at") WHERE "deleted_at" IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS "_file.unfinished" ON "_file" ("expires_at") WHERE "state" <> 'ready'`,
  // `source` is the key of the bytes a picture was made of; without a key of its own it could not be made.
  `CREATE TABLE IF NOT EXISTS "_file_variant" (
    "source" TEXT NOT NULL, "recipe" TEXT NOT NULL, "key" TEXT, "size" INTEGER NOT NULL, "mime" TEXT, "sha256" TEXT,
    "refusal" TEXT, "created_at" INTEGER NOT NULL, PRIMARY KEY ("source", "recipe")) STRICT`,
  // What a visitor brought for a field of an action: a draft until that action takes it over. It stays for the sum of its visit.
  `CREATE TABLE IF NOT EXISTS "_file_draft" (
    "file" TEXT PRIMARY KEY NOT NULL, "visit" TEXT NOT NULL, "field" TEXT NOT NULL, "size" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL, "taken_at" INTEGER) STRICT`,
  `CREATE INDEX IF NOT EXISTS "_file_draft.expires" ON "_file_draft" ("expires_at")`,
  // A file that comes in parts, and which of them are here; both go when the parts are joined.
  `CREATE TABLE IF NOT EXISTS "_file_upload" (
    "file" TEXT PRIMARY KEY NOT NULL, "key" TEXT NOT NULL, "attempt" TEXT NOT NULL) STRICT`,
  `CREATE TABLE IF NOT EXISTS "_file_part" (
    "file" TEXT NOT NULL, "number" INTEGER NOT NULL, "tag" TEXT NOT NULL, PRIMARY KEY ("file", "number")) STRICT`,
];

/** Files that are nobody's yet. */
export const draftsSql = `(SELECT "file" FROM "_file_draft" WHERE "taken_at" IS NULL)`;

const made = new WeakMap<Runtime, BoundedCache<true>>();

/** The client's store with the files' table in it. */
export async function openFiles(runtime: Runtime, tenant: Pick<Tenant, 'store' | 'modules'>): Promise<Database> {
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const known = made.get(runtime) ?? new BoundedCache<true>(20_000);
  made.set(runtime, known);
  if (known.get(tenant.store)) return db;
  await db.write([...systemTables, ...fileTables].map(sql => ({ sql })));
  known.set(tenant.store, true);
  return db;
}

/** Whether a store has files, without making their tables. */
export async function hasFiles(db: Database, table: '_file' | '_file_upload' = '_file'): Promise<boolean> {
  const [found] = await db.read([
    { sql: `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`, args: [table] },
  ]);
  return found!.rows.length > 0;
}
