/** /api/clients/:id/deliveries: what was delivered, what waits, and dead letters to replay or discard. */
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Delivery, DeliveryState } from '../../schemas/protocol/index.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { findClient } from './scope.ts';

/** What the engine does in a client's store. */
export interface ClientDeliveries {
  list(
    clientId: string,
    query: { readonly state: DeliveryState; readonly size: number; readonly skip: number },
  ): Promise<readonly Delivery[]>;
  /** False where no dead letter has this id. */
  replay(clientId: string, id: string): Promise<boolean>;
  discard(clientId: string, id: string): Promise<boolean>;
}

const query = z.object({
  state: z.enum(['pending', 'done', 'dead', 'discarded']).default('dead'),
  'page[size]': z.coerce.number().int().min(1).max(200).default(50),
  'page[after]': z.coerce.number().int().min(0).max(1_000_000).default(0),
});

export function deliveryRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { deliveries } = deps;
  const { admin } = guards(deps);

  const settle = async (c: AppContext, verb: 'replay' | 'discard'): Promise<Response> => {
    const session = c.get('session');
    const client = await findClient(deps, session, c.req.param('id') ?? '');
    const id = c.req.param('deliveryId') ?? '';
    await readValid(c.req.raw, z.strictObject({}));
    if (!(await deliveries[verb](client.id, id))) throw Problem.of('NOT_FOUND');
    await auditRow(deps, session, { action: `delivery.${verb}`, subjectId: id, clientId: client.id });
    return c.body(null, 204);
  };

  return new Hono<AppEnv>()
    .get('/api/clients/:id/deliveries', admin, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      const asked = query.safeParse(c.req.query());
      if (!asked.success) {
        throw Problem.of('INVALID_QUERY', {
          detail: 'state is pending, done, dead or discarded; page[size] 1 to 200.',
        });
      }
      const { state, 'page[size]': size, 'page[after]': skip } = asked.data;
      const rows = await deliveries.list(id, { state, size: size + 1, skip });
      const after = rows.length > size ? String(skip + size) : null;
      return c.json({ data: rows.slice(0, size), page: { size, after } });
    })
    .post('/api/clients/:id/deliveries/:deliveryId/replay', admin, c => settle(c, 'replay'))
    .post('/api/clients/:id/deliveries/:deliveryId/discard', admin, c => settle(c, 'discard'));
}
