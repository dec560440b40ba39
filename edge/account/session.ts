/** /api/session of someone signed in: who am I, sign out, and a token for the data plane. */
import { Hono } from 'hono';
import { z } from 'zod';
import { endSession, sessionRef } from '../auth/sessions.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { instant, sessionJson } from './json.ts';
import { findClient } from './scope.ts';
import { clearSessionCookie } from './session-cookie.ts';

const tokenBody = z.strictObject({ clientId: fields.id });

export function sessionRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, auth } = deps;
  const { anyone } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/session', anyone, c => c.json({ data: sessionJson(c.get('session')) }))
    .delete('/api/session', anyone, async c => {
      const session = c.get('session');
      const subject = `session:${sessionRef(session.id)}` as const;
      await db.batch([
        endSession(db, session.id),
        auth.revocations.statement(subject),
        auditRow(deps, session, { action: 'session.delete', subjectId: null }),
      ]);
      auth.revocations.note(subject);
      clearSessionCookie(c);
      return c.body(null, 204);
    })
    .post('/api/session/token', anyone, async c => {
      const session = c.get('session');
      const { clientId } = await readValid(c.req.raw, tokenBody);
      const client = await findClient(deps, session, clientId);
      const { token, expiresAt } = await auth.tokens.issueAccess({
        userId: session.user.id,
        name: session.user.name,
        clientId: client.id,
        agencyId: session.agency.id,
        role: session.role,
        sessionRef: sessionRef(session.id),
      });
      return c.json({ data: { token, expiresAt: instant(expiresAt) } });
    });
}
