/** Host names of clients that lead to us; see edge/domains. */
import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import { site } from './tenants.ts';

export const siteHost = sqliteTable(
  'site_host',
  {
    id: text().primaryKey(),
    siteId: text('site_id')
      .notNull()
      .references(() => site.id),
    /** ASCII form, lower case. */
    host: text().notNull(),
    /** Published by whoever runs the name, in a TXT record. */
    token: text().notNull(),
    state: text({ enum: ['pending', 'verified', 'suspended'] }).notNull(),
    /** Epoch milliseconds, as all below. */
    checkedAt: integer('checked_at'),
    /** Since when the record is gone, while it is. */
    lostAt: integer('lost_at'),
    createdAt: integer('created_at').notNull(),
  },
  t => [unique().on(t.siteId, t.host), index('site_host_checked').on(t.state, t.checkedAt)],
);
