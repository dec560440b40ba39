/** Where each store's chain of audit rows begins and ends. */
import type { Migration } from '../migrations.ts';

export const auditAnchorsMigration: Migration = {
  id: '0006-audit-anchors',
  statements: [
    `CREATE TABLE audit_anchor (
      store TEXT PRIMARY KEY NOT NULL, from_seq INTEGER NOT NULL, from_hash TEXT NOT NULL, from_digest TEXT NOT NULL,
      head_seq INTEGER NOT NULL, head_hash TEXT NOT NULL, head_digest TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
  ],
};
