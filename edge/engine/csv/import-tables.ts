/** Tables in which a store remembers imports, so that one can be undone. */
export const importTables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS "_import" ("id" TEXT PRIMARY KEY NOT NULL, "entity" TEXT NOT NULL, "at" INTEGER NOT NULL, "actor_kind" TEXT NOT NULL, "actor_id" TEXT, "undone_at" INTEGER) STRICT`,
  `CREATE TABLE IF NOT EXISTS "_import_row" ("import" TEXT NOT NULL REFERENCES "_import" ("id") ON DELETE CASCADE, "record" TEXT NOT NULL, "rev" INTEGER NOT NULL, "before" TEXT, PRIMARY KEY ("import", "record")) STRICT, WITHOUT ROWID`,
];
