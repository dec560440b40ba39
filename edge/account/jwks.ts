/** GET /.well-known/jwks.json: the public halves of the keys that sign tokens. */
import { Hono } from 'hono';
import type { AppEnv } from '../http/env.ts';
import type { ControlDeps } from './deps.ts';

export function jwksRoutes({ auth }: Pick<ControlDeps, 'auth'>): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/.well-known/jwks.json', async c => {
    c.header('Cache-Control', 'public, max-age=300');
    return c.json(await auth.keys.jwks());
  });
}
