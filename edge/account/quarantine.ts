/** /api/clients/:id/quarantine: a client whose store an update did not fit, and the way out once somebody has looked at it. */
import { and, desc, eq, ne } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Quarantine } from '../../schemas/protocol/index.ts';
import { rollout, rolloutStore, store } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { releaseStore, skipped } from '../versions/rollout.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { findClient } from './scope.ts';

const empty = z.strictObject({});

export function quarantineRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db } = deps;
  const { admin, staff } = guards(deps);
  /** The store that is out, and what it failed at last. */
  const find = async (clientId: string) => {
    const [stores, failures] = await db.batch([
      db
        .select({ id: store.id })
        .from(store)
        .where(and(eq(store.clientId, clientId), eq(store.state, 'quarantined'))),
      db
        .select({ module: rollout.module, version: rollout.version, error: rolloutStore.error, at: rolloutStore.at })
        .from(rolloutStore)
        .innerJoin(rollout, eq(rollout.id, rolloutStore.rolloutId))
        .where(
          and(eq(rolloutStore.clientId, clientId), eq(rolloutStore.state, 'failed'), ne(rolloutStore.error, skipped)),
        )
        .orderBy(desc(rolloutStore.at))
        .limit(1),
    ]);
    return { storeId: stores[0]?.id, failure: failures[0] };
  };

  return new Hono<AppEnv>()
    .get('/api/clients/:id/quarantine', staff, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      const { storeId, failure } = await find(id);
      const data: Quarantine | null =
        storeId === undefined
          ? null
          : {
              module: failure?.module ?? null,
              version: failure?.version ?? null,
              error: failure?.error ?? null,
              since: failure === undefined ? null : instant(failure.at),
            };
      return c.json({ data });
    })
    .post('/api/clients/:id/quarantine/release', admin, async c => {
      const session = c.get('session');
      const { id } = await findClient(deps, session, c.req.param('id'));
      await readValid(c.req.raw, empty);
      const { storeId, failure } = await find(id);
      if (storeId === undefined) throw Problem.of('NOT_FOUND');
      await releaseStore(deps, storeId);
      const diff = failure ? { of: `${failure.module} ${failure.version}` } : {};
      await auditRow(deps, session, { action: 'store.release', subjectId: storeId, clientId: id, diff });
      await deps.onTenantChange(id);
      return c.body(null, 204);
    });
}
