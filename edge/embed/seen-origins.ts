/** Remembers for whoever runs a site when a page at one of its addresses last showed a widget. */
import { and, eq } from 'drizzle-orm';
import { siteOrigin } from '../control/schema.ts';
import { oncePer } from './once-per.ts';
import type { OriginNotes, OriginNotesDeps } from './origin-notes.ts';

/** A busy page costs one small write in so long. */
const againMs = 10 * 60_000;

/** An address that is not on the site's list is left out. */
export function createSeenOrigins({ db, clock, scheduler }: OriginNotesDeps): OriginNotes {
  const due = oncePer(againMs, clock);
  return {
    note(siteId, origin) {
      if (!due(`${siteId} ${origin}`)) return;
      const lastAt = clock.now();
      scheduler.defer(async () => {
        await db
          .update(siteOrigin)
          .set({ lastAt })
          .where(and(eq(siteOrigin.siteId, siteId), eq(siteOrigin.origin, origin)));
      });
    },
  };
}
