/** Remembers for whoever runs a site when a page at one of its addresses last showed a widget. */
import { and, eq } from 'drizzle-orm';
import type { Clock, Scheduler } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { siteOrigin } from '../control/schema.ts';
import { oncePer } from './once-per.ts';

/** A busy page costs one small write in so long. */
const againMs = 10 * 60_000;

export interface SeenOrigins {
  /** After a session was given; an address that is not on the site's list is left out. */
  note(siteId: string, origin: string): void;
}

export interface SeenOriginsDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

export function createSeenOrigins({ db, clock, scheduler }: SeenOriginsDeps): SeenOrigins {
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
