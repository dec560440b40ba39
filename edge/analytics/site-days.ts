/** Copies the sums of a site's days to the control plane, from where one question tells of all sites of an agency. */
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Clock, Database } from '../../schemas/ports/index.ts';
import { addDays } from '../../schemas/time/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { site, siteDay } from '../control/schema.ts';
import { estimate } from './sketch.ts';
import type { AnalyticsStores } from './stores.ts';
import { ALL, perDay, visitorsPerDay } from './tables.ts';
import { firstOpenDay } from './visitors.ts';

export type SiteDay = typeof siteDay.$inferSelect;

export interface SiteDaysDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly stores: AnalyticsStores;
  /** Milliseconds between two copies of one client in this process. */
  readonly everyMs?: number;
}

export interface SiteDays {
  /** Copies the days from `from` on; without it those that may still change. */
  copy(clientId: string, from?: string): Promise<void>;
  /** Hears that something was counted; copies it unless that was done a moment ago. */
  counted(clientId: string): Promise<void>;
  /** Copies what was put off. */
  catchUp(): Promise<void>;
  /** Forgets days before `day`. */
  forget(day: string): Promise<void>;
}

/** Days after which a day that was settled is not made anew any more: batches that come late are not later than this. */
const LATE_DAYS = 2;
/** Rows of one statement: each has eight values, and SQLite takes 32,766. */
const SLICE = 1_000;

const events = { views: 'view', visits: 'visit', starts: 'start', completions: 'complete', errors: 'error' } as const;
const figures = Object.keys(events) as (keyof typeof events)[];

export function createSiteDays({ db, clock, stores, everyMs = 60_000 }: SiteDaysDeps): SiteDays {
  const copiedAt = new Map<string, number>();
  const late = new Set<string>();

  const copy = async (clientId: string, from = addDays(firstOpenDay(clock.now()), -LATE_DAYS)): Promise<void> => {
    const counts = await stores.find(clientId);
    const sites = await db
      .select({ id: site.id })
      .from(site)
      .where(and(eq(site.clientId, clientId), isNull(site.deletedAt)));
    if (!counts || sites.length === 0) return;
    const rows = await daysOf(
      counts,
      sites.map(({ id }) => id),
      from,
    );
    const excluded = Object.fromEntries(
      [...figures, 'visitors' as const].map(name => [name, sql.raw(`excluded.${name}`)]),
    );
    for (let at = 0; at < rows.length; at += SLICE) {
      await db
        .insert(siteDay)
        .values(rows.slice(at, at + SLICE))
        .onConflictDoUpdate({ target: [siteDay.siteId, siteDay.day], set: excluded });
    }
  };

  const now = async (clientId: string): Promise<void> => {
    late.delete(clientId);
    copiedAt.set(clientId, clock.now());
    try {
      await copy(clientId);
    } catch (error) {
      late.add(clientId);
      throw error;
    }
  };

  return {
    copy,
    async counted(clientId) {
      if (clock.now() - (copiedAt.get(clientId) ?? 0) < everyMs) late.add(clientId);
      else await now(clientId);
    },
    async catchUp() {
      for (const clientId of [...late]) await now(clientId);
      for (const [clientId, at] of copiedAt) if (clock.now() - at > everyMs) copiedAt.delete(clientId);
    },
    async forget(day) {
      await db.delete(siteDay).where(lt(siteDay.day, day));
    },
  };
}

/** Sums of days that have any, of the sites, from the local date `from` on. */
async function daysOf(counts: Database, sites: readonly string[], from: string): Promise<SiteDay[]> {
  const these = `dimension = '${ALL}' AND site IN (SELECT value FROM json_each(?1)) AND day >= ?2`;
  const args = [JSON.stringify(sites), from];
  const sums = figures.map(name => `sum(counted) FILTER (WHERE event = '${events[name]}')`).join(', ');
  const [counted, people] = await counts.read([
    { sql: `SELECT site, day, ${sums} FROM ${perDay} WHERE ${these} GROUP BY site, day`, args },
    { sql: `SELECT site, day, filled, harmonic FROM ${visitorsPerDay} WHERE ${these}`, args },
  ]);
  const visitors = new Map(
    people!.rows.map(([id, day, filled, harmonic]) => [`${id} ${day}`, estimate(Number(filled), Number(harmonic))]),
  );
  return counted!.rows.map(([id, day, ...values]) => ({
    siteId: String(id),
    day: String(day),
    visitors: visitors.get(`${id} ${day}`) ?? 0,
    ...(Object.fromEntries(figures.map((name, index) => [name, Number(values[index] ?? 0)])) as Record<
      keyof typeof events,
      number
    >),
  }));
}
