/** Which stores have work that is due, without opening them: an earliest time for each, lowered as work is made. */
import { and, asc, eq, exists, isNull, lte, sql } from 'drizzle-orm';
import type { Clock } from '../../schemas/ports/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import type { ControlDatabase } from './database.ts';
import { client, installation, store } from './schema.ts';

export interface DueStore {
  readonly clientId: string;
  /** What `settle` compares with. */
  readonly nextDueAt: number | null;
}

export interface DueStores {
  /** Something of the client is due at `at` (epoch milliseconds): written where the known time is later or none. */
  note(clientId: string, at: number): Promise<void>;
  /** Stores whose time has come, the longest waiting first. */
  due(now: number, limit: number): Promise<readonly DueStore[]>;
  /** Stores with modules that nobody has looked into since `before`, the longest first. */
  forgotten(before: number, limit: number): Promise<readonly DueStore[]>;
  /** Notes that a store was looked into; sets its time unless another has lowered it meanwhile. */
  settle(seen: DueStore, next: number | undefined): Promise<void>;
}

/** How long a note is taken to stand without looking. A note lost to another host's `settle` is made up for by `forgotten`. */
const trustedMs = 10_000;
const capacity = 20_000;

export function createDueStores({ db, clock }: { readonly db: ControlDatabase; readonly clock: Clock }): DueStores {
  const noted = new BoundedCache<{ readonly at: number; readonly until: number }>(capacity);
  const columns = { clientId: store.clientId, nextDueAt: store.nextDueAt };
  const living = exists(
    db
      .select({ one: sql`1` })
      .from(client)
      .where(and(eq(client.id, store.clientId), isNull(client.deletedAt))),
  );
  const furnished = exists(
    db.select({ one: sql`1` }).from(installation).where(eq(installation.clientId, store.clientId)),
  );
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
        .where(and(lte(store.nextDueAt, now), isNull(store.siteId), living))
        .orderBy(asc(store.nextDueAt))
        .limit(limit),
    forgotten: async (before, limit) =>
      db
        .select(columns)
        .from(store)
        .where(and(lte(store.lookedAt, before), isNull(store.siteId), living, furnished))
        .orderBy(asc(store.lookedAt))
        .limit(limit),
    async settle({ clientId, nextDueAt }, next) {
      noted.delete(clientId);
      await db
        .update(store)
        .set({
          lookedAt: clock.now(),
          nextDueAt: sql`CASE WHEN ${store.nextDueAt} IS ${nextDueAt} THEN ${next ?? null} ELSE ${store.nextDueAt} END`,
        })
        .where(and(eq(store.clientId, clientId), isNull(store.siteId)));
    },
  };
}
