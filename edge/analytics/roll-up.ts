/** Makes days of hours once they are over, and lets go of what is past its time. Running it again changes nothing. */
import type { Clock, Database, Statement } from '../../schemas/ports/index.ts';
import { addDays } from '../../schemas/time/index.ts';
import type { AnalyticsStores } from './stores.ts';
import { ALL, BIN, HOUR_OF, isSettled, OTHER, subject } from './tables.ts';
import { firstOpenDay } from './visitors.ts';

export interface Kept {
  /** Days. */
  readonly hourly: number;
  /** Days. */
  readonly daily: number;
}

/** 90 days of hours, 25 months of days. */
export const usualKept: Kept = { hourly: 90, daily: 760 };

/** Values of one dimension that a site keeps apart on one day: those counted most. */
export const TOP = 100;
/** Days after which a settled day's marks go: a batch that comes late still finds them. */
const MARKS_DAYS = 2;
/** Days that settle in one turn of one client. */
const MOST_DAYS = 100;

const where = 'site = ? AND day = ?';
const names = subject.join(', ');
/** Values by how much they were counted; what is not among the first is \`(other)\`. */
const ranked = `ranked AS (SELECT dimension, value,
  row_number() OVER (PARTITION BY dimension ORDER BY value = '${OTHER}', sum(counted) DESC, value) AS place
  FROM hourly WHERE ${where} GROUP BY dimension, value)`;
const shown = (table: string) =>
  `CASE WHEN ${table}.dimension IN ('${ALL}', '${BIN}', '${HOUR_OF}') OR coalesce(place, 0) BETWEEN 1 AND ${TOP}
    THEN ${table}.value ELSE '${OTHER}' END`;

/** One day of one site, anew from its hours. */
function settle(site: string, day: string): Statement[] {
  const args = [site, day];
  return [
    { sql: `DELETE FROM daily WHERE ${where}`, args },
    {
      sql: `INSERT INTO daily (site, dimension, day, ${names}, value, counted, seen)
        WITH ${ranked}
        SELECT h.site, h.dimension, h.day, ${names}, ${shown('h')} AS shown, sum(counted), sum(seen)
        FROM hourly h JOIN ranked USING (dimension, value) WHERE h.site = ? AND h.day = ?
        GROUP BY h.dimension, ${names}, shown`,
      args: [...args, ...args],
    },
    {
      sql: `INSERT OR REPLACE INTO visitors (site, dimension, day, value, filled, harmonic)
        WITH ${ranked},
        merged AS (SELECT m.dimension, ${shown('m')} AS shown, register, max(rank) AS rank
          FROM mark m LEFT JOIN ranked USING (dimension, value) WHERE m.site = ? AND m.day = ? GROUP BY 1, 2, 3)
        SELECT ?, dimension, ?, shown, count(*), sum(1.0 / (1 << rank)) FROM merged GROUP BY dimension, shown`,
      args: [...args, ...args, ...args],
    },
    { sql: 'INSERT OR REPLACE INTO settled (site, day) VALUES (?, ?)', args },
  ];
}

/** Settles what is over in every zone by `now`. Throws `DatabaseError`. */
export async function rollUp(db: Database, now: number, kept: Kept = usualKept): Promise<void> {
  const open = firstOpenDay(now);
  const [due] = await db.read([
    {
      sql: `SELECT DISTINCT site, day FROM hourly WHERE dimension = '${ALL}' AND day < ? AND NOT ${isSettled('hourly')}
        ORDER BY day LIMIT ${MOST_DAYS}`,
      args: [open],
    },
  ]);
  for (const [site, day] of due!.rows) await db.write(settle(String(site), String(day)));
  const hours = addDays(open, -kept.hourly);
  const days = addDays(open, -kept.daily);
  await db.write([
    { sql: `DELETE FROM hourly WHERE day < ? AND ${isSettled('hourly')}`, args: [hours] },
    { sql: `DELETE FROM mark WHERE day < ? AND ${isSettled('mark')}`, args: [addDays(open, -MARKS_DAYS)] },
    { sql: `DELETE FROM visitors WHERE day < ? AND dimension = '${HOUR_OF}'`, args: [hours] },
    ...['daily', 'visitors', 'settled'].map(table => ({ sql: `DELETE FROM ${table} WHERE day < ?`, args: [days] })),
    { sql: 'DELETE FROM batch WHERE at < ?', args: [now - 86_400_000] },
  ]);
}

/** Every client's; one that fails does not stop the others. Throws the first failure at the end. */
export async function rollUpAll(
  {
    stores,
    clock,
    settled,
  }: {
    readonly stores: AnalyticsStores;
    readonly clock: Clock;
    /** Hears of each client whose days are settled. */
    readonly settled: (clientId: string) => Promise<void>;
  },
  kept?: Kept,
): Promise<void> {
  const failures: unknown[] = [];
  for (const clientId of await stores.clientIds()) {
    try {
      const db = await stores.find(clientId);
      if (!db) continue;
      await rollUp(db, clock.now(), kept);
      await settled(clientId);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
