/** Sites whose visitors prove themselves to a service; every other site asks for a proof of work. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { site } from './tenants.ts';

export const siteCaptcha = sqliteTable('site_captcha', {
  siteId: text('site_id')
    .primaryKey()
    .references(() => site.id),
  provider: text({ enum: ['turnstile'] }).notNull(),
  /** Public key of the site at the service. */
  serviceKey: text('service_key').notNull(),
  /** AES-256-GCM under a key derived from the master key. */
  secretSealed: text('secret_sealed').notNull(),
  /** Epoch milliseconds. */
  updatedAt: integer('updated_at').notNull(),
});
