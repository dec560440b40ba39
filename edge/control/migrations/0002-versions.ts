/** Versions that never change, pointers that move, rollouts over many stores, and modules kept for a while after removal. */
import type { Migration } from '../migrations.ts';

export const versionsMigration: Migration = {
  id: '0002-versions',
  statements: [
    `ALTER TABLE module_version ADD COLUMN code TEXT`,
    `ALTER TABLE module_version ADD COLUMN steps TEXT`,
    `CREATE TRIGGER module_version_is_not_edited BEFORE UPDATE ON module_version
    BEGIN SELECT RAISE(ABORT, 'module_version_is_immutable'); END`,
    `ALTER TABLE installation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE installation ADD COLUMN previous_version TEXT`,
    `ALTER TABLE installation ADD COLUMN settles_at INTEGER`,
    `CREATE INDEX installation_settles ON installation (settles_at) WHERE settles_at IS NOT NULL`,
    `CREATE TABLE store_version (
      store TEXT NOT NULL, module TEXT NOT NULL, version TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (store, module)) STRICT`,
    `CREATE TABLE removed_module (
      client_id TEXT NOT NULL REFERENCES client (id), module TEXT NOT NULL REFERENCES module (name),
      version TEXT NOT NULL, settings TEXT NOT NULL, sites TEXT NOT NULL, pinned INTEGER NOT NULL,
      installed_at INTEGER NOT NULL, removed_at INTEGER NOT NULL, drops_at INTEGER NOT NULL,
      PRIMARY KEY (client_id, module)) STRICT`,
    `CREATE INDEX removed_module_drops ON removed_module (drops_at)`,
    `CREATE TABLE rollout (
      id TEXT PRIMARY KEY NOT NULL, module TEXT NOT NULL, version TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'aborted', 'done')),
      max_error_rate REAL NOT NULL, reason TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
      FOREIGN KEY (module, version) REFERENCES module_version (module, version)) STRICT`,
    `CREATE UNIQUE INDEX rollout_one_at_a_time ON rollout (module) WHERE state IN ('running', 'paused', 'stopped')`,
    `CREATE TABLE rollout_store (
      rollout_id TEXT NOT NULL REFERENCES rollout (id), store_id TEXT NOT NULL REFERENCES store (id),
      client_id TEXT NOT NULL, cohort INTEGER NOT NULL CHECK (cohort IN (1, 2, 3)),
      place INTEGER NOT NULL, from_version TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'migrating', 'done', 'failed')),
      error TEXT, at INTEGER NOT NULL, PRIMARY KEY (rollout_id, store_id)) STRICT`,
    `CREATE INDEX rollout_store_next ON rollout_store (rollout_id, state, cohort, place)`,
  ],
};
