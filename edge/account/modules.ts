/** /api/modules: what can be installed. */
import { Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { AppEnv } from '../http/env.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { moduleNameOf } from './module-settings.ts';
import { wholeList } from './page.ts';

export function moduleRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { anyone } = guards(deps);

  return new Hono<AppEnv>()
    .get('/api/modules', anyone, c =>
      c.json(wholeList(deps.catalog.list().map(({ manifest: _, ...summary }) => summary))),
    )
    .get('/api/modules/:name', anyone, c => {
      const module = deps.catalog.get(moduleNameOf(c.req.param('name')));
      if (!module) throw Problem.of('NOT_FOUND');
      return c.json({ data: module });
    });
}
