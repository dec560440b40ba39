/** Remembers for whoever runs a site which pages asked for its widgets in vain. */
import { and, desc, eq, gt, lte, notExists, notInArray, or } from 'drizzle-orm';
import type { ControlDatabase } from '../control/database.ts';
import { refusedOrigin, siteOrigin } from '../control/schema.ts';
import { oncePer } from './once-per.ts';
import type { OriginNotes, OriginNotesDeps } from './origin-notes.ts';

/** What anybody can make us write is little: so many for a site, each so often. */
const perSite = 20;
const againMs = 3_600_000;
const keptMs = 30 * 24 * 3_600_000;

/** Whatever is no origin of a web page is left out. */
export function createRefusedOrigins({ db, clock, scheduler }: OriginNotesDeps): OriginNotes {
  const due = oncePer(againMs, clock);
  return {
    note(siteId, origin) {
      if (!isOfPage(origin) || !due(`${siteId} ${origin}`)) return;
      const row = { siteId, origin, lastAt: clock.now() };
      scheduler.defer(() => write(db, row));
    },
  };
}

/** The latest first, without what is on the list by now. */
export const refusedOf = (db: ControlDatabase, siteId: string, now: number) =>
  db
    .select({ origin: refusedOrigin.origin, lastAt: refusedOrigin.lastAt })
    .from(refusedOrigin)
    .where(
      and(
        eq(refusedOrigin.siteId, siteId),
        gt(refusedOrigin.lastAt, now - keptMs),
        notExists(
          db
            .select({ id: siteOrigin.id })
            .from(siteOrigin)
            .where(and(eq(siteOrigin.siteId, siteId), eq(siteOrigin.origin, refusedOrigin.origin))),
        ),
      ),
    )
    .orderBy(desc(refusedOrigin.lastAt), refusedOrigin.origin);

async function write(db: ControlDatabase, row: typeof refusedOrigin.$inferInsert): Promise<void> {
  const ofSite = eq(refusedOrigin.siteId, row.siteId);
  const latest = db
    .select({ origin: refusedOrigin.origin })
    .from(refusedOrigin)
    .where(ofSite)
    .orderBy(desc(refusedOrigin.lastAt))
    .limit(perSite);
  await db.batch([
    db
      .insert(refusedOrigin)
      .values(row)
      .onConflictDoUpdate({ target: [refusedOrigin.siteId, refusedOrigin.origin], set: { lastAt: row.lastAt } }),
    db
      .delete(refusedOrigin)
      .where(and(ofSite, or(lte(refusedOrigin.lastAt, row.lastAt - keptMs), notInArray(refusedOrigin.origin, latest)))),
  ]);
}

/** In the one form in which browsers send it, so that what is allowed later is what was refused. */
const isOfPage = (origin: string): boolean =>
  origin.length <= 300 && /^https?:\/\//.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin;
