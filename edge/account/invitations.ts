/** /api/invitations: asking somebody into the agency. */
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Invitation } from '../../schemas/protocol/index.ts';
import { hashSecret, newSecret } from '../auth/secrets.ts';
import { invitation, membership, user } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards, mayManage } from './guards.ts';
import { invitationMail } from './invitation-mail.ts';
import { instant } from './json.ts';
import { pageOf, pageQuery } from './page.ts';
import { findClient, idOf } from './scope.ts';

const VALID_MS = 7 * 24 * 60 * 60_000;

const body = z
  .strictObject({
    email: fields.email,
    role: z.enum(['owner', 'admin', 'member', 'client']),
    clientId: fields.id.optional(),
  })
  .refine(({ role, clientId }) => (role === 'client') === (clientId !== undefined), {
    path: ['clientId'],
    message: 'Name a client for the role client, and for no other.',
  });

export function invitationRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, config } = deps;
  const { staff, admin } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/invitations', staff, async c => {
      const page = pageQuery(c);
      const rows = await db
        .select()
        .from(invitation)
        .where(
          and(
            eq(invitation.agencyId, c.get('session').agency.id),
            isNull(invitation.acceptedAt),
            gt(invitation.expiresAt, ports.clock.now()),
            page.after === undefined ? undefined : gt(invitation.id, page.after),
          ),
        )
        .orderBy(asc(invitation.id))
        .limit(page.size + 1);
      return c.json(pageOf(rows, page, toJson));
    })
    .post('/api/invitations', admin, async c => {
      const session = c.get('session');
      const { email, role, clientId = null } = await readValid(c.req.raw, body);
      if (!mayManage(session.role, role)) throw Problem.of('FORBIDDEN', { detail: 'Only an owner invites an owner.' });
      if (clientId !== null) await findClient(deps, session, clientId);
      await refuseMember(deps, session.agency.id, email);

      const token = newSecret();
      const now = ports.clock.now();
      const row = {
        id: uuidv7(),
        agencyId: session.agency.id,
        clientId,
        email,
        role,
        tokenHash: hashSecret(token),
        invitedBy: session.user.id,
        createdAt: now,
        expiresAt: now + VALID_MS,
        acceptedAt: null,
      };
      const earlier = and(
        eq(invitation.agencyId, row.agencyId),
        eq(invitation.email, email),
        isNull(invitation.acceptedAt),
      );
      await db.batch([
        db.delete(invitation).where(earlier),
        db.insert(invitation).values(row),
        auditRow(deps, session, { action: 'invitation.create', subjectId: row.id, clientId, diff: { email, role } }),
      ]);
      const url = `${config.publicUrl}/invite/${token}`;
      const { agency, user: inviter } = session;
      const mail = {
        id: row.id,
        to: email,
        from: config.mailFrom,
        agencyName: agency.name,
        inviterName: inviter.name,
        url,
      };
      ports.scheduler.defer(() => ports.mailer.send(invitationMail(mail)));
      return c.json({ data: { ...toJson(row), url } }, 201);
    })
    .delete('/api/invitations/:id', admin, async c => {
      const session = c.get('session');
      const id = idOf(c.req.param('id'));
      const open = and(
        eq(invitation.id, id),
        eq(invitation.agencyId, session.agency.id),
        isNull(invitation.acceptedAt),
      );
      const found = await db
        .select({ email: invitation.email, clientId: invitation.clientId })
        .from(invitation)
        .where(open)
        .get();
      if (!found) throw Problem.of('NOT_FOUND');
      const { email, clientId } = found;
      await db.batch([
        db.delete(invitation).where(open),
        auditRow(deps, session, { action: 'invitation.delete', subjectId: id, clientId, diff: { email } }),
      ]);
      return c.body(null, 204);
    });
}

async function refuseMember({ db }: ControlDeps, agencyId: string, email: string): Promise<void> {
  const member = await db
    .select({ id: membership.id })
    .from(membership)
    .innerJoin(user, eq(user.id, membership.userId))
    .where(and(eq(membership.agencyId, agencyId), eq(user.email, email)))
    .get();
  if (!member) return;
  const message = 'This person is a member already.';
  throw Problem.of('ALREADY_EXISTS', { errors: [{ pointer: '/email', code: 'taken', message }] });
}

const toJson = ({ id, email, role, clientId, expiresAt }: typeof invitation.$inferSelect): Invitation => ({
  id,
  email,
  role,
  clientId,
  expiresAt: instant(expiresAt),
});
