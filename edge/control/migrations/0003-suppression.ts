/** E-mail addresses that a client was asked to forget, as keyed hashes. */
import type { Migration } from '../migrations.ts';

export const suppressionMigration: Migration = {
  id: '0003-suppression',
  statements: [
    `CREATE TABLE suppression (
      client_id TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (client_id, hash)) STRICT`,
  ],
};
