/** Certificates of clients' host names: by name, as a name outlives whose it is. */
import type { Migration } from '../migrations.ts';

export const hostCertificatesMigration: Migration = {
  id: '0010-host-certificates',
  statements: [
    `CREATE TABLE host_certificate (
      host TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL CHECK (state IN ('front', 'pending', 'ready', 'failed')),
      records TEXT NOT NULL, reason TEXT, since INTEGER NOT NULL, next_at INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE INDEX host_certificate_next ON host_certificate (next_at)`,
    `INSERT INTO host_certificate SELECT host, 'pending', '[]', NULL, 0, 0 FROM site_host WHERE state = 'verified'`,
  ],
};
