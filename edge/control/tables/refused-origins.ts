/** Pages that asked for a site's widgets and are not on its list; see edge/embed/refused-origins.ts. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { site } from './tenants.ts';

export const refusedOrigin = sqliteTable(
  'refused_origin',
  {
    siteId: text('site_id')
      .notNull()
      .references(() => site.id),
    origin: text().notNull(),
    /** Epoch milliseconds. */
    lastAt: integer('last_at').notNull(),
  },
  t => [primaryKey({ columns: [t.siteId, t.origin] })],
);
