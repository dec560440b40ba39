/** E-mail addresses that a client was asked to forget. Rows outlive the client, so that an old archive brings nobody back. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const suppression = sqliteTable(
  'suppression',
  {
    clientId: text('client_id').notNull(),
    /** Keyed with the master key: it confirms an address, and reveals none. */
    hash: text().notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.clientId, t.hash] })],
);
