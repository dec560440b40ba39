/** Which clients have a database of what was counted, and the salts that visitors are told apart by on one day. */
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { client } from './tenants.ts';

export const analyticsStore = sqliteTable('analytics_store', {
  clientId: text('client_id')
    .primaryKey()
    .references(() => client.id),
  /** Name of the database. */
  name: text().notNull().unique(),
  createdAt: integer('created_at').notNull(),
});

/** Deleted when the day is over everywhere; nobody can tell visitors from then on. */
export const analyticsSalt = sqliteTable('analytics_salt', {
  /** A local date, of whichever zone. */
  day: text().primaryKey(),
  salt: blob({ mode: 'buffer' }).notNull(),
});
