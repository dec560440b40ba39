/** Lets registered websites call the data plane and the embed routes from a browser. */
import { Problem } from '../../schemas/errors/index.ts';
import { problemResponse } from './problems.ts';
import type { ReplyHead } from './reply-head.ts';

export interface CorsOptions {
  /** Paths it is about: exact ones, and all that begin with one that ends in a slash. */
  readonly paths: readonly string[];
  /** Whether any site lists this origin; the token then binds the call to its own. */
  readonly isAllowed: (origin: string) => boolean | Promise<boolean>;
}

/** Notes in the head what every reply to this request says about origins; answers a preflight itself. */
export type Cors = (
  request: Request,
  path: string,
  head: ReplyHead,
) => Response | undefined | Promise<Response | undefined>;

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, API-Version, Inlay-Proof, Inlay-Campaign';
const EXPOSED =
  'ETag, X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Idempotent-Replayed';
/** Two hours, the most that Chromium keeps. */
const MAX_AGE = '7200';

/** Exact origins only: `null` and near misses get no `Access-Control-Allow-Origin`. Credentials are never allowed. */
export function createCors({ paths, isAllowed }: CorsOptions): Cors {
  const isShared = (path: string) =>
    paths.some(entry => path === entry || (entry.endsWith('/') && path.startsWith(entry)));

  const judge = (request: Request, head: ReplyHead, origin: string | null, allowed: boolean): Response | undefined => {
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
    head.set('Vary', isPreflight ? 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' : 'Origin');
    if (isPreflight && !allowed) return problemResponse(Problem.of('ORIGIN_NOT_ALLOWED'), head);
    if (!allowed || origin === null) return undefined;
    head.set('Access-Control-Allow-Origin', origin);
    if (!isPreflight) {
      head.set('Access-Control-Expose-Headers', EXPOSED);
      return undefined;
    }
    return head.reply(null, 204, {
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': REQUEST_HEADERS,
      'Access-Control-Max-Age': MAX_AGE,
    });
  };

  return (request, path, head) => {
    if (!isShared(path)) return undefined;
    const origin = request.headers.get('origin');
    const verdict = origin === null || origin === 'null' ? false : isAllowed(origin);
    return verdict instanceof Promise
      ? verdict.then(allowed => judge(request, head, origin, allowed))
      : judge(request, head, origin, verdict);
  };
}
