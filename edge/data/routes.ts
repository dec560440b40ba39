/** The data plane: `/api/m/{module}/v{major}/...`, for the client that the credential belongs to and nobody else. */
import { Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import { runAction } from '../engine/actions.ts';
import type { Call, Reply } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import { queryOfBody } from '../engine/query/input.ts';
import * as records from '../engine/records/index.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readJson } from '../http/json-body.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { callOf, type DataDeps, limitAction, openRequest, reaches } from './open-request.ts';

interface Request {
  readonly call: Call;
  readonly module: CompiledModule;
}

export function dataRoutes(deps: DataDeps): Hono<AppEnv> {
  const { runtime } = deps;
  const routes = new Hono<AppEnv>();
  const base = '/api/m/:module/:version' as const;

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
    return send(c, await records.listRecords(runtime, request.call, target, new URL(c.req.url).searchParams));
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
  routes.get(`${base}/:entity/:id`, async c => {
    const { call, module } = await open(deps, c);
    const params = c.req.raw.url.includes('?') ? new URL(c.req.url).searchParams : undefined;
    const reply = await records.getRecord(runtime, call, entityOf(module, c), idOf(c), params);
    const unchanged = reply.etag !== undefined && c.req.header('if-none-match') === reply.etag;
    return unchanged ? notModified(c, reply.etag!) : send(c, reply);
  });
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
  return routes;
}

/** Credential, tenant, limit and module of a request, in this order; each refusal hides what comes after it. */
async function open(deps: DataDeps, c: AppContext, body?: unknown): Promise<Request> {
  const opened = await openRequest(deps, c);
  const module = moduleOf(opened.tenant, c.req.param('module') ?? '', c.req.param('version') ?? '');
  if (!reaches(opened, module.name)) throw Problem.of('NOT_FOUND');
  const call = callOf(deps, c, opened, () => `${c.req.method} ${c.req.path} ${JSON.stringify(body ?? null)}`);
  return { call, module };
}

/** An unknown module, one that is not installed and a wrong major version answer alike. */
function moduleOf(tenant: Tenant, name: string, version: string): CompiledModule {
  const module = tenant.byName.get(name);
  if (!module || version !== `v${module.major}`) throw Problem.of('NOT_FOUND');
  return module;
}

function entityOf(module: CompiledModule, c: AppContext): records.Target {
  const entity = module.entities.get(c.req.param('entity') ?? '');
  if (!entity) throw Problem.of('NOT_FOUND');
  return { module, entity };
}

const idOf = (c: AppContext): string => c.req.param('id') ?? '';

function send(c: AppContext, reply: Reply & { etag?: string }): Response {
  c.header('Cache-Control', 'private, no-store');
  if (reply.etag) c.header('ETag', reply.etag);
  if (reply.replayed) c.header('Idempotent-Replayed', 'true');
  if (reply.status === 204) return c.body(null, 204);
  c.header('Content-Type', 'application/json');
  return c.body(reply.body, reply.status as 200);
}

function notModified(c: AppContext, etag: string): Response {
  c.header('ETag', etag);
  return c.body(null, 304);
}
