/** /api/sites/:id/origins: where a site's widgets may run; /api/sites/:id/refused-origins: where they were wanted in vain. */
import { and, asc, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { RefusedOrigin, SiteOrigin } from '../../schemas/protocol/index.ts';
import { isRefusedBy } from '../control/failures.ts';
import { siteOrigin } from '../control/schema.ts';
import { refusedOf } from '../embed/refused-origins.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { wholeList } from './page.ts';
import { findSite, idOf } from './scope.ts';

const body = z.strictObject({ origin: fields.origin });

export function originRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, auth } = deps;
  const { anyone, staff } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/sites/:id/origins', anyone, async c => {
      const { id } = await findSite(deps, c.get('session'), c.req.param('id'));
      const rows = await db.select().from(siteOrigin).where(eq(siteOrigin.siteId, id)).orderBy(asc(siteOrigin.id));
      return c.json(wholeList(rows.map(toJson)));
    })
    .get('/api/sites/:id/refused-origins', anyone, async c => {
      const { id } = await findSite(deps, c.get('session'), c.req.param('id'));
      const rows = await refusedOf(db, id, ports.clock.now());
      const refused = rows.map(({ origin, lastAt }): RefusedOrigin => ({ origin, lastAt: instant(lastAt) }));
      return c.json(wholeList(refused));
    })
    .post('/api/sites/:id/origins', staff, async c => {
      const session = c.get('session');
      const { id: siteId, clientId } = await findSite(deps, session, c.req.param('id'));
      const { origin } = await readValid(c.req.raw, body);
      const row = { id: uuidv7(), siteId, origin, createdAt: ports.clock.now(), lastAt: null };
      try {
        await db.batch([
          db.insert(siteOrigin).values(row),
          auditRow(deps, session, { action: 'origin.create', subjectId: row.id, clientId, diff: { siteId, origin } }),
        ]);
      } catch (error) {
        if (!isRefusedBy(error, 'site_origin.origin')) throw error;
        const message = 'The site has this address already.';
        throw Problem.of('ALREADY_EXISTS', { errors: [{ pointer: '/origin', code: 'taken', message }], cause: error });
      }
      deps.origins.forget(origin);
      await deps.onTenantChange(clientId);
      return c.json({ data: toJson(row) }, 201);
    })
    .delete('/api/sites/:id/origins/:originId', staff, async c => {
      const session = c.get('session');
      const { id: siteId, clientId } = await findSite(deps, session, c.req.param('id'));
      const own = and(eq(siteOrigin.id, idOf(c.req.param('originId'))), eq(siteOrigin.siteId, siteId));
      const found = await db.select().from(siteOrigin).where(own).get();
      if (!found) throw Problem.of('NOT_FOUND');
      const { id, origin } = found;
      // Tokens of the site's other origins die with it; their pages fetch new ones unasked.
      const subject = `site:${siteId}` as const;
      await db.batch([
        db.delete(siteOrigin).where(own),
        auth.revocations.statement(subject),
        auditRow(deps, session, { action: 'origin.delete', subjectId: id, clientId, diff: { siteId, origin } }),
      ]);
      auth.revocations.note(subject);
      deps.origins.forget(origin);
      await deps.onTenantChange(clientId);
      return c.body(null, 204);
    });
}

const toJson = ({ id, origin, createdAt, lastAt }: typeof siteOrigin.$inferSelect): SiteOrigin => ({
  id,
  origin,
  createdAt: instant(createdAt),
  lastAt: lastAt === null ? null : instant(lastAt),
});
