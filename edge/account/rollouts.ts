/** /api/rollouts: how far versions have come among the agency's clients. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import { Hono } from 'hono';
import type { Rollout } from '../../schemas/protocol/index.ts';
import { client, rollout, rolloutStore } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
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
    const list = found.map(({ rollout: { id, module, version, state, createdAt, updatedAt } }): Rollout => {
      const mine = stores.flatMap(({ at }) => (at.rolloutId === id ? [at] : []));
      const count = (wanted: string) => mine.filter(at => at.state === wanted).length;
      return {
        id,
        module,
        version,
        state,
        createdAt: instant(createdAt),
        updatedAt: instant(updatedAt),
        clients: {
          pending: count('pending'),
          migrating: count('migrating'),
          done: count('done'),
          failed: count('failed'),
        },
        failures: mine.flatMap(at => (at.state === 'failed' ? [{ clientId: at.clientId, error: at.error ?? '' }] : [])),
      };
    });
    return c.json(wholeList(list));
  });
}
