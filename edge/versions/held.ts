/** Stores that wait in a rollout because their agency holds its updates. */
import { and, eq, exists, isNotNull, type SQL } from 'drizzle-orm';
import type { ControlDatabase } from '../control/database.ts';
import { agency, client, rolloutStore } from '../control/schema.ts';

/** Of a row of `rolloutStore`; one that has begun is brought to its end. */
export const isHeld = (db: ControlDatabase): SQL =>
  and(
    eq(rolloutStore.state, 'pending'),
    exists(
      db
        .select({ id: client.id })
        .from(client)
        .innerJoin(agency, eq(agency.id, client.agencyId))
        .where(and(eq(client.id, rolloutStore.clientId), isNotNull(agency.updatesHeldAt))),
    ),
  )!;
