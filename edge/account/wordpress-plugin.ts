/** GET /integrations/wordpress.zip: the WordPress plugin, which is the same for every site. */
import { Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { AppEnv } from '../http/env.ts';
import type { ControlDeps } from './deps.ts';

export const wordpressPluginRoutes = ({ ports }: ControlDeps): Hono<AppEnv> =>
  new Hono<AppEnv>().get('/integrations/wordpress.zip', async c => {
    const asset = await ports.assets.get('integrations/wordpress.zip');
    if (!asset) throw Problem.of('UNAVAILABLE', { detail: 'The plugin has not been built.' });
    return c.body(asset.body as never, 200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': 'attachment; filename="inlay-wordpress.zip"',
      'Cache-Control': 'public, max-age=300',
    });
  });
