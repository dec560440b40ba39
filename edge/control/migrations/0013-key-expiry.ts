/** When a key stops being good by itself; null for never. */
import type { Migration } from '../migrations.ts';

export const keyExpiryMigration: Migration = {
  id: '0013-key-expiry',
  statements: ['ALTER TABLE api_key ADD COLUMN expires_at INTEGER'],
};
