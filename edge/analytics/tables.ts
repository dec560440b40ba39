/** The tables of a client's analytics database. Counts are whole numbers; a day is a local date of the site, an hour its first instant. */

/** What an event is counted under, in the order that both tables begin with. */
export const subject = ['event', 'name', 'module', 'widget', 'variant'] as const;
const subjectColumns = subject.map(column => `${column} TEXT NOT NULL`).join(', ');

/** The row that counts every event once has the dimension `all`. */
export const ALL = 'all';
/** Bands of a vital's value. */
export const BIN = 'bin';
/** Visitors of each hour are kept beside those of the day. */
export const HOUR_OF = 'hour';
/** What was too rare to keep apart. */
export const OTHER = '(other)';

export const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS hourly (
    site TEXT NOT NULL, dimension TEXT NOT NULL, day TEXT NOT NULL, hour INTEGER NOT NULL, ${subjectColumns}, value TEXT NOT NULL,
    counted INTEGER NOT NULL, seen INTEGER NOT NULL,
    PRIMARY KEY (site, dimension, day, hour, ${subject.join(', ')}, value)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS daily (
    site TEXT NOT NULL, dimension TEXT NOT NULL, day TEXT NOT NULL, ${subjectColumns}, value TEXT NOT NULL,
    counted INTEGER NOT NULL, seen INTEGER NOT NULL,
    PRIMARY KEY (site, dimension, day, ${subject.join(', ')}, value)) STRICT, WITHOUT ROWID`,
  // Marks of a day's visitors, until the day is over.
  `CREATE TABLE IF NOT EXISTS mark (
    site TEXT NOT NULL, dimension TEXT NOT NULL, day TEXT NOT NULL, value TEXT NOT NULL, register INTEGER NOT NULL, rank INTEGER NOT NULL,
    PRIMARY KEY (site, dimension, day, value, register)) STRICT, WITHOUT ROWID`,
  // What is left of them: registers with a mark, and the sum of their 2^-rank.
  `CREATE TABLE IF NOT EXISTS visitors (
    site TEXT NOT NULL, dimension TEXT NOT NULL, day TEXT NOT NULL, value TEXT NOT NULL, filled INTEGER NOT NULL, harmonic REAL NOT NULL,
    PRIMARY KEY (site, dimension, day, value)) STRICT, WITHOUT ROWID`,
  // Days whose rows of \`daily\` and \`visitors\` are made.
  `CREATE TABLE IF NOT EXISTS settled (site TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (site, day)) STRICT, WITHOUT ROWID`,
  // Batches that were written, so that one that is sent again counts once.
  'CREATE TABLE IF NOT EXISTS batch (id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID',
];

const columns = `site, dimension, day, ${subject.join(', ')}, value, counted, seen`;
/** Condition on a row of the table. */
export const isSettled = (table: string) =>
  `EXISTS (SELECT 1 FROM settled s WHERE s.site = ${table}.site AND s.day = ${table}.day)`;
/**
 * The sites' days that are not settled, found by the key alone: a step for each day, where a condition on every row would read all
 * hours of days that are long settled.
 */
const openDays = (table: string) => `(WITH RECURSIVE
  site_of (site) AS (SELECT min(site) FROM ${table}
    UNION ALL SELECT (SELECT min(t.site) FROM ${table} t WHERE t.site > site_of.site) FROM site_of WHERE site_of.site IS NOT NULL),
  day_of (site, day) AS (
    SELECT site, (SELECT min(t.day) FROM ${table} t WHERE t.site = site_of.site AND t.dimension = '${ALL}')
      FROM site_of WHERE site IS NOT NULL
    UNION ALL SELECT site, (SELECT min(t.day) FROM ${table} t
      WHERE t.site = day_of.site AND t.dimension = '${ALL}' AND t.day > day_of.day) FROM day_of WHERE day IS NOT NULL)
  SELECT site, day FROM day_of WHERE day IS NOT NULL AND NOT ${isSettled('day_of')})`;
/** Rows of days, whether settled or not: for FROM. */
export const perDay = `(SELECT ${columns} FROM settled CROSS JOIN daily USING (site, day)
  UNION ALL SELECT ${columns} FROM ${openDays('hourly')} CROSS JOIN hourly USING (site, day))`;
export const visitorsPerDay = `(SELECT site, dimension, day, value, filled, harmonic FROM settled CROSS JOIN visitors USING (site, day)
  UNION ALL SELECT site, dimension, day, value, count(*), sum(1.0 / (1 << rank))
  FROM ${openDays('mark')} CROSS JOIN mark USING (site, day) GROUP BY site, dimension, day, value)`;

/** Inserts rows that come as one argument, a JSON array of arrays. An `ON CONFLICT` may follow. */
export const insertInto = (table: string, names: readonly string[]): string =>
  `INSERT INTO ${table} (${names.join(', ')})
    SELECT ${names.map((_, index) => `value ->> ${index}`).join(', ')} FROM json_each(?) WHERE true`;
