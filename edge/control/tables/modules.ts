/** What runs where: the modules known, the versions seen, what each client has installed and each site shows. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { client, site } from './tenants.ts';

export type Settings = Readonly<Record<string, unknown>>;

export const module = sqliteTable('module', {
  name: text().primaryKey(),
  publisherId: text('publisher_id').notNull().unique(),
  createdAt: integer('created_at').notNull(),
});

/** A version as it was published; never edited. `hash` is the SHA-256 of the manifest's canonical JSON. */
export const moduleVersion = sqliteTable(
  'module_version',
  {
    module: text()
      .notNull()
      .references(() => module.name),
    version: text().notNull(),
    manifest: text({ mode: 'json' }).$type<unknown>().notNull(),
    hash: text().notNull(),
    /** Where its code is: `folder`, or null for a version that is data alone. */
    code: text(),
    /** What leads from the version before to this one, for review. */
    steps: text({ mode: 'json' }).$type<unknown>(),
    createdAt: integer('created_at').notNull(),
  },
  t => [primaryKey({ columns: [t.module, t.version] })],
);

export const installation = sqliteTable(
  'installation',
  {
    clientId: text('client_id')
      .notNull()
      .references(() => client.id),
    module: text()
      .notNull()
      .references(() => module.name),
    version: text().notNull(),
    settings: text({ mode: 'json' }).$type<Settings>().notNull(),
    installedAt: integer('installed_at').notNull(),
    /** Kept at its version by a person; rollouts pass it by. */
    pinned: integer({ mode: 'boolean' }).notNull().default(false),
    /** What a rollback flips back to. */
    previousVersion: text('previous_version'),
    /** Set while a version's backfill is not finished: when its last pass may run. */
    settlesAt: integer('settles_at'),
  },
  t => [primaryKey({ columns: [t.clientId, t.module] }), index('installation_version').on(t.module, t.version)],
);

/** A row exists from the first time a module was switched on or off, or set up, on the site. */
export const siteModule = sqliteTable(
  'site_module',
  {
    siteId: text('site_id')
      .notNull()
      .references(() => site.id),
    module: text()
      .notNull()
      .references(() => module.name),
    enabled: integer({ mode: 'boolean' }).notNull(),
    settings: text({ mode: 'json' }).$type<Settings>().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  t => [primaryKey({ columns: [t.siteId, t.module] })],
);
