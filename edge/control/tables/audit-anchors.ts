/** Where each store's chain of audit rows begins and ends; see edge/engine/audit. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const auditAnchor = sqliteTable('audit_anchor', {
  /** Name of the store's database. */
  store: text().primaryKey(),
  fromSeq: integer('from_seq').notNull(),
  fromHash: text('from_hash').notNull(),
  fromDigest: text('from_digest').notNull(),
  headSeq: integer('head_seq').notNull(),
  headHash: text('head_hash').notNull(),
  headDigest: text('head_digest').notNull(),
  at: integer().notNull(),
});
