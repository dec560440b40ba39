/** Which stores have work that is due, known without opening them. Every store that is there is looked into once. */
import type { Migration } from '../migrations.ts';

export const dueStoresMigration: Migration = {
  id: '0004-due-stores',
  statements: [
    'ALTER TABLE store ADD COLUMN next_due_at INTEGER',
    'ALTER TABLE store ADD COLUMN looked_at INTEGER NOT NULL DEFAULT 0',
    'UPDATE store SET next_due_at = 0',
    'CREATE INDEX store_next_due ON store (next_due_at) WHERE next_due_at IS NOT NULL',
    'CREATE INDEX store_looked ON store (looked_at)',
  ],
};
