/** Who is counted on a site, where that is kept, and the salts of the days. */
import type { Migration } from '../migrations.ts';

export const analyticsMigration: Migration = {
  id: '0007-analytics',
  statements: [
    `ALTER TABLE site ADD COLUMN analytics TEXT NOT NULL DEFAULT 'cookieless'
      CHECK (analytics IN ('off', 'cookieless', 'consent'))`,
    `CREATE TABLE analytics_store (
      client_id TEXT PRIMARY KEY NOT NULL REFERENCES client (id), name TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL) STRICT`,
    'CREATE TABLE analytics_salt (day TEXT PRIMARY KEY NOT NULL, salt BLOB NOT NULL) STRICT',
  ],
};
