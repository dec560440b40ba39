/** Who hears an event, and as whom the engine acts on its own. */
import type { Actor } from '../../schemas/protocol/index.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Call } from './call.ts';
import type { CompiledModule } from './compile/module.ts';

export function systemActor(tenant: Tenant): Actor {
  return {
    kind: 'system',
    id: null,
    agencyId: tenant.agencyId,
    clientId: tenant.client.id,
    siteId: null,
    role: null,
    scopes: null,
    origin: null,
  };
}

export const systemCall = (tenant: Tenant, requestId: string): Call => ({
  actor: systemActor(tenant),
  tenant,
  site: undefined,
  requestId,
  callerHash: '',
  idempotencyKey: undefined,
  fingerprint: '',
});

/** The handlers of an event, as `module.handler`. */
export function subscribersOf(
  modules: readonly CompiledModule[],
  event: string,
): { module: CompiledModule; handler: string }[] {
  return modules.flatMap(module =>
    Object.entries(module.manifest.subscribes ?? {}).flatMap(([handler, heard]) =>
      heard === event ? [{ module, handler }] : [],
    ),
  );
}
