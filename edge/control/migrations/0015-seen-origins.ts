/** When a page at a site's address last showed a widget; null for never. */
import type { Migration } from '../migrations.ts';

export const seenOriginsMigration: Migration = {
  id: '0015-seen-origins',
  statements: ['ALTER TABLE site_origin ADD COLUMN last_at INTEGER'],
};
