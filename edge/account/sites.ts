/** /api/clients/:id/sites and /api/sites/:id: the websites of a client. */
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Site } from '../../schemas/protocol/index.ts';
import { site, siteCaptcha, siteOrigin } from '../control/schema.ts';
import { shortId } from '../control/short-id.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { pageOf, pageQuery } from './page.ts';
import { findClient, findSite, type SiteRow } from './scope.ts';

const created = z.strictObject({ name: fields.name, zone: fields.zone.optional() });
const changed = z
  .strictObject({ name: fields.name, locale: fields.locale, theme: fields.theme, analytics: fields.analytics })
  .partial();

export function siteRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, auth } = deps;
  const { anyone, staff } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/clients/:id/sites', anyone, async c => {
      const { id: clientId } = await findClient(deps, c.get('session'), c.req.param('id'));
      const page = pageQuery(c);
      const rows = await db
        .select()
        .from(site)
        .where(
          and(
            eq(site.clientId, clientId),
            isNull(site.deletedAt),
            page.after === undefined ? undefined : gt(site.id, page.after),
          ),
        )
        .orderBy(asc(site.id))
        .limit(page.size + 1);
      return c.json(pageOf(rows, page, toJson));
    })
    .post('/api/clients/:id/sites', staff, async c => {
      const session = c.get('session');
      const client = await findClient(deps, session, c.req.param('id'));
      const { name, zone = client.zone } = await readValid(c.req.raw, created);
      const row: SiteRow = {
        id: uuidv7(),
        clientId: client.id,
        name,
        siteKey: `site_${shortId(16)}`,
        locale: 'en',
        zone,
        theme: {},
        analytics: 'cookieless',
        createdAt: ports.clock.now(),
        deletedAt: null,
      };
      await db.batch([
        db.insert(site).values(row),
        auditRow(deps, session, {
          action: 'site.create',
          subjectId: row.id,
          clientId: client.id,
          diff: { name, zone },
        }),
      ]);
      await deps.onTenantChange(client.id);
      return c.json({ data: toJson(row) }, 201);
    })
    .get('/api/sites/:id', anyone, async c =>
      c.json({ data: toJson(await findSite(deps, c.get('session'), c.req.param('id'))) }),
    )
    .patch('/api/sites/:id', staff, async c => {
      const session = c.get('session');
      const before = await findSite(deps, session, c.req.param('id'));
      const change = await readValid(c.req.raw, changed);
      const row = { ...before, ...change };
      const { id, clientId, name, locale, theme, analytics } = row;
      await db.batch([
        db.update(site).set({ name, locale, theme, analytics }).where(eq(site.id, id)),
        auditRow(deps, session, { action: 'site.update', subjectId: id, clientId, diff: change }),
      ]);
      await deps.onTenantChange(clientId);
      return c.json({ data: toJson(row) });
    })
    .delete('/api/sites/:id', staff, async c => {
      const session = c.get('session');
      const { id, clientId, name } = await findSite(deps, session, c.req.param('id'));
      const origins = await db.select({ origin: siteOrigin.origin }).from(siteOrigin).where(eq(siteOrigin.siteId, id));
      const subject = `site:${id}` as const;
      await db.batch([
        db.update(site).set({ deletedAt: ports.clock.now() }).where(eq(site.id, id)),
        db.delete(siteCaptcha).where(eq(siteCaptcha.siteId, id)),
        auth.revocations.statement(subject),
        auditRow(deps, session, { action: 'site.delete', subjectId: id, clientId, diff: { name } }),
      ]);
      auth.revocations.note(subject);
      for (const { origin } of origins) deps.origins.forget(origin);
      await deps.onTenantChange(clientId);
      return c.body(null, 204);
    });
}

const toJson = ({ id, clientId, name, siteKey, locale, zone, theme, analytics, createdAt }: SiteRow): Site => ({
  id,
  clientId,
  name,
  siteKey,
  locale,
  zone,
  theme,
  analytics,
  createdAt: instant(createdAt),
});
