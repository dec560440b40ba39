/** POST /api/signup: a new agency with its owner. */
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { hashPassword } from '../auth/passwords.ts';
import { startSession } from '../auth/sessions.ts';
import { isRefusedBy } from '../control/failures.ts';
import { agency, membership, user } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { rateLimit } from '../http/rate-limit.ts';
import { auditRowOf } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { signedIn } from './sign-in.ts';

const body = z.strictObject({
  agencyName: fields.name,
  name: fields.name,
  email: fields.email,
  password: fields.password,
});

export function signUpRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, clientIp } = deps;
  const { open } = guards(deps);
  const limit = rateLimit({ limiter: ports.limiter, name: 'sign-up', limit: 30, windowSeconds: 3600, key: clientIp });

  return new Hono<AppEnv>().post('/api/signup', open, limit, async c => {
    const { agencyName, name, email, password } = await readValid(c.req.raw, body);
    const passwordHash = await hashPassword(password);
    const createdAt = ports.clock.now();
    const [agencyId, userId, membershipId] = [uuidv7(), uuidv7(), uuidv7()];
    const session = startSession(db, ports.clock, membershipId);
    const actor = { kind: 'user', id: userId, agencyId };
    try {
      await db.batch([
        db.insert(agency).values({ id: agencyId, name: agencyName, createdAt }),
        db.insert(user).values({ id: userId, email, name, passwordHash, createdAt }),
        db.insert(membership).values({ id: membershipId, agencyId, userId, role: 'owner', createdAt }),
        session.statement,
        auditRowOf(deps, actor, { action: 'agency.create', subjectId: agencyId, diff: { name: agencyName } }),
      ]);
    } catch (error) {
      if (!isRefusedBy(error, 'user.email')) throw error;
      const message = 'Somebody with this address has an account. Sign in instead.';
      throw Problem.of('ALREADY_EXISTS', { errors: [{ pointer: '/email', code: 'taken', message }], cause: error });
    }
    return signedIn(deps, c, session.secret, 201);
  });
}
