/** Tables that every store has beside its modules' own. */

import { importTables } from '../csv/import-tables.ts';

/** Refuses a whole batch: a row with `ok` = 0 breaks the CHECK, any other leaves no trace. */
const assertTable = [
  `CREATE TABLE IF NOT EXISTS "_assert" ("ok" INTEGER NOT NULL, CONSTRAINT "assertion" CHECK ("ok" > 0)) STRICT`,
  `CREATE TRIGGER IF NOT EXISTS "_assert.clear" AFTER INSERT ON "_assert" BEGIN DELETE FROM "_assert"; END`,
];

/**
 * One row for each event and subscriber. `seq` is the order of commits; of one `key` a subscriber hears one at a time. A runner
 * takes a row by writing its `claim` and moving `due_at` past its lease.
 */
const deliveryTable = [
  `CREATE TABLE IF NOT EXISTS "_delivery" ("seq" INTEGER PRIMARY KEY, "event" TEXT NOT NULL, "subscriber" TEXT NOT NULL, "key" TEXT NOT NULL, "state" TEXT NOT NULL DEFAULT 'pending' CHECK ("state" IN ('pending', 'done', 'dead', 'discarded')), "attempts" INTEGER NOT NULL DEFAULT 0, "due_at" INTEGER NOT NULL, "claim" TEXT, "error" TEXT, UNIQUE ("event", "subscriber")) STRICT`,
  `CREATE INDEX IF NOT EXISTS "_delivery.state" ON "_delivery" ("state", "seq")`,
  `CREATE INDEX IF NOT EXISTS "_delivery.key" ON "_delivery" ("subscriber", "key", "seq") WHERE "state" = 'pending'`,
];

/**
 * One row for each job with a timetable (`key` is empty) and each run that was asked for. `planned_at` names the run, `next_at` is
 * its next try. A runner takes a row by writing itself and moving `next_at` past its lease.
 */
const jobTable = [
  `CREATE TABLE IF NOT EXISTS "_job" ("seq" INTEGER PRIMARY KEY, "name" TEXT NOT NULL, "key" TEXT NOT NULL, "timetable" TEXT, "payload" TEXT, "planned_at" INTEGER NOT NULL, "next_at" INTEGER NOT NULL, "state" TEXT NOT NULL DEFAULT 'waiting' CHECK ("state" IN ('waiting', 'dead')), "attempts" INTEGER NOT NULL DEFAULT 0, "runner" TEXT, "error" TEXT, UNIQUE ("name", "key")) STRICT`,
  `CREATE INDEX IF NOT EXISTS "_job.next" ON "_job" ("state", "next_at")`,
];

/** Columns that older stores lack; added where they are not there, to a new store's tables too. */
export const systemColumns: readonly { readonly table: string; readonly column: string; readonly type: string }[] = [
  // The keyed hash of what the row says, and that of the row before it.
  { table: '_audit', column: 'hash', type: 'TEXT' },
  { table: '_audit', column: 'prev', type: 'TEXT' },
];

export const systemTables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS "_sequence" ("series" TEXT NOT NULL, "scope" TEXT NOT NULL, "period" TEXT NOT NULL, "value" INTEGER NOT NULL, PRIMARY KEY ("series", "scope", "period")) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS "_migration" ("module" TEXT PRIMARY KEY NOT NULL, "fingerprint" TEXT NOT NULL, "at" INTEGER NOT NULL) STRICT`,
  ...assertTable,
  `CREATE TABLE IF NOT EXISTS "_idempotency" ("scope" TEXT NOT NULL, "key" TEXT NOT NULL, "hash" TEXT NOT NULL, "status" INTEGER NOT NULL, "body" TEXT NOT NULL, "at" INTEGER NOT NULL, PRIMARY KEY ("scope", "key")) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS "_audit" ("seq" INTEGER PRIMARY KEY, "at" INTEGER NOT NULL, "actor_kind" TEXT NOT NULL, "actor_id" TEXT, "request" TEXT NOT NULL, "action" TEXT NOT NULL, "entity" TEXT NOT NULL, "record" TEXT NOT NULL, "diff" TEXT) STRICT`,
  `CREATE INDEX IF NOT EXISTS "_audit.record" ON "_audit" ("record")`,
  `CREATE TABLE IF NOT EXISTS "_outbox" ("id" TEXT PRIMARY KEY NOT NULL, "event" TEXT NOT NULL, "record" TEXT, "payload" TEXT NOT NULL, "at" INTEGER NOT NULL) STRICT`,
  ...deliveryTable,
  ...jobTable,
  ...importTables,
];
