/** Host names of clients that lead to us: one site at a time has a name. */
import type { Migration } from '../migrations.ts';

export const siteHostsMigration: Migration = {
  id: '0008-site-hosts',
  statements: [
    `CREATE TABLE site_host (
      id TEXT PRIMARY KEY NOT NULL, site_id TEXT NOT NULL REFERENCES site (id), host TEXT NOT NULL, token TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'verified', 'suspended')),
      checked_at INTEGER, lost_at INTEGER, created_at INTEGER NOT NULL, UNIQUE (site_id, host)) STRICT`,
    `CREATE UNIQUE INDEX site_host_owner ON site_host (host) WHERE state = 'verified'`,
    `CREATE INDEX site_host_checked ON site_host (state, checked_at)`,
  ],
};
