/** /api/clients: the businesses that the agency serves. */
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Client } from '../../schemas/protocol/index.ts';
import { apiKey, client, store } from '../control/schema.ts';
import { shortId } from '../control/short-id.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import { describeLoss, usageOf } from './client-usage.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { pageOf, pageQuery } from './page.ts';
import { type ClientRow, findClient, ownClients } from './scope.ts';

const created = z.strictObject({ name: fields.name, zone: fields.zone });
const changed = created.partial();

// Columns written out: drizzle leaves the table off in a query of one table, and `id` would then be the site's own.
const siteCount = sql<number>`(SELECT count(*) FROM site WHERE site.client_id = client.id AND site.deleted_at IS NULL)`;

export function clientRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, auth } = deps;
  const { anyone, admin } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/clients', anyone, async c => {
      const page = pageQuery(c);
      const rows = await db
        .select({ id: client.id, name: client.name, zone: client.zone, createdAt: client.createdAt, siteCount })
        .from(client)
        .where(and(ownClients(c.get('session')), page.after === undefined ? undefined : gt(client.id, page.after)))
        .orderBy(asc(client.id))
        .limit(page.size + 1);
      return c.json(pageOf(rows, page, (row): Client => ({ ...row, createdAt: instant(row.createdAt) })));
    })
    .post('/api/clients', admin, async c => {
      const session = c.get('session');
      const { name, zone } = await readValid(c.req.raw, created);
      const createdAt = ports.clock.now();
      const id = uuidv7();
      const row = { id, agencyId: session.agency.id, name, zone, createdAt, deletedAt: null };
      await db.batch([
        db.insert(client).values(row),
        // The database itself is made when the first module needs it.
        db
          .insert(store)
          .values({ id: uuidv7(), clientId: id, name: `c-${shortId(16)}`, schemaRev: 0, state: 'pending', createdAt }),
        auditRow(deps, session, { action: 'client.create', subjectId: id, clientId: id, diff: { name, zone } }),
      ]);
      return c.json({ data: toJson(row, 0) }, 201);
    })
    .get('/api/clients/:id', anyone, async c => {
      const row = await findClient(deps, c.get('session'), c.req.param('id'));
      const { sites } = await usageOf(deps, row.id);
      return c.json({ data: toJson(row, sites.length) });
    })
    .patch('/api/clients/:id', admin, async c => {
      const session = c.get('session');
      const before = await findClient(deps, session, c.req.param('id'));
      const change = await readValid(c.req.raw, changed);
      const row = { ...before, ...change };
      const { id, name, zone } = row;
      await db.batch([
        db.update(client).set({ name, zone }).where(eq(client.id, id)),
        auditRow(deps, session, { action: 'client.update', subjectId: id, clientId: id, diff: change }),
      ]);
      await deps.onTenantChange(id);
      const { sites } = await usageOf(deps, id);
      return c.json({ data: toJson(row, sites.length) });
    })
    .delete('/api/clients/:id', admin, async c => {
      const session = c.get('session');
      const { id, name } = await findClient(deps, session, c.req.param('id'));
      const usage = await usageOf(deps, id);
      if (usage.sites.length > 0) throw Problem.of('IN_USE', { detail: describeLoss(name, usage) });
      const now = ports.clock.now();
      const subject = `client:${id}` as const;
      await db.batch([
        db.update(client).set({ deletedAt: now }).where(eq(client.id, id)),
        db
          .update(apiKey)
          .set({ revokedAt: now })
          .where(and(eq(apiKey.clientId, id), isNull(apiKey.revokedAt))),
        auth.revocations.statement(subject),
        auditRow(deps, session, { action: 'client.delete', subjectId: id, clientId: id, diff: { name } }),
      ]);
      auth.revocations.note(subject);
      await deps.onTenantChange(id);
      return c.body(null, 204);
    });
}

const toJson = ({ id, name, zone, createdAt }: ClientRow, siteCount: number): Client => ({
  id,
  name,
  zone,
  createdAt: instant(createdAt),
  siteCount,
});
