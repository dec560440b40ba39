/** What a module's widgets show first: the output of the read action that they declare. */
import type { Actor } from '../../schemas/protocol/index.ts';
import { runAction } from '../engine/actions.ts';
import type { Call } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { SiteOfTenant, Tenants } from '../tenant/tenant.ts';

/** Whoever comes to a page of the site; `origin` is that page's. */
export const visitorOf = ({ tenant, site }: SiteOfTenant, origin: string): Actor => ({
  kind: 'visitor',
  id: null,
  agencyId: tenant.agencyId,
  clientId: tenant.client.id,
  siteId: site.id,
  role: null,
  scopes: null,
  origin,
});

/** The read action whose output comes with the session; undefined without one. */
export const prefetchAction = ({ manifest }: CompiledModule): string | undefined =>
  Object.values(manifest.widgets ?? {}).flatMap(widget => (widget.kind ? [] : (widget.prefetch ?? [])))[0];

/** Its output; null without one. */
export async function prefetch(runtime: Runtime, call: Call, module: CompiledModule): Promise<unknown> {
  const action = prefetchAction(module);
  if (!action) return null;
  const reply = await runAction(runtime, call, module, action, {});
  return (JSON.parse(reply.body) as { data: unknown }).data;
}

/** The same for whoever is about to put the widget into the site; null where it is not there yet. */
export async function prefetchOf(
  { runtime, tenants }: { readonly runtime: Runtime; readonly tenants: Tenants },
  siteKey: string,
  name: string,
): Promise<unknown> {
  const found = await tenants.bySiteKey(siteKey);
  const module = found?.tenant.byName.get(name);
  if (!found || !module || !found.site.modules.has(name)) return null;
  const actor = visitorOf(found, runtime.config.publicUrl);
  const call = { actor, ...found, requestId: '', callerHash: '', idempotencyKey: undefined, fingerprint: '' };
  return prefetch(runtime, call, module);
}
