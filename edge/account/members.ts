/** /api/members: who belongs to the agency. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { Member } from '../../schemas/protocol/index.ts';
import { isRefusedBy } from '../control/failures.ts';
import { membership, user } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards, mayManage } from './guards.ts';
import { instant } from './json.ts';
import { pageOf, pageQuery } from './page.ts';
import { idOf } from './scope.ts';

export function memberRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, auth } = deps;
  const { staff, admin } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/members', staff, async c => {
      const page = pageQuery(c);
      const rows = await db
        .select({
          id: membership.id,
          name: user.name,
          email: user.email,
          role: membership.role,
          clientId: membership.clientId,
          createdAt: membership.createdAt,
        })
        .from(membership)
        .innerJoin(user, eq(user.id, membership.userId))
        .where(
          and(
            eq(membership.agencyId, c.get('session').agency.id),
            page.after === undefined ? undefined : gt(membership.id, page.after),
          ),
        )
        .orderBy(asc(membership.id))
        .limit(page.size + 1);
      return c.json(pageOf(rows, page, (row): Member => ({ ...row, createdAt: instant(row.createdAt) })));
    })
    .delete('/api/members/:id', admin, async c => {
      const session = c.get('session');
      const agencyId = session.agency.id;
      const id = idOf(c.req.param('id'));
      const own = and(eq(membership.id, id), eq(membership.agencyId, agencyId));
      const found = await db.select().from(membership).where(own).get();
      if (!found) throw Problem.of('NOT_FOUND');
      if (!mayManage(session.role, found.role)) {
        throw Problem.of('FORBIDDEN', { detail: 'Only an owner removes an owner.' });
      }
      const subject = `member:${agencyId}:${found.userId}` as const;
      try {
        await db.batch([
          db.delete(membership).where(own),
          auth.revocations.statement(subject),
          auditRow(deps, session, {
            action: 'member.delete',
            subjectId: id,
            diff: { userId: found.userId, role: found.role },
          }),
        ]);
      } catch (error) {
        if (!isRefusedBy(error, 'membership_keeps_an_owner')) throw error;
        const detail = 'An agency keeps at least one owner. Make somebody else an owner first.';
        throw Problem.of('IN_USE', { detail, cause: error });
      }
      auth.revocations.note(subject);
      return c.body(null, 204);
    });
}
