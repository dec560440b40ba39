/** Lets registered websites call the data plane and the embed routes from a browser. */
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { AppEnv } from './env.ts';
import { problemReply } from './problems.ts';

export interface CorsOptions {
  /** Whether any site lists this origin; the token then binds the call to its own. */
  readonly isAllowed: (origin: string) => boolean | Promise<boolean>;
}

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, API-Version';
const EXPOSED =
  'ETag, X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Idempotent-Replayed';
/** Two hours, the most that Chromium keeps. */
const MAX_AGE = '7200';

/** Exact origins only: `null` and near misses get no `Access-Control-Allow-Origin`. Credentials are never allowed. */
export function cors({ isAllowed }: CorsOptions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const isPreflight = c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;
    const verdict = origin === undefined || origin === 'null' ? false : isAllowed(origin);
    const allowed = verdict instanceof Promise ? await verdict : verdict;

    if (isPreflight) {
      c.header('Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
      if (!allowed) return problemReply(c, Problem.of('ORIGIN_NOT_ALLOWED'));
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Allow-Methods', METHODS);
      c.header('Access-Control-Allow-Headers', REQUEST_HEADERS);
      c.header('Access-Control-Max-Age', MAX_AGE);
      return c.body(null, 204);
    }

    await next();
    const { headers } = c.res;
    headers.append('Vary', 'Origin');
    if (!allowed || origin === undefined) return;
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Expose-Headers', EXPOSED);
  };
}
