/** /api/invitations/lookup and /accept: what an invited person sees and does, with the token alone. */
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { hashPassword, verifyPassword } from '../auth/passwords.ts';
import { hashSecret } from '../auth/secrets.ts';
import { startSession } from '../auth/sessions.ts';
import { isRefusedBy } from '../control/failures.ts';
import { agency, client, invitation, membership, user } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRowOf } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { endPresented, signedIn } from './sign-in.ts';
import { limitSignIn } from './sign-in-limit.ts';

const body = z.strictObject({ name: fields.name, password: fields.password });

export function acceptInvitationRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports } = deps;
  const { open } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/invitations/lookup/:token', open, async c => {
      const { agencyName, email, role } = await findInvitation(deps, c.req.param('token'));
      return c.json({ data: { agencyName, email, role } });
    })
    .post('/api/invitations/accept/:token', open, async c => {
      const { name, password } = await readValid(c.req.raw, body);
      const invited = await findInvitation(deps, c.req.param('token'));
      const { id, agencyId, clientId, email, role } = invited;
      const forgiveTry = await limitSignIn(deps, c, email);

      const existing = await db.select().from(user).where(eq(user.email, email)).get();
      if (existing && !(await verifyPassword(password, existing.passwordHash))) {
        const detail = 'There is an account with this address. Give its password to join.';
        throw Problem.of('UNAUTHENTICATED', { detail });
      }
      await forgiveTry();
      const userId = existing?.id ?? uuidv7();
      const createdAt = ports.clock.now();
      const newUser = existing
        ? []
        : [db.insert(user).values({ id: userId, email, name, passwordHash: await hashPassword(password), createdAt })];
      const membershipId = uuidv7();
      const session = startSession(db, ports.clock, membershipId);
      const actor = { kind: 'user', id: userId, agencyId };
      try {
        await db.batch([
          auditRowOf(deps, actor, {
            action: 'member.create',
            subjectId: membershipId,
            clientId,
            diff: { userId, role },
          }),
          ...newUser,
          // From the invitation as it stands now: one withdrawn or used meanwhile gives no row, and the session then fails.
          db.insert(membership).select(
            db
              .select({
                id: sql<string>`${membershipId}`.as('id'),
                agencyId: invitation.agencyId,
                userId: sql<string>`${userId}`.as('user_id'),
                role: invitation.role,
                clientId: invitation.clientId,
                createdAt: sql<number>`${createdAt}`.as('created_at'),
              })
              .from(invitation)
              .where(and(eq(invitation.id, id), isNull(invitation.acceptedAt))),
          ),
          db.update(invitation).set({ acceptedAt: createdAt }).where(eq(invitation.id, id)),
          session.statement,
          ...endPresented(deps, c),
        ]);
      } catch (error) {
        if (isRefusedBy(error, 'FOREIGN KEY')) throw Problem.of('NOT_FOUND', { cause: error });
        if (!isRefusedBy(error, 'UNIQUE')) throw error;
        throw Problem.of('ALREADY_EXISTS', { detail: 'You are a member already. Sign in instead.', cause: error });
      }
      return signedIn(deps, c, session.secret, 200);
    });
}

/** Throws NOT_FOUND for one unknown, accepted, withdrawn or past its time. */
async function findInvitation({ db, ports }: ControlDeps, token: string) {
  const row = await db
    .select({
      id: invitation.id,
      agencyId: invitation.agencyId,
      clientId: invitation.clientId,
      email: invitation.email,
      role: invitation.role,
      agencyName: agency.name,
    })
    .from(invitation)
    .innerJoin(agency, eq(agency.id, invitation.agencyId))
    .leftJoin(client, eq(client.id, invitation.clientId))
    .where(
      and(
        eq(invitation.tokenHash, hashSecret(token)),
        isNull(invitation.acceptedAt),
        gt(invitation.expiresAt, ports.clock.now()),
        isNull(client.deletedAt),
      ),
    )
    .get();
  if (!row) throw Problem.of('NOT_FOUND');
  return row;
}
