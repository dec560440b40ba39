/** Which clients have a database of what was counted, the sums of a site's days, and the salts that visitors are told apart by on one day. */
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { client, site } from './tenants.ts';

export const analyticsStore = sqliteTable('analytics_store', {
  clientId: text('client_id')
    .primaryKey()
    .references(() => client.id),
  /** Name of the database. */
  name: text().notNull().unique(),
  createdAt: integer('created_at').notNull(),
});

/** What the agency's overview shows, copied from the clients' databases; `day` is the site's local date. */
export const siteDay = sqliteTable(
  'site_day',
  {
    siteId: text('site_id')
      .notNull()
      .references(() => site.id),
    day: text().notNull(),
    views: integer().notNull(),
    visits: integer().notNull(),
    visitors: integer().notNull(),
    starts: integer().notNull(),
    completions: integer().notNull(),
    errors: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.siteId, t.day] })],
);

/** Deleted when the day is over everywhere; nobody can tell visitors from then on. */
export const analyticsSalt = sqliteTable('analytics_salt', {
  /** A local date, of whichever zone. */
  day: text().primaryKey(),
  salt: blob({ mode: 'buffer' }).notNull(),
});
