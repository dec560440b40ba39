/** The built browser files: the dashboard's pages and assets, and the widgets' chunks. */
import type { NotFoundHandler } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { Asset, Assets } from '../../schemas/ports/index.ts';
import type { AppContext, AppEnv } from '../http/env.ts';

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Files with a hash in their name never change. */
const immutable = /^(?:embed\/c|assets)\//;

/** What no route answers: not a route that matches all, since every other would then be one of two. */
export function pagesOr(
  notFound: NotFoundHandler<AppEnv>,
  { assets }: { readonly assets: Assets },
): NotFoundHandler<AppEnv> {
  return async c => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return notFound(c);
    const path = c.req.path.slice(1);
    const asset =
      immutable.test(path) || /^[\w-]+\.(?:ico|svg|png|txt)$/.test(path) ? await assets.get(path) : undefined;
    if (asset) return file(c, asset, immutable.test(path));
    if (path.includes('.') || /^(?:api|embed|p|dev)(?:\/|$)/.test(path)) throw Problem.of('NOT_FOUND');
    const page = await assets.get('index.html');
    if (!page) throw Problem.of('NOT_FOUND');
    c.header('Content-Security-Policy', pagePolicy);
    return file(c, page, false);
  };
}

function file(c: AppContext, asset: Asset, forever: boolean): Response {
  c.header('Content-Type', asset.contentType);
  c.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (forever) {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  }
  if (asset.etag) c.header('ETag', asset.etag);
  if (asset.etag && c.req.header('if-none-match') === asset.etag) return c.body(null, 304);
  return c.body(asset.body as never);
}
