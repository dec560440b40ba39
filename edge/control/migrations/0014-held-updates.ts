/** Since when an agency holds the updates of its clients; null where they take them. */
import type { Migration } from '../migrations.ts';

export const heldUpdatesMigration: Migration = {
  id: '0014-held-updates',
  statements: ['ALTER TABLE agency ADD COLUMN updates_held_at INTEGER'],
};
