/** Where each store stands, rollouts of a version over many stores, and modules that were removed a while ago. */
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Settings } from './modules.ts';
import { client, store } from './tenants.ts';

/** A mirror of the ledger inside each store, which is the truth. */
export const storeVersion = sqliteTable(
  'store_version',
  {
    /** Name of the database. */
    store: text().notNull(),
    module: text().notNull(),
    version: text().notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.store, t.module] })],
);

export interface RemovedSite {
  readonly siteId: string;
  readonly settings: Settings;
}

/** A module that was uninstalled: installing it again before `dropsAt` gives everything back. */
export const removedModule = sqliteTable(
  'removed_module',
  {
    clientId: text('client_id')
      .notNull()
      .references(() => client.id),
    module: text().notNull(),
    version: text().notNull(),
    settings: text({ mode: 'json' }).$type<Settings>().notNull(),
    /** What the sites had set up. */
    sites: text({ mode: 'json' }).$type<readonly RemovedSite[]>().notNull(),
    pinned: integer({ mode: 'boolean' }).notNull(),
    installedAt: integer('installed_at').notNull(),
    removedAt: integer('removed_at').notNull(),
    dropsAt: integer('drops_at').notNull(),
  },
  t => [primaryKey({ columns: [t.clientId, t.module] }), index('removed_module_drops').on(t.dropsAt)],
);

/** `stopped` by its error rate; a person resumes or aborts it. */
export type RolloutState = 'running' | 'paused' | 'stopped' | 'aborted' | 'done';

export const rollout = sqliteTable('rollout', {
  id: text().primaryKey(),
  module: text().notNull(),
  version: text().notNull(),
  state: text().$type<RolloutState>().notNull(),
  /** Share of a cohort's stores, from 0 to 1. */
  maxErrorRate: real('max_error_rate').notNull(),
  reason: text(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const rolloutStore = sqliteTable(
  'rollout_store',
  {
    rolloutId: text('rollout_id')
      .notNull()
      .references(() => rollout.id),
    storeId: text('store_id')
      .notNull()
      .references(() => store.id),
    clientId: text('client_id').notNull(),
    /** 1 (1 %), 2 (10 %) or 3 (the rest). */
    cohort: integer().notNull(),
    /** The store's place in the order, from its id. */
    place: integer().notNull(),
    fromVersion: text('from_version').notNull(),
    state: text().$type<'pending' | 'migrating' | 'done' | 'failed'>().notNull(),
    error: text(),
    at: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.rolloutId, t.storeId] }),
    index('rollout_store_next').on(t.rolloutId, t.state, t.cohort, t.place),
  ],
);
