/** Headers that every reply carries. */
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';

/** Pages of the app are never framed; a route that is meant for frames sets its own policy before this one looks. */
export function securityHeaders(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
    if (headers.has('Content-Security-Policy')) return;
    headers.set('Content-Security-Policy', "frame-ancestors 'none'");
    headers.set('X-Frame-Options', 'DENY');
  };
}
