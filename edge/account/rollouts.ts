/** /api/rollouts: how far versions have come among the agency's clients. */
import { and, desc, eq, inArray, max, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { Rollout, RolloutCohort, RolloutCounts } from '../../schemas/protocol/index.ts';
import { client, rollout, rolloutStore } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { skipped } from '../versions/rollout.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { wholeList } from './page.ts';
import { ownClients } from './scope.ts';

const mostShown = 20;

export function rolloutRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db } = deps;
  return new Hono<AppEnv>().get('/api/rollouts', guards(deps).staff, async c => {
    const own = ownClients(c.get('session'));
    const found = await db
      .selectDistinct({ rollout })
      .from(rollout)
      .innerJoin(rolloutStore, eq(rolloutStore.rolloutId, rollout.id))
      .innerJoin(client, eq(client.id, rolloutStore.clientId))
      .where(own)
      .orderBy(desc(rollout.id))
      .limit(mostShown);
    const ids = found.map(row => row.rollout.id);
    const stores = await db
      .select({ at: rolloutStore })
      .from(rolloutStore)
      .innerJoin(client, eq(client.id, rolloutStore.clientId))
      .where(and(inArray(rolloutStore.rolloutId, ids), own));
    // Of everybody's stores only how far it has come, which is no secret of theirs.
    const fronts = await db
      .select({ id: rolloutStore.rolloutId, cohort: max(rolloutStore.cohort) })
      .from(rolloutStore)
      .where(
        and(
          inArray(rolloutStore.rolloutId, ids),
          inArray(rolloutStore.state, ['migrating', 'done', 'failed']),
          sql`${rolloutStore.error} IS NOT ${skipped}`,
        ),
      )
      .groupBy(rolloutStore.rolloutId);
    const list = found.map(({ rollout: { id, module, version, state, createdAt, updatedAt } }): Rollout => {
      const mine = stores.flatMap(({ at }) => (at.rolloutId === id ? [at] : []));
      return {
        id,
        module,
        version,
        state,
        createdAt: instant(createdAt),
        updatedAt: instant(updatedAt),
        cohort: (fronts.find(front => front.id === id)?.cohort ?? null) as RolloutCohort | null,
        clients: counted(mine),
        cohorts: {
          1: counted(mine.filter(at => at.cohort === 1)),
          2: counted(mine.filter(at => at.cohort === 2)),
          3: counted(mine.filter(at => at.cohort === 3)),
        },
        failures: mine.flatMap(at => (at.state === 'failed' ? [{ clientId: at.clientId, error: at.error ?? '' }] : [])),
      };
    });
    return c.json(wholeList(list));
  });
}

function counted(stores: readonly (typeof rolloutStore.$inferSelect)[]): RolloutCounts {
  const count = (wanted: string) => stores.filter(at => at.state === wanted).length;
  return { pending: count('pending'), migrating: count('migrating'), done: count('done'), failed: count('failed') };
}
