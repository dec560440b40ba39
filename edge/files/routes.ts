/** /api/files: files of the credential's client. Bytes pass through signed addresses, everything else through the credential. */
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { callOf, type DataDeps, type OpenRequest, openRequest } from '../data/open-request.ts';
import type { Reply } from '../engine/call.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readJson, validate } from '../http/json-body.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { contentRoutes } from './content-routes.ts';
import { checkDraft, reserveDraft } from './drafts.ts';
import { ID } from './file-row.ts';
import { deleteFile, findFile, listFiles } from './file-verbs.ts';
import { missingParts } from './parts.ts';
import { reserveFile } from './reserve.ts';
import { lastingUrl, signedUrl } from './signed-url.ts';
import { openFiles } from './tables.ts';
import { completeFile } from './upload.ts';
import { declaredVariants, recipeText } from './variants.ts';

/** Seconds a download's address is good for. */
const DOWNLOAD_SECONDS = 300;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 in lower-case hex.');
const completed = z.strictObject({ sha256: sha256.optional() });

const created = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}/\\]+$/u, 'Give a name without folders, on one line.'),
  size: z.int().min(0),
  sha256: sha256.optional(),
  contentType: z
    .string()
    .max(120)
    .regex(/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/, 'Give a media type such as image/png, without parameters.'),
  purpose: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'Give a short word such as gallery.'),
  acl: z.enum(['private', 'public']).default('private'),
  resumable: z.boolean().default(false),
  owner: z
    .string()
    .max(160)
    .regex(/^[a-z][a-z0-9-]*\.[a-zA-Z0-9]+:[\w-]+$/, 'Give module.entity:id.')
    .optional(),
});

/** What a visitor may say of a file; `for` names the input that it is for, `module.action.input`. */
const brought = created
  .pick({ name: true, size: true, sha256: true, contentType: true })
  .extend({ for: z.string().max(130) });

export function fileRoutes(deps: DataDeps): Hono<AppEnv> {
  const { runtime } = deps;
  const now = () => runtime.ports.clock.now();

  return new Hono<AppEnv>()
    .route('/', contentRoutes(deps))
    .post('/api/files', async c => {
      const opened = await openRequest(deps, c);
      const body = await readJson(c.req.raw);
      const call = callOf(deps, c, opened, () => `POST /api/files ${JSON.stringify(body)}`);
      if (opened.actor.kind === 'visitor')
        return send(c, await reserveDraft(runtime, opened, call, validate(brought, body)));
      requireScope(opened.actor, 'write');
      return send(c, await reserveFile(runtime, call, validate(created, body)));
    })
    .get('/api/files', async c => {
      const { tenant } = await open(deps, c, 'read');
      const size = Number(c.req.query('page[size]') ?? 50);
      const after = c.req.query('page[after]');
      if (!Number.isInteger(size) || size < 1 || size > 200 || (after !== undefined && !ID.test(after))) {
        throw Problem.of('INVALID_QUERY', { detail: 'page[size] is 1 to 200, page[after] an id.' });
      }
      const page = await listFiles(await openFiles(runtime, tenant), now(), size, after);
      const { quotaBytes } = runtime.config.files;
      const meta = { usedBytes: page.usedBytes, quotaBytes };
      c.header('Cache-Control', 'private, no-store');
      return c.json({ data: page.rows, page: { size, after: page.after }, meta });
    })
    .post('/api/files/:id/complete', async c => {
      const opened = await openRequest(deps, c);
      if (opened.actor.kind === 'visitor') await checkDraft(runtime, opened, c.req.param('id'));
      else requireScope(opened.actor, 'write');
      const body = c.req.header('content-type') === undefined ? {} : await readJson(c.req.raw);
      const call = callOf(deps, c, opened, () => `POST ${c.req.path} ${JSON.stringify(body)}`);
      return send(c, await completeFile(runtime, call, c.req.param('id'), validate(completed, body).sha256));
    })
    .get('/api/files/:id/parts', async c => {
      const { tenant } = await open(deps, c, 'write');
      c.header('Cache-Control', 'private, no-store');
      return c.json({ data: await missingParts(runtime, tenant, c.req.param('id')) });
    })
    .get('/api/files/:id', async c => {
      const { tenant } = await open(deps, c, 'read');
      const row = await findFile(await openFiles(runtime, tenant), c.req.param('id'));
      if (row.state !== 'ready') throw Problem.of('NOT_FOUND');
      const variant = variantOf(tenant, c.req.query('variant'));
      c.header('Cache-Control', 'private, no-store');
      const clientId = tenant.client.id;
      const expires = Math.floor(now() / 1000) + DOWNLOAD_SECONDS;
      const permission = { method: 'GET', clientId, fileId: row.id, expires, type: '', size: 0, variant } as const;
      return c.redirect(
        row.acl === 'public' ? lastingUrl(runtime, clientId, row.id, variant) : signedUrl(runtime, permission),
        302,
      );
    })
    .delete('/api/files/:id', async c => {
      const opened = await open(deps, c, 'write');
      const call = callOf(deps, c, opened, () => `DELETE ${c.req.path}`);
      return send(c, await deleteFile(runtime, call, c.req.param('id')));
    });
}

/** What a picture's recipe is called, by the name that a module gave it. Throws INVALID_QUERY. */
function variantOf(tenant: Tenant, name: string | undefined): string {
  if (name === undefined) return '';
  const recipe = declaredVariants(tenant.modules).get(name);
  if (recipe) return recipeText(recipe);
  throw Problem.of('INVALID_QUERY', { detail: 'No installed module declares this variant: module.entity.field.name.' });
}

/** Staff, and keys by their scopes. */
async function open(deps: DataDeps, c: AppContext, wish: 'read' | 'write'): Promise<OpenRequest> {
  const opened = await openRequest(deps, c);
  requireScope(opened.actor, wish);
  return opened;
}

/** Throws FORBIDDEN. */
function requireScope(actor: Actor, wish: 'read' | 'write'): void {
  if (!mayUse(actor, wish)) throw Problem.of('FORBIDDEN', { detail: 'This credential may not use files.' });
}

function mayUse({ kind, scopes }: Actor, wish: 'read' | 'write'): boolean {
  if (kind !== 'user' && kind !== 'key') return false;
  return scopes === null || scopes.some(scope => scope === '*' || scope === 'files:write' || scope === `files:${wish}`);
}

function send(c: AppContext, { status, body, replayed }: Reply): Response {
  c.header('Cache-Control', 'private, no-store');
  if (replayed) c.header('Idempotent-Replayed', 'true');
  if (status === 204) return c.body(null, 204);
  c.header('Content-Type', 'application/json');
  return c.body(body, status as 200);
}
