/** Sums of each site's days, so that an overview of all sites asks one database. */
import type { Migration } from '../migrations.ts';

const counts = ['views', 'visits', 'visitors', 'starts', 'completions', 'errors'];

export const siteDaysMigration: Migration = {
  id: '0012-site-days',
  statements: [
    `CREATE TABLE site_day (
      site_id TEXT NOT NULL REFERENCES site (id), day TEXT NOT NULL,
      ${counts.map(name => `${name} INTEGER NOT NULL`).join(', ')},
      PRIMARY KEY (site_id, day)) STRICT, WITHOUT ROWID`,
  ],
};
