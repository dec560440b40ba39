/** The data plane: `/api/m/{module}/v{major}/...`, for the client that the credential belongs to and nobody else. */
import { Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { Authenticate } from '../auth/actor.ts';
import { runAction } from '../engine/actions.ts';
import type { Call, Reply } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import * as records from '../engine/records/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { ClientIp } from '../http/client-ip.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readJson } from '../http/json-body.ts';
import { describeLimit, rateLimited } from '../http/rate-limit.ts';
import type { Tenant, Tenants } from '../tenant/tenant.ts';

export interface DataDeps {
  readonly runtime: Runtime;
  readonly tenants: Tenants;
  readonly authenticate: Authenticate;
  readonly clientIp: ClientIp;
}

/** Calls a minute: of one API key or user, and of one visitor address on one site. */
const limits = { staff: 3_000, visitor: 600 } as const;
const keyPattern = /^[\x21-\x7e]{1,255}$/;

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
    const perMinute = call.actor.kind === 'visitor' ? module.actions.get(action)?.json.limit?.perMinute : undefined;
    if (perMinute)
      await limit(deps, c, `${module.name}.${action}:${call.tenant.client.id}:${deps.clientIp(c)}`, perMinute);
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
  routes.get(`${base}/:entity/:id`, async c => {
    const { call, module } = await open(deps, c);
    const reply = await records.getRecord(runtime, call, entityOf(module, c), idOf(c));
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
  const pending = deps.authenticate(c.req.raw.headers);
  const actor = pending instanceof Promise ? await pending : pending;
  c.set('actor', actor);
  const tenant = actor.clientId ? await deps.tenants.byClient(actor.clientId) : undefined;
  if (!tenant) throw Problem.of('UNAUTHENTICATED');
  const address = deps.clientIp(c);
  await limitActor(deps, c, actor, address);
  const site = actor.siteId ? tenant.sites.find(entry => entry.id === actor.siteId) : undefined;
  const module = moduleOf(tenant, c.req.param('module') ?? '', c.req.param('version') ?? '');
  if (actor.kind === 'visitor' && !site?.modules.has(module.name)) throw Problem.of('NOT_FOUND');
  const idempotencyKey = c.req.header('idempotency-key');
  if (idempotencyKey !== undefined && !keyPattern.test(idempotencyKey)) {
    throw Problem.of('INVALID_REQUEST', { detail: 'Idempotency-Key takes 1 to 255 visible ASCII characters.' });
  }
  const call: Call = {
    actor,
    tenant,
    site,
    requestId: c.get('requestId'),
    callerHash: actor.kind === 'visitor' ? deps.runtime.secrets.callerHash(address) : '',
    idempotencyKey,
    fingerprint: idempotencyKey ? `${c.req.method} ${c.req.path} ${JSON.stringify(body ?? null)}` : '',
  };
  return { call, module };
}

function limitActor(deps: DataDeps, c: AppContext, actor: Actor, address: string): Promise<void> | void {
  return actor.kind === 'visitor'
    ? limit(deps, c, `visitor:${actor.siteId}:${address}`, limits.visitor)
    : limit(deps, c, `${actor.kind}:${actor.id}`, limits.staff);
}

function limit(deps: DataDeps, c: AppContext, key: string, perMinute: number): Promise<void> | void {
  const judge = (verdict: Awaited<ReturnType<typeof deps.runtime.ports.limiter.take>>) => {
    describeLimit(c, verdict);
    if (!verdict.allowed) throw rateLimited(verdict);
  };
  const pending = deps.runtime.ports.limiter.take(key, perMinute, 60);
  return pending instanceof Promise ? pending.then(judge) : judge(pending);
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
