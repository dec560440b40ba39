/** What moving, erasing and purging clients needs: both planes. */
import type { ControlDeps } from '../account/deps.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { Tenants } from '../tenant/tenant.ts';

export interface PortabilityDeps {
  readonly control: ControlDeps;
  readonly runtime: Runtime;
  readonly tenants: Tenants;
}
