/** /api/sites/:id/captcha: how the visitors of a site prove that they are no machines. */
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { SiteCaptcha } from '../../schemas/protocol/index.ts';
import { openSecret, sealSecret } from '../captcha/site-captcha.ts';
import { siteCaptcha } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { findSite } from './scope.ts';

/** Keys of the service: letters, digits, `_`, `-` and `.`. */
const key = z
  .string()
  .trim()
  .regex(/^[\w.-]{10,100}$/, 'Copy the whole key from your Turnstile dashboard.');
const given = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('work') }),
  z.strictObject({ provider: z.literal('turnstile'), serviceKey: key, secret: key.optional() }),
]);

/** No token of anybody: what the service says of it tells whether it knows the secret. */
const NO_TOKEN = 'inlay-checks-a-secret';

export function siteCaptchaRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, config } = deps;
  const { anyone, staff } = guards(deps);
  const rowOf = (siteId: string) => db.select().from(siteCaptcha).where(eq(siteCaptcha.siteId, siteId)).get();

  return new Hono<AppEnv>()
    .get('/api/sites/:id/captcha', anyone, async c => {
      const site = await findSite(deps, c.get('session'), c.req.param('id'));
      return c.json({ data: toJson(await rowOf(site.id)) });
    })
    .put('/api/sites/:id/captcha', staff, async c => {
      const session = c.get('session');
      const { id, clientId } = await findSite(deps, session, c.req.param('id'));
      const change = await readValid(c.req.raw, given);
      const audited = (diff: Readonly<Record<string, unknown>>) =>
        auditRow(deps, session, { action: 'site.captcha', subjectId: id, clientId, diff });
      const before = await rowOf(id);
      if (change.provider === 'work') {
        await db.batch([db.delete(siteCaptcha).where(eq(siteCaptcha.siteId, id)), audited({ provider: 'work' })]);
        await deps.onTenantChange(clientId);
        return c.json({ data: toJson(undefined) });
      }
      const { provider, serviceKey } = change;
      const kept = before && (await openSecret(config, id, before.secretSealed));
      const secret = change.secret ?? kept;
      if (secret === undefined) throw refused('Give the secret key that belongs to the site key.');
      const { verdict } = await ports.captchaService.verify({ secret, token: NO_TOKEN, id: uuidv7() });
      // No answer is no fault of the secret: visitors have the proof of work until the service is there.
      if (verdict === 'unknown-secret') throw refused('Turnstile does not know this secret key.');
      const row = {
        siteId: id,
        provider,
        serviceKey,
        secretSealed: await sealSecret(config, id, secret),
        updatedAt: ports.clock.now(),
      };
      await db.batch([
        db.insert(siteCaptcha).values(row).onConflictDoUpdate({ target: siteCaptcha.siteId, set: row }),
        audited({ provider, serviceKey, newSecret: change.secret !== undefined }),
      ]);
      await deps.onTenantChange(clientId);
      return c.json({ data: toJson(row) });
    });
}

const refused = (message: string) =>
  Problem.of('VALIDATION_FAILED', { errors: [{ pointer: '/secret', code: 'invalid', message }] });

const toJson = (row: Pick<typeof siteCaptcha.$inferSelect, 'serviceKey'> | undefined): SiteCaptcha =>
  row ? { provider: 'turnstile', serviceKey: row.serviceKey } : { provider: 'work' };
