/** Where a site's widgets were wanted and refused, so that whoever runs the site sees what is missing. */
import type { Migration } from '../migrations.ts';

export const refusedOriginsMigration: Migration = {
  id: '0011-refused-origins',
  statements: [
    `CREATE TABLE refused_origin (
      site_id TEXT NOT NULL REFERENCES site (id), origin TEXT NOT NULL, last_at INTEGER NOT NULL,
      PRIMARY KEY (site_id, origin)) STRICT, WITHOUT ROWID`,
  ],
};
