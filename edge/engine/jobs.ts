/** Runs modules' timed jobs over the stores that are in use, one store after another. */
import { uuidv7 } from 'uuidv7';
import type { Tenant, Tenants } from '../tenant/tenant.ts';
import { runCall } from './call.ts';
import { createContext } from './context.ts';
import { type Dispatcher, systemCall } from './outbox.ts';
import type { Runtime } from './runtime.ts';

export interface Sweeper {
  /** Runs every job that is due and every delivery that waits, for every client. */
  sweep(): Promise<void>;
}

export function createSweeper(runtime: Runtime, tenants: Tenants, dispatcher: Dispatcher): Sweeper {
  const lastRun = new Map<string, number>();

  const runJobs = async (tenant: Tenant): Promise<void> => {
    const now = runtime.ports.clock.now();
    for (const module of tenant.modules) {
      for (const [name, job] of Object.entries(module.manifest.jobs ?? {})) {
        const run = module.code?.jobs?.[name];
        const key = `${tenant.client.id}:${module.name}.${name}`;
        if (!run || now - (lastRun.get(key) ?? 0) < job.everySeconds * 1000) continue;
        lastRun.set(key, now);
        const call = systemCall(tenant, uuidv7());
        await runCall(runtime, call, async work => {
          await run(createContext(runtime, call, module, work, true));
          return { status: 200, body: '' };
        });
      }
    }
  };

  return {
    async sweep() {
      for (const id of await tenants.clientIds()) {
        const tenant = await tenants.byClient(id);
        if (!tenant || tenant.modules.length === 0) continue;
        try {
          await runJobs(tenant);
          await dispatcher.dispatch(tenant);
        } catch (error) {
          console.error(`sweep of ${tenant.client.id}: ${error instanceof Error ? error.message : error}`);
        }
      }
    },
  };
}
