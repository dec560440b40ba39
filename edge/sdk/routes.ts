/** GET /api/sdk/typescript and /api/sdk/python: a typed client for what the credential may use. */
import { Hono } from 'hono';
import { type DataDeps, openRequest } from '../data/open-request.ts';
import type { AppEnv } from '../http/env.ts';
import { Descriptions } from '../openapi/described.ts';
import { surfaceOf } from '../openapi/surface.ts';
import { pythonClient } from './python.ts';
import { typescriptClient } from './typescript.ts';

export function sdkRoutes(deps: DataDeps): Hono<AppEnv> {
  const { publicUrl } = deps.runtime.config;
  const descriptions = new Descriptions();
  return new Hono<AppEnv>()
    .get('/api/sdk/typescript', async c => {
      const surface = surfaceOf(await openRequest(deps, c));
      c.header('Content-Disposition', 'attachment; filename="inlay.ts"');
      return descriptions.send(c, surface, 'typescript', 'text/plain; charset=utf-8', () =>
        typescriptClient(surface, publicUrl),
      );
    })
    .get('/api/sdk/python', async c => {
      const surface = surfaceOf(await openRequest(deps, c));
      c.header('Content-Disposition', 'attachment; filename="inlay.py"');
      return descriptions.send(c, surface, 'python', 'text/x-python; charset=utf-8', () =>
        pythonClient(surface, publicUrl),
      );
    });
}
