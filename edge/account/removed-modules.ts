/** /api/clients/:id/removed-modules: what was uninstalled and can be had back, and until when. */
import { asc, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import type { RemovedModule } from '../../schemas/protocol/index.ts';
import { removedModule } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { wholeList } from './page.ts';
import { findClient } from './scope.ts';

export function removedModuleRoutes(deps: ControlDeps): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/api/clients/:id/removed-modules', guards(deps).staff, async c => {
    const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
    const rows = await deps.db
      .select()
      .from(removedModule)
      .where(eq(removedModule.clientId, id))
      .orderBy(asc(removedModule.module));
    const list = rows.map(
      ({ module, version, removedAt, dropsAt }): RemovedModule => ({
        module,
        version,
        removedAt: instant(removedAt),
        dropsAt: instant(dropsAt),
      }),
    );
    return c.json(wholeList(list));
  });
}
