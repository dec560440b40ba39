/** Tables that every store has beside its modules' own. */

/** Refuses a whole batch: a row with `ok` = 0 breaks the CHECK, any other leaves no trace. */
const assertTable = [
  `CREATE TABLE IF NOT EXISTS "_assert" ("ok" INTEGER NOT NULL, CONSTRAINT "assertion" CHECK ("ok" > 0)) STRICT`,
  `CREATE TRIGGER IF NOT EXISTS "_assert.clear" AFTER INSERT ON "_assert" BEGIN DELETE FROM "_assert"; END`,
];

export const systemTables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS "_migration" ("module" TEXT PRIMARY KEY NOT NULL, "fingerprint" TEXT NOT NULL, "at" INTEGER NOT NULL) STRICT`,
  ...assertTable,
  `CREATE TABLE IF NOT EXISTS "_idempotency" ("scope" TEXT NOT NULL, "key" TEXT NOT NULL, "hash" TEXT NOT NULL, "status" INTEGER NOT NULL, "body" TEXT NOT NULL, "at" INTEGER NOT NULL, PRIMARY KEY ("scope", "key")) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS "_audit" ("seq" INTEGER PRIMARY KEY, "at" INTEGER NOT NULL, "actor_kind" TEXT NOT NULL, "actor_id" TEXT, "request" TEXT NOT NULL, "action" TEXT NOT NULL, "entity" TEXT NOT NULL, "record" TEXT NOT NULL, "diff" TEXT) STRICT`,
  `CREATE INDEX IF NOT EXISTS "_audit.record" ON "_audit" ("record")`,
  `CREATE TABLE IF NOT EXISTS "_outbox" ("id" TEXT PRIMARY KEY NOT NULL, "event" TEXT NOT NULL, "record" TEXT, "payload" TEXT NOT NULL, "at" INTEGER NOT NULL, "attempts" INTEGER NOT NULL DEFAULT 0, "due_at" INTEGER, "error" TEXT) STRICT`,
  `CREATE INDEX IF NOT EXISTS "_outbox.due" ON "_outbox" ("due_at") WHERE "due_at" IS NOT NULL`,
];
