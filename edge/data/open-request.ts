/** Opens a request of the data plane: whose it is, for which client, and within which limits. */
import { Problem } from '../../schemas/errors/index.ts';
import { campaignHeader } from '../../schemas/protocol/campaign.ts';
import { proofHeader } from '../../schemas/protocol/captcha.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { Authenticate } from '../auth/actor.ts';
import type { Call } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Runtime } from '../engine/runtime.ts';
import { whenReady } from '../engine/when-ready.ts';
import { asksNotToBeTracked } from '../http/asks-not-to-be-tracked.ts';
import type { ClientIp } from '../http/client-ip.ts';
import type { AppContext } from '../http/env.ts';
import { describeLimit, rateLimited } from '../http/rate-limit.ts';
import type { Tenant, TenantSite, Tenants } from '../tenant/tenant.ts';
import { parseCampaign } from './parse-campaign.ts';
import { textLocaleOf } from './text-locale.ts';

export interface DataDeps {
  readonly runtime: Runtime;
  readonly tenants: Tenants;
  readonly authenticate: Authenticate;
  readonly clientIp: ClientIp;
}

export interface OpenRequest {
  readonly actor: Actor;
  readonly tenant: Tenant;
  /** The site a visitor's token is bound to; else undefined. */
  readonly site: TenantSite | undefined;
  readonly address: string;
}

/** Calls a minute: of one API key or user, and of one visitor address on one site. */
const limits = { staff: 3_000, visitor: 600 } as const;
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** Credential, tenant and limit of a request, in this order; each refusal hides what comes after it. At once for who was met lately. */
export function openRequest(deps: DataDeps, c: AppContext): OpenRequest | Promise<OpenRequest> {
  return whenReady(deps.authenticate(c.req.raw.headers), actor => {
    c.set('actor', actor);
    return whenReady(actor.clientId ? deps.tenants.byClient(actor.clientId) : undefined, tenant => {
      if (!tenant) throw Problem.of('UNAUTHENTICATED');
      const address = deps.clientIp(c);
      return whenReady(limitActor(deps, c, actor, address), () => {
        const site = actor.siteId ? tenant.sites.find(entry => entry.id === actor.siteId) : undefined;
        return { actor: site ? { ...actor, modules: enabledOn(site) } : actor, tenant, site, address };
      });
    });
  });
}

const enabled = new WeakMap<TenantSite, ReadonlySet<string>>();

function enabledOn(site: TenantSite): ReadonlySet<string> {
  const known = enabled.get(site) ?? new Set(site.modules.keys());
  enabled.set(site, known);
  return known;
}

/** Whether the caller meets the module at all: a visitor only where its site has enabled it. */
export const reaches = ({ actor, site }: Pick<OpenRequest, 'actor' | 'site'>, module: string): boolean =>
  actor.kind !== 'visitor' || (site?.modules.has(module) ?? false);

/** The engine's view of the request; `fingerprint` is what a repeated Idempotency-Key must repeat. Throws INVALID_REQUEST. */
export function callOf(deps: DataDeps, c: AppContext, opened: OpenRequest, fingerprint: () => string): Call {
  const { actor, tenant, site, address } = opened;
  const { headers } = c.req.raw;
  const idempotencyKey = headers.get('idempotency-key') ?? undefined;
  if (idempotencyKey !== undefined && !keyPattern.test(idempotencyKey)) {
    throw Problem.of('INVALID_REQUEST', { detail: 'Idempotency-Key takes 1 to 255 visible ASCII characters.' });
  }
  return {
    actor,
    tenant,
    site,
    requestId: c.env.head.requestId,
    callerHash: actor.kind === 'visitor' ? deps.runtime.secrets.callerHash(address) : '',
    idempotencyKey,
    proof: headers.get(proofHeader) ?? undefined,
    campaign: asksNotToBeTracked(headers) ? undefined : parseCampaign(headers.get(campaignHeader)),
    locale: textLocaleOf(c, tenant, site),
    fingerprint: idempotencyKey ? fingerprint() : '',
  };
}

/** Counts a visitor's call against the action's own limit. Throws RATE_LIMITED. */
export function limitAction(
  deps: DataDeps,
  c: AppContext,
  { actor, tenant }: Pick<OpenRequest, 'actor' | 'tenant'>,
  module: CompiledModule,
  action: string,
): Promise<void> | void {
  const perMinute = module.actions.get(action)?.json.limit?.perMinute;
  if (perMinute) return limitVisitor(deps, c, { actor, tenant }, `${module.name}.${action}`, perMinute);
}

/** Counts what one visitor's address does under a name. Throws RATE_LIMITED. */
export function limitVisitor(
  deps: DataDeps,
  c: AppContext,
  { actor, tenant }: Pick<OpenRequest, 'actor' | 'tenant'>,
  name: string,
  perMinute: number,
): Promise<void> | void {
  if (actor.kind === 'visitor') return limit(deps, c, `${name}:${tenant.client.id}:${deps.clientIp(c)}`, perMinute);
}

function limitActor(deps: DataDeps, c: AppContext, actor: Actor, address: string): Promise<void> | void {
  return actor.kind === 'visitor'
    ? limit(deps, c, `visitor:${actor.siteId}:${address}`, limits.visitor)
    : limit(deps, c, `${actor.kind}:${actor.id}`, limits.staff);
}

function limit(deps: DataDeps, c: AppContext, key: string, perMinute: number): Promise<void> | void {
  return whenReady(deps.runtime.ports.limiter.take(key, perMinute, 60), verdict => {
    describeLimit(c, verdict);
    if (!verdict.allowed) throw rateLimited(verdict);
  });
}
