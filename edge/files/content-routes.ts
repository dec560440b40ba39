/** /api/files/:id/content: bytes in and out, by addresses that carry their own permission. */
import { Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { DataDeps } from '../data/open-request.ts';
import type { AppEnv } from '../http/env.ts';
import { type Keeping, sendFile } from './download.ts';
import { ID } from './file-row.ts';
import { findFile } from './file-verbs.ts';
import { receivePart } from './parts.ts';
import { lengthMismatch } from './refusals.ts';
import { readPermission } from './signed-url.ts';
import { openFiles } from './tables.ts';
import { receiveFile } from './upload.ts';
import { declaredVariants, recipeText, variantOf } from './variants.ts';

/** Seconds a browser may keep what never changes. */
const FOR_EVER = 31_536_000;
/** Seconds until the deletion of a public file is seen everywhere. */
const PUBLIC_SECONDS = 3_600;

export function contentRoutes({ runtime, tenants }: DataDeps): Hono<AppEnv> {
  const now = () => runtime.ports.clock.now();

  return new Hono<AppEnv>()
    .put('/api/files/:id/content', async c => {
      const permission = readPermission(runtime, 'PUT', c.req.param('id'), new URL(c.req.url).searchParams, now());
      if (c.req.header('content-type')?.toLowerCase() !== permission.type) {
        throw Problem.of('FORBIDDEN', { detail: `This address takes ${permission.type} alone.` });
      }
      const declared = c.req.header('content-length');
      if (declared !== undefined && Number(declared) !== permission.size) {
        throw lengthMismatch(permission.size);
      }
      const tenant = await tenants.byClient(permission.clientId);
      if (!tenant) throw Problem.of('NOT_FOUND');
      await (permission.part ? receivePart : receiveFile)(runtime, tenant, permission, bodyOf(c.req.raw));
      return c.body(null, 204);
    })
    .get('/api/files/:id/content', async c => {
      const query = new URL(c.req.url).searchParams;
      const id = c.req.param('id');
      const signed = query.has('signature') ? readPermission(runtime, 'GET', id, query, now()) : undefined;
      const tenant = await tenants.byClient(signed?.clientId ?? query.get('client') ?? '');
      if (!tenant || !ID.test(id)) throw Problem.of('NOT_FOUND');
      const db = await openFiles(runtime, tenant);
      const row = await findFile(db, id);
      // Without a signature a private file is as unknown as one that never was.
      if (row.state !== 'ready' || (!signed && row.acl !== 'public')) throw Problem.of('NOT_FOUND');
      const isPublic = row.acl === 'public';
      const asked = query.get('variant');
      if (asked === null) {
        const kept: Keeping = { seconds: isPublic ? PUBLIC_SECONDS : 0, immutable: false };
        return sendFile(c, runtime.ports.blobs, row, kept);
      }
      // Names belong to modules; in an address a recipe says what it is, so that another one has another address.
      const recipe = declaredVariants(tenant.modules).get(asked);
      if (!recipe || recipeText(recipe) !== asked) throw Problem.of('NOT_FOUND');
      const picture = await variantOf(runtime, tenant, db, row, recipe);
      const seconds = isPublic ? FOR_EVER : Math.floor((signed?.expires ?? 0) - now() / 1000);
      return sendFile(c, runtime.ports.blobs, picture, { seconds, immutable: true });
    });
}

const bodyOf = (request: Request): AsyncIterable<Uint8Array> =>
  (request.body ?? new Response('').body!) as unknown as AsyncIterable<Uint8Array>;
