/** What runs where: the modules known, the versions seen, what each client has installed and each site shows. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { client, site } from './tenants.ts';

export type Settings = Readonly<Record<string, unknown>>;

export const module = sqliteTable('module', {
  name: text().primaryKey(),
  publisherId: text('publisher_id').notNull().unique(),
  createdAt: integer('created_at').notNull(),
});

/** `hash` is the SHA-256 of the manifest's JSON. */
export const moduleVersion = sqliteTable(
  'module_version',
  {
    module: text()
      .notNull()
      .references(() => module.name),
    version: text().notNull(),
    manifest: text({ mode: 'json' }).$type<unknown>().notNull(),
    hash: text().notNull(),
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
