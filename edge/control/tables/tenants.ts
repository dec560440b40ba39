/** Whom they work for: clients, their sites, the sites' origins, and where each client's records live. */
import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import type { AnalyticsMode, SiteTheme } from '../../../schemas/protocol/index.ts';
import { agency } from './people.ts';

export const client = sqliteTable(
  'client',
  {
    id: text().primaryKey(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agency.id),
    name: text().notNull(),
    zone: text().notNull(),
    createdAt: integer('created_at').notNull(),
    deletedAt: integer('deleted_at'),
  },
  t => [index('client_agency').on(t.agencyId, t.id)],
);

export const site = sqliteTable(
  'site',
  {
    id: text().primaryKey(),
    clientId: text('client_id')
      .notNull()
      .references(() => client.id),
    name: text().notNull(),
    siteKey: text('site_key').notNull().unique(),
    locale: text().notNull(),
    zone: text().notNull(),
    theme: text({ mode: 'json' }).$type<SiteTheme>().notNull(),
    analytics: text().$type<AnalyticsMode>().notNull().default('cookieless'),
    createdAt: integer('created_at').notNull(),
    deletedAt: integer('deleted_at'),
  },
  t => [index('site_client').on(t.clientId, t.id)],
);

/** `origin` is in the form that `new URL(x).origin` gives. */
export const siteOrigin = sqliteTable(
  'site_origin',
  {
    id: text().primaryKey(),
    siteId: text('site_id')
      .notNull()
      .references(() => site.id),
    origin: text().notNull(),
    createdAt: integer('created_at').notNull(),
    /** When a page there last showed a widget. */
    lastAt: integer('last_at'),
  },
  t => [unique().on(t.siteId, t.origin), index('site_origin_origin').on(t.origin)],
);

/** `pending` until the engine has made the database. */
export type StoreState = 'pending' | 'ready' | 'quarantined' | 'dropped';

/** `name` is the database's name; `schemaRev` mirrors the ledger inside the store. */
export const store = sqliteTable(
  'store',
  {
    id: text().primaryKey(),
    clientId: text('client_id')
      .notNull()
      .references(() => client.id),
    siteId: text('site_id').references(() => site.id),
    name: text().notNull().unique(),
    schemaRev: integer('schema_rev').notNull(),
    state: text().$type<StoreState>().notNull(),
    /** No job or delivery in it is due before; null where none waits. */
    nextDueAt: integer('next_due_at'),
    /** When it was last looked into for what is due. */
    lookedAt: integer('looked_at').notNull().default(0),
    createdAt: integer('created_at').notNull(),
  },
  t => [
    index('store_client').on(t.clientId),
    index('store_next_due').on(t.nextDueAt),
    index('store_looked').on(t.lookedAt),
  ],
);
