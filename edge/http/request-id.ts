/** Gives every request an id that logs, problems and the reply share. */
import type { MiddlewareHandler } from 'hono';
import { uuidv7 } from 'uuidv7';
import type { AppEnv } from './env.ts';

const WELL_FORMED = /^[A-Za-z0-9._-]{8,64}$/;

/** A well-formed `X-Request-Id` of the caller is kept. */
export function requestId(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const given = c.req.header('x-request-id');
    const id = given !== undefined && WELL_FORMED.test(given) ? given : uuidv7();
    c.set('requestId', id);
    await next();
    c.res.headers.set('X-Request-Id', id);
  };
}
