/** Copies of stores that are kept for a while, and what was taken from a store for good after one was made. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { client, store } from './tenants.ts';

/** `name` is the copy's database. One that is still `making` after a while was cut off. */
export const snapshot = sqliteTable(
  'snapshot',
  {
    id: text().primaryKey(),
    clientId: text('client_id')
      .notNull()
      .references(() => client.id),
    storeId: text('store_id')
      .notNull()
      .references(() => store.id),
    name: text().notNull().unique(),
    /** What it was made before, or `asked for`. */
    reason: text().notNull(),
    state: text().$type<'making' | 'ready'>().notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  t => [index('snapshot_client').on(t.clientId, t.id), index('snapshot_expires').on(t.expiresAt)],
);

/** Columns and tables that a person let go for good; mirrors the steps in the store's ledger. */
export const contraction = sqliteTable(
  'contraction',
  {
    id: text().primaryKey(),
    clientId: text('client_id')
      .notNull()
      .references(() => client.id),
    module: text().notNull(),
    version: text().notNull(),
    /** As `entity` or `entity.field`. */
    parts: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** Made before the first step; null until then. */
    snapshotId: text('snapshot_id'),
    state: text().$type<'running' | 'done' | 'failed'>().notNull(),
    error: text(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  t => [index('contraction_client').on(t.clientId, t.module, t.id)],
);
