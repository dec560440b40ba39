/** POST /api/session: a password for a session. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { verifyPassword } from '../auth/passwords.ts';
import { hashSecret } from '../auth/secrets.ts';
import { endSession, findSession, startSession } from '../auth/sessions.ts';
import { client, membership, user } from '../control/schema.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRowOf } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { sessionJson } from './json.ts';
import { readSessionCookie, setSessionCookie } from './session-cookie.ts';
import { limitSignIn } from './sign-in-limit.ts';

/** A password is only compared, so no rule for new ones applies. */
const body = z.strictObject({ email: fields.email, password: z.string().min(1).max(200) });

export function signInRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports } = deps;
  const { open } = guards(deps);

  return new Hono<AppEnv>().post('/api/session', open, async c => {
    const { email, password } = await readValid(c.req.raw, body);
    const forgiveTry = await limitSignIn(deps, c, email);
    const account = await findAccount(deps, email);
    if (!(await verifyPassword(password, account?.passwordHash)) || !account) {
      throw Problem.of('UNAUTHENTICATED', { detail: 'E-mail address or password is not right.' });
    }
    await forgiveTry();
    const { userId, agencyId, membershipId } = account;
    const session = startSession(db, ports.clock, membershipId);
    const actor = { kind: 'user', id: userId, agencyId };
    await db.batch([
      session.statement,
      ...endPresented(deps, c),
      auditRowOf(deps, actor, { action: 'session.create', subjectId: null }),
    ]);
    return signedIn(deps, c, session.secret, 200);
  });
}

/** The session that the browser came with ends when another begins (session fixation). */
export function endPresented({ db }: ControlDeps, c: AppContext) {
  const presented = readSessionCookie(c);
  return presented === undefined ? [] : [endSession(db, hashSecret(presented))];
}

/** The reply to whoever has just signed in. */
export async function signedIn(deps: ControlDeps, c: AppContext, secret: string, status: 200 | 201): Promise<Response> {
  const session = await findSession({ db: deps.db, ...deps.ports }, secret);
  if (!session) throw Problem.of('UNAUTHENTICATED');
  setSessionCookie(c, secret);
  return c.json({ data: sessionJson(session) }, status);
}

/** Someone in several agencies comes to the one joined first. */
async function findAccount({ db }: ControlDeps, email: string) {
  return db
    .select({
      userId: user.id,
      passwordHash: user.passwordHash,
      agencyId: membership.agencyId,
      membershipId: membership.id,
    })
    .from(user)
    .innerJoin(membership, eq(membership.userId, user.id))
    .leftJoin(client, eq(client.id, membership.clientId))
    .where(and(eq(user.email, email), isNull(client.deletedAt)))
    .orderBy(asc(membership.createdAt), asc(membership.id))
    .limit(1)
    .get();
}
