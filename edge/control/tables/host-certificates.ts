/** What is known of the certificates of clients' host names, and of names that are to be released; see edge/domains. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { HostRecord } from '../../../schemas/ports/index.ts';

export const hostCertificate = sqliteTable(
  'host_certificate',
  {
    host: text().primaryKey(),
    state: text({ enum: ['front', 'pending', 'ready', 'failed'] }).notNull(),
    records: text({ mode: 'json' }).$type<readonly HostRecord[]>().notNull(),
    reason: text(),
    /** Epoch milliseconds, as below: when this state began. */
    since: integer().notNull(),
    nextAt: integer('next_at').notNull(),
  },
  t => [index('host_certificate_next').on(t.nextAt)],
);
