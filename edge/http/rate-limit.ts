/** Counts calls against a limit and says on every reply what is left. */
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { Limiter, LimitVerdict } from '../../schemas/ports/index.ts';
import type { AppContext, AppEnv } from './env.ts';

export interface RateLimitOptions {
  readonly limiter: Limiter;
  /** Keeps this limit's buckets apart from others'. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
  /** Whose bucket; the name is put before it. */
  readonly key: (c: AppContext) => string;
}

export function rateLimit(options: RateLimitOptions): MiddlewareHandler<AppEnv> {
  const { limiter, name, limit, windowSeconds, key } = options;
  return async (c, next) => {
    const pending = limiter.take(`${name}:${key(c)}`, limit, windowSeconds);
    const verdict = pending instanceof Promise ? await pending : pending;
    // A tighter limit further in speaks after this one, and is heard.
    describeLimit(c, verdict);
    if (!verdict.allowed) throw rateLimited(verdict);
    await next();
  };
}

/** 429 with `Retry-After`. */
export function rateLimited({ resetSeconds }: LimitVerdict): Problem {
  return Problem.of('RATE_LIMITED', {
    detail: `Try again in ${resetSeconds} seconds.`,
    extensions: { retryAfter: Math.max(1, Math.ceil(resetSeconds)) },
  });
}

export function describeLimit(c: AppContext, { limit, remaining, resetSeconds }: LimitVerdict): void {
  const { head } = c.env;
  head.set('RateLimit-Limit', String(limit));
  head.set('RateLimit-Remaining', String(Math.max(0, remaining)));
  head.set('RateLimit-Reset', String(Math.ceil(resetSeconds)));
}
