/** GET /api/audit: who did what, the latest first. GET /api/audit/verify?clientId=: whether the trail in a client's store is whole. */
import { and, desc, eq, lt } from 'drizzle-orm';
import { Hono } from 'hono';
import type { AuditEntry } from '../../schemas/protocol/index.ts';
import { audit, user } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { pageOf, pageQuery } from './page.ts';
import { findClient } from './scope.ts';

export function auditRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db } = deps;
  const { staff, admin } = guards(deps);

  const routes = new Hono<AppEnv>();
  routes.get('/api/audit/verify', admin, async c => {
    const client = await findClient(deps, c.get('session'), c.req.query('clientId') ?? '');
    return c.json({ data: await deps.verifyAudit(client.id) });
  });
  routes.get('/api/audit', staff, async c => {
    const session = c.get('session');
    const page = pageQuery(c);
    const asked = c.req.query('clientId');
    const client = asked === undefined ? undefined : await findClient(deps, session, asked);
    const rows = await db
      .select({
        id: audit.id,
        at: audit.at,
        kind: audit.actorKind,
        actorId: audit.actorId,
        actorName: user.name,
        action: audit.action,
        subject: audit.subject,
        subjectId: audit.subjectId,
        diff: audit.diff,
      })
      .from(audit)
      .leftJoin(user, eq(user.id, audit.actorId))
      .where(
        and(
          eq(audit.agencyId, session.agency.id),
          client ? eq(audit.clientId, client.id) : undefined,
          page.after === undefined ? undefined : lt(audit.id, page.after),
        ),
      )
      .orderBy(desc(audit.id))
      .limit(page.size + 1);
    return c.json(
      pageOf(
        rows,
        page,
        ({ id, at, kind, actorId, actorName, action, subject, subjectId, diff }): AuditEntry => ({
          id,
          at: instant(at),
          actor: { kind, id: actorId, name: actorName },
          action,
          subject,
          subjectId,
          diff,
        }),
      ),
    );
  });
  return routes;
}
