/** /api/removed-clients: clients that were deleted and can be had back, and until when. */
import { and, desc, eq, isNotNull, ne } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Client, RemovedClient } from '../../schemas/protocol/index.ts';
import type { StaffSession } from '../auth/sessions.ts';
import { client, store } from '../control/schema.ts';
import { GRACE_MS } from '../files/sweep-job.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { wholeList } from './page.ts';
import { idOf } from './scope.ts';

const empty = z.strictObject({});

export function removedClientRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db } = deps;
  const { admin } = guards(deps);
  /** What was purged is a name alone, and not here any more. */
  const removed = (session: StaffSession) =>
    and(eq(client.agencyId, session.agency.id), isNotNull(client.deletedAt), ne(store.state, 'dropped'));
  const found = (session: StaffSession, id?: string) =>
    db
      .selectDistinct({
        id: client.id,
        name: client.name,
        zone: client.zone,
        createdAt: client.createdAt,
        deletedAt: client.deletedAt,
      })
      .from(client)
      .innerJoin(store, eq(store.clientId, client.id))
      .where(and(removed(session), id === undefined ? undefined : eq(client.id, id)))
      .orderBy(desc(client.deletedAt));

  return new Hono<AppEnv>()
    .get('/api/removed-clients', admin, async c => {
      const rows = await found(c.get('session'));
      const list = rows.map(
        ({ id, name, deletedAt }): RemovedClient => ({
          id,
          name,
          deletedAt: instant(deletedAt!),
          purgedAt: instant(deletedAt! + GRACE_MS),
        }),
      );
      return c.json(wholeList(list));
    })
    .post('/api/removed-clients/:id/restore', admin, async c => {
      const session = c.get('session');
      const [row] = await found(session, idOf(c.req.param('id')));
      if (!row) throw Problem.of('NOT_FOUND');
      await readValid(c.req.raw, empty);
      const { id, name, zone, createdAt } = row;
      await db.batch([
        db.update(client).set({ deletedAt: null }).where(eq(client.id, id)),
        auditRow(deps, session, { action: 'client.restore', subjectId: id, clientId: id, diff: { name } }),
      ]);
      await deps.onTenantChange(id);
      return c.json({ data: { id, name, zone, createdAt: instant(createdAt), siteCount: 0 } satisfies Client });
    });
}
