/** Reading beyond one list: aggregates, and the search over all modules. */
import type { Hono } from 'hono';
import { aggregateRecords } from '../engine/query/aggregate.ts';
import { searchAll, searchOfParams } from '../engine/search/search.ts';
import type { AppEnv } from '../http/env.ts';
import { callOf, type DataDeps, openRequest } from './open-request.ts';
import { base, entityOf, open, send } from './request.ts';
import { paramsOf } from './text-locale.ts';

export function addQueryRoutes(routes: Hono<AppEnv>, deps: DataDeps): void {
  const { runtime } = deps;
  routes.get('/api/search', async c => {
    const call = callOf(deps, c, await openRequest(deps, c), () => '');
    return send(c, await searchAll(runtime, call, searchOfParams(paramsOf(c))));
  });
  routes.get(`${base}/:entity/aggregate`, async c => {
    const { call, module } = await open(deps, c);
    return send(c, await aggregateRecords(runtime, call, entityOf(module, c), paramsOf(c)));
  });
}
