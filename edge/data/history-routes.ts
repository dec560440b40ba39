/** What was done to a record, for those who look after it. */
import type { Hono } from 'hono';
import { recordHistory } from '../engine/records/history.ts';
import type { AppEnv } from '../http/env.ts';
import type { DataDeps } from './open-request.ts';
import { base, entityOf, idOf, open, send } from './request.ts';
import { paramsOf } from './text-locale.ts';

export function addHistoryRoutes(routes: Hono<AppEnv>, deps: DataDeps): void {
  routes.get(`${base}/:entity/:id/history`, async c => {
    const { call, module } = await open(deps, c);
    return send(c, await recordHistory(deps.runtime, call, entityOf(module, c), idOf(c), paramsOf(c)));
  });
}
