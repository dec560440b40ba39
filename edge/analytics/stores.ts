/** Finds the database of what was counted for a client, and makes it with the first event. */
import { asc, eq } from 'drizzle-orm';
import type { Clock, Database, Databases } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { analyticsStore } from '../control/schema.ts';
import { tables } from './tables.ts';

export interface AnalyticsStores {
  /** Makes what is missing. */
  make(clientId: string): Promise<Database>;
  /** Undefined where nothing has been counted yet. */
  find(clientId: string): Promise<Database | undefined>;
  clientIds(): Promise<readonly string[]>;
  /** Ends it for good. */
  drop(clientId: string): Promise<void>;
}

/** A database of its own, so that a burst of visits waits for no booking and no booking for it. */
export const analyticsName = (clientId: string): string => `analytics-${clientId}`;

export function createAnalyticsStores({
  db,
  clock,
  databases,
}: {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly databases: Databases;
}): AnalyticsStores {
  const made = new Set<string>();
  return {
    async make(clientId) {
      const name = analyticsName(clientId);
      if (made.has(clientId)) return databases.open(name);
      await db.insert(analyticsStore).values({ clientId, name, createdAt: clock.now() }).onConflictDoNothing();
      await databases.create(name);
      const database = await databases.open(name);
      await database.write(tables.map(sql => ({ sql })));
      made.add(clientId);
      return database;
    },
    async find(clientId) {
      const row = await db.select().from(analyticsStore).where(eq(analyticsStore.clientId, clientId)).get();
      // One that was cut off while it was made is made whole.
      return row && this.make(clientId);
    },
    async clientIds() {
      const rows = await db
        .select({ id: analyticsStore.clientId })
        .from(analyticsStore)
        .orderBy(asc(analyticsStore.clientId));
      return rows.map(({ id }) => id);
    },
    async drop(clientId) {
      made.delete(clientId);
      await databases.drop(analyticsName(clientId));
      await db.delete(analyticsStore).where(eq(analyticsStore.clientId, clientId));
    },
  };
}
