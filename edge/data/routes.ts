/** The data plane: `/api/m/{module}/v{major}/...`, for the client that the credential belongs to and nobody else. */
import { Hono } from 'hono';
import { runAction } from '../engine/actions.ts';
import { queryOfBody } from '../engine/query/input.ts';
import * as records from '../engine/records/index.ts';
import { whenReady } from '../engine/when-ready.ts';
import type { AppEnv } from '../http/env.ts';
import { readJson } from '../http/json-body.ts';
import { addCaptchaRoutes } from './captcha-routes.ts';
import { addCsvRoutes } from './csv-routes.ts';
import { addHistoryRoutes } from './history-routes.ts';
import { type DataDeps, limitAction } from './open-request.ts';
import { addQueryRoutes } from './query-routes.ts';
import { base, entityOf, idOf, notModified, open, send } from './request.ts';
import { paramsOf } from './text-locale.ts';
import { addWidgetRoutes } from './widget-routes.ts';

export function dataRoutes(deps: DataDeps): Hono<AppEnv> {
  const { runtime } = deps;
  const routes = new Hono<AppEnv>();
  addQueryRoutes(routes, deps);
  addCsvRoutes(routes, deps);
  addHistoryRoutes(routes, deps);
  addCaptchaRoutes(routes, deps);
  addWidgetRoutes(routes, deps);

  routes.post(`${base}/actions/:action`, async c => {
    const body = await readJson(c.req.raw);
    const { call, module } = await open(deps, c, body);
    const action = c.req.param('action') ?? '';
    await limitAction(deps, c, call, module, action);
    return send(c, await runAction(runtime, call, module, action, body));
  });
  routes.get(`${base}/:entity`, async c => {
    const request = await open(deps, c);
    const target = entityOf(request.module, c);
    return send(c, await records.listRecords(runtime, request.call, target, paramsOf(c)));
  });
  routes.post(`${base}/:entity`, async c => {
    const body = await readJson(c.req.raw);
    const { call, module } = await open(deps, c, body);
    return send(c, await records.createRecord(runtime, call, entityOf(module, c), body));
  });
  routes.post(`${base}/:entity/query`, async c => {
    const body = await readJson(c.req.raw);
    const { call, module } = await open(deps, c, body);
    return send(c, await records.queryRecords(runtime, call, entityOf(module, c), () => queryOfBody(body)));
  });
  routes.post(`${base}/:entity/bulk`, async c => {
    const body = await readJson(c.req.raw);
    const { call, module } = await open(deps, c, body);
    return send(c, await records.bulkRecords(runtime, call, entityOf(module, c), body));
  });
  // Not `async`: a record of an open store is a reply at once.
  routes.get(`${base}/:entity/:id`, c =>
    whenReady(open(deps, c), ({ call, module }) => {
      const params = c.req.raw.url.includes('?') ? paramsOf(c) : undefined;
      return whenReady(records.getRecord(runtime, call, entityOf(module, c), idOf(c), params), reply => {
        const unchanged = reply.etag !== undefined && c.req.raw.headers.get('if-none-match') === reply.etag;
        return unchanged ? notModified(c, reply.etag!) : send(c, reply);
      });
    }),
  );
  routes.patch(`${base}/:entity/:id`, async c => {
    const body = await readJson(c.req.raw);
    const { call, module } = await open(deps, c, body);
    const rev = records.revisionOf(c.req.header('if-match'));
    return send(c, await records.updateRecord(runtime, call, entityOf(module, c), idOf(c), body, rev));
  });
  routes.delete(`${base}/:entity/:id`, async c => {
    const { call, module } = await open(deps, c);
    const rev = records.revisionOf(c.req.header('if-match'));
    return send(c, await records.deleteRecord(runtime, call, entityOf(module, c), idOf(c), rev));
  });
  routes.post(`${base}/:entity/:id/transitions/:transition`, async c => {
    const body = c.req.header('content-type') ? await readJson(c.req.raw) : {};
    const { call, module } = await open(deps, c, body);
    const rev = records.revisionOf(c.req.header('if-match'));
    const id = idOf(c);
    const transition = c.req.param('transition') ?? '';
    return send(c, await records.transitionRecord(runtime, call, entityOf(module, c), id, transition, body, rev));
  });
  routes.post(`${base}/:entity/:id/restore`, async c => {
    const { call, module } = await open(deps, c, {});
    return send(c, await records.restoreRecord(runtime, call, entityOf(module, c), idOf(c)));
  });
  return routes;
}
