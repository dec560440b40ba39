/** /api/clients/:id/keys: keys to a client's records for other programs. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { ApiKey } from '../../schemas/protocol/index.ts';
import { newApiKey } from '../auth/api-keys.ts';
import { apiKey } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import * as fields from './fields.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { wholeList } from './page.ts';
import { findClient, idOf } from './scope.ts';

const body = z.strictObject({ name: fields.name, scopes: fields.scopes, expiresAt: fields.instant.nullish() });

export function keyRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, auth } = deps;
  const { staff, admin } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/clients/:id/keys', staff, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      const rows = await db
        .select()
        .from(apiKey)
        .where(and(eq(apiKey.clientId, id), isNull(apiKey.revokedAt)))
        .orderBy(asc(apiKey.id));
      return c.json(wholeList(rows.map(toJson)));
    })
    .post('/api/clients/:id/keys', admin, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const { name, scopes, expiresAt = null } = await readValid(c.req.raw, body);
      refuseUnknown(deps, scopes);
      const now = ports.clock.now();
      if (expiresAt !== null && expiresAt <= now) throw past();
      const { key, prefix, keyHash } = newApiKey();
      const row = {
        id: uuidv7(),
        clientId,
        name,
        prefix,
        keyHash,
        scopes,
        createdBy: session.user.id,
        createdAt: now,
        lastUsedAt: null,
        revokedAt: null,
        expiresAt,
      };
      await db.batch([
        db.insert(apiKey).values(row),
        auditRow(deps, session, {
          action: 'key.create',
          subjectId: row.id,
          clientId,
          diff: { name, prefix, scopes, expiresAt: toJson(row).expiresAt },
        }),
      ]);
      return c.json({ data: { ...toJson(row), key } }, 201);
    })
    .delete('/api/clients/:id/keys/:keyId', admin, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const live = and(
        eq(apiKey.id, idOf(c.req.param('keyId'))),
        eq(apiKey.clientId, clientId),
        isNull(apiKey.revokedAt),
      );
      const found = await db.select({ id: apiKey.id, name: apiKey.name }).from(apiKey).where(live).get();
      if (!found) throw Problem.of('NOT_FOUND');
      const { id, name } = found;
      const subject = `key:${id}` as const;
      await db.batch([
        db.update(apiKey).set({ revokedAt: ports.clock.now() }).where(live),
        auth.revocations.statement(subject),
        auditRow(deps, session, { action: 'key.delete', subjectId: id, clientId, diff: { name } }),
      ]);
      auth.revocations.note(subject);
      return c.body(null, 204);
    });
}

const past = () =>
  Problem.of('VALIDATION_FAILED', {
    errors: [{ pointer: '/expiresAt', code: 'in_the_past', message: 'Choose a day that is still to come.' }],
  });

/** What a key may be for beside modules. */
const platformScopes: ReadonlySet<string> = new Set(['analytics', 'files']);

function refuseUnknown({ catalog }: ControlDeps, scopes: readonly string[]): void {
  const errors = scopes.flatMap((scope, index) => {
    const module = scope.split(':')[0] ?? '';
    if (scope === '*' || platformScopes.has(module) || catalog.get(module)) return [];
    return [{ pointer: `/scopes/${index}`, code: 'unknown_module', message: `There is no module ${module}.` }];
  });
  if (errors.length > 0) throw Problem.of('VALIDATION_FAILED', { errors });
}

const toJson = (row: typeof apiKey.$inferSelect): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  createdAt: instant(row.createdAt),
  lastUsedAt: row.lastUsedAt === null ? null : instant(row.lastUsedAt),
  expiresAt: row.expiresAt === null ? null : instant(row.expiresAt),
});
