/** A data-plane request's module and record, and how its reply is sent. */
import { Problem } from '../../schemas/errors/index.ts';
import type { Call, Reply } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Target } from '../engine/records/index.ts';
import { whenReady } from '../engine/when-ready.ts';
import type { AppContext } from '../http/env.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { callOf, type DataDeps, openRequest, reaches } from './open-request.ts';

export const base = '/api/m/:module/:version' as const;

interface Request {
  readonly call: Call;
  readonly module: CompiledModule;
}

/** Credential, tenant, limit and module of a request, in this order; each refusal hides what comes after it. */
export function open(deps: DataDeps, c: AppContext, body?: unknown): Request | Promise<Request> {
  return whenReady(openRequest(deps, c), opened => {
    const module = moduleOf(opened.tenant, c.req.param('module') ?? '', c.req.param('version') ?? '');
    if (!reaches(opened, module.name)) throw Problem.of('NOT_FOUND');
    const call = callOf(deps, c, opened, () => `${c.req.method} ${c.req.path} ${JSON.stringify(body ?? null)}`);
    return { call, module };
  });
}

/** An unknown module, one that is not installed and a wrong major version answer alike. */
function moduleOf(tenant: Tenant, name: string, version: string): CompiledModule {
  const module = tenant.byName.get(name);
  if (!module || version !== `v${module.major}`) throw Problem.of('NOT_FOUND');
  return module;
}

export function entityOf(module: CompiledModule, c: AppContext): Target {
  const entity = module.entities.get(c.req.param('entity') ?? '');
  if (!entity) throw Problem.of('NOT_FOUND');
  return { module, entity };
}

export const idOf = (c: AppContext): string => c.req.param('id') ?? '';

export function send(c: AppContext, reply: Reply & { etag?: string }): Response {
  const headers: Record<string, string> = { 'Cache-Control': 'private, no-store' };
  if (reply.etag) headers['ETag'] = reply.etag;
  if (reply.replayed) headers['Idempotent-Replayed'] = 'true';
  if (reply.status === 204) return c.env.head.reply(null, 204, headers);
  headers['Content-Type'] = 'application/json';
  return c.env.head.reply(reply.body, reply.status, headers);
}

export const notModified = (c: AppContext, etag: string): Response => c.env.head.reply(null, 304, { ETag: etag });
