/** Sites whose visitors prove themselves to a service. */
import type { Migration } from '../migrations.ts';

export const siteCaptchaMigration: Migration = {
  id: '0009-site-captcha',
  statements: [
    `CREATE TABLE site_captcha (
      site_id TEXT PRIMARY KEY NOT NULL REFERENCES site (id), provider TEXT NOT NULL CHECK (provider IN ('turnstile')),
      service_key TEXT NOT NULL, secret_sealed TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT`,
  ],
};
