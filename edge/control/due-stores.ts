/** Which stores have work that is due, without opening them: an earliest time for each, lowered as work is made. */
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Clock } from '../../schemas/ports/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import type { ControlDatabase } from './database.ts';
import { store } from './schema.ts';

export interface DueStore {
  readonly clientId: string;
  /** What `settle` compares with. */
  readonly nextDueAt: number | null;
}

export interface LookedInto {
  readonly seen: DueStore;
  /** When its next work is due, if any. */
  readonly next: number | undefined;
}

export interface DueStores {
  /** Something of the client is due at `at` (epoch milliseconds): written where the known time is later or none. */
  note(clientId: string, at: number): Promise<void>;
  /** Stores whose time has come, the longest waiting first; those of deleted clients too, until they are settled. */
  due(now: number, limit: number): Promise<readonly DueStore[]>;
  /** Stores that nobody has looked into since `before`, the longest first. */
  forgotten(before: number, limit: number): Promise<readonly DueStore[]>;
  /** Notes in one commit that stores were looked into; sets the time of each unless another has lowered it meanwhile. */
  settle(looked: readonly LookedInto[]): Promise<void>;
}

/** How long a note is taken to stand without looking. A note lost to another host's `settle` is made up for by `forgotten`. */
const trustedMs = 10_000;
const capacity = 20_000;

export function createDueStores({ db, clock }: { readonly db: ControlDatabase; readonly clock: Clock }): DueStores {
  const noted = new BoundedCache<{ readonly at: number; readonly until: number }>(capacity);
  const columns = { clientId: store.clientId, nextDueAt: store.nextDueAt };
  return {
    async note(clientId, at) {
      const known = noted.get(clientId);
      if (known && known.at <= at && clock.now() < known.until) return;
      await db
        .update(store)
        .set({ nextDueAt: at })
        .where(
          and(
            eq(store.clientId, clientId),
            isNull(store.siteId),
            sql`(${store.nextDueAt} IS NULL OR ${store.nextDueAt} > ${at})`,
          ),
        );
      noted.set(clientId, { at, until: clock.now() + trustedMs });
    },
    due: async (now, limit) =>
      db
        .select(columns)
        .from(store)
        .where(and(lte(store.nextDueAt, now), isNull(store.siteId)))
        .orderBy(asc(store.nextDueAt))
        .limit(limit),
    forgotten: async (before, limit) =>
      db
        .select(columns)
        .from(store)
        .where(and(lte(store.lookedAt, before), isNull(store.siteId)))
        .orderBy(asc(store.lookedAt))
        .limit(limit),
    async settle(looked) {
      const updates = looked.map(({ seen: { clientId, nextDueAt }, next }) => {
        noted.delete(clientId);
        return db
          .update(store)
          .set({
            lookedAt: clock.now(),
            nextDueAt: sql`CASE WHEN ${store.nextDueAt} IS ${nextDueAt} THEN ${next ?? null} ELSE ${store.nextDueAt} END`,
          })
          .where(and(eq(store.clientId, clientId), isNull(store.siteId)));
      });
      const [first, ...others] = updates;
      if (first) await db.batch([first, ...others]);
    },
  };
}
