/** Copies of stores, and the steps that take columns and tables away after one was made. */
import type { Migration } from '../migrations.ts';

export const snapshotsMigration: Migration = {
  id: '0005-snapshots',
  statements: [
    `CREATE TABLE snapshot (
      id TEXT PRIMARY KEY NOT NULL, client_id TEXT NOT NULL REFERENCES client (id),
      store_id TEXT NOT NULL REFERENCES store (id), name TEXT NOT NULL UNIQUE, reason TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('making', 'ready')),
      created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT`,
    'CREATE INDEX snapshot_client ON snapshot (client_id, id)',
    'CREATE INDEX snapshot_expires ON snapshot (expires_at)',
    `CREATE TABLE contraction (
      id TEXT PRIMARY KEY NOT NULL, client_id TEXT NOT NULL REFERENCES client (id), module TEXT NOT NULL,
      version TEXT NOT NULL, parts TEXT NOT NULL, snapshot_id TEXT,
      state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
      error TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT`,
    'CREATE INDEX contraction_client ON contraction (client_id, module, id)',
    `CREATE UNIQUE INDEX contraction_one_at_a_time ON contraction (client_id, module) WHERE state = 'running'`,
  ],
};
