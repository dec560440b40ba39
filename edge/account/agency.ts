/** /api/agency: the agency of whoever is signed in. */
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { agency } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';

const body = z.strictObject({ name: fields.name });

export function agencyRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db } = deps;
  const { anyone, admin } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/agency', anyone, c => c.json({ data: c.get('session').agency }))
    .patch('/api/agency', admin, async c => {
      const session = c.get('session');
      const { name } = await readValid(c.req.raw, body);
      const { id } = session.agency;
      await db.batch([
        db.update(agency).set({ name }).where(eq(agency.id, id)),
        auditRow(deps, session, {
          action: 'agency.update',
          subjectId: id,
          diff: { name: [session.agency.name, name] },
        }),
      ]);
      return c.json({ data: { id, name } });
    });
}
