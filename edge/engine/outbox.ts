/** Delivers events to the modules that hear them: after the commit, at least once, in order within a store. */

import type { AnyModule, EventContext } from '../../schemas/module/index.ts';
import { type Database, DatabaseError } from '../../schemas/ports/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { Tenant, Tenants } from '../tenant/tenant.ts';
import { type Call, runCall } from './call.ts';
import type { CompiledModule } from './compile/module.ts';
import { createContext } from './context.ts';
import type { Runtime } from './runtime.ts';

interface Pending {
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
  readonly at: number;
  readonly attempts: number;
}

const batchSize = 50;
/** Seconds until the next try, by how many have failed; after the last the row keeps its error and waits for a person. */
const backoffSeconds = [5, 60, 300, 1800, 7200] as const;

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

async function readPending(db: Database, now: number): Promise<Pending[]> {
  const [result] = await db.read([
    {
      sql: `SELECT "id", "event", "payload", "at", "attempts" FROM "_outbox" WHERE "due_at" <= ? ORDER BY "id" LIMIT ${batchSize}`,
      args: [now],
    },
  ]);
  return result!.rows.map(([id, event, payload, at, attempts]) => ({
    id: id as string,
    event: event as string,
    payload: JSON.parse(payload as string) as unknown,
    at: at as number,
    attempts: attempts as number,
  }));
}

export interface Dispatcher {
  wake(tenant: Tenant): void;
  /** Resolves when nothing that is due is left. */
  dispatch(tenant: Tenant): Promise<void>;
}

export function createDispatcher(runtime: Runtime, tenants: Tenants): Dispatcher {
  const running = new Map<string, { again: boolean; done: Promise<void> }>();

  const deliver = async (tenant: Tenant, row: Pending): Promise<void> => {
    for (const { module, handler } of subscribersOf(tenant.modules, row.event)) {
      const run = module.code?.subscribers?.[handler];
      if (!run) continue;
      const call = systemCall(tenant, row.id);
      await runCall(runtime, call, async work => {
        const context: EventContext<AnyModule> = Object.assign(createContext(runtime, call, module, work, true), {
          event: { id: row.id, at: row.at },
          mail: (mail: Parameters<EventContext<AnyModule>['mail']>[0]) =>
            runtime.ports.mailer.send({
              ...mail,
              key: `${tenant.client.id}:${row.id}:${handler}:${mail.key ?? ''}`,
              from: { ...runtime.config.mailFrom, name: tenant.client.name },
            }),
        });
        await run(row.payload, context);
        return { status: 200, body: '' };
      });
    }
  };

  const drain = async (tenant: Tenant): Promise<void> => {
    const db = await runtime.stores.open(tenant.store, tenant.modules);
    for (;;) {
      const rows = await readPending(db, runtime.ports.clock.now());
      for (const row of rows) {
        try {
          await deliver(tenant, row);
          await db.write([
            { sql: 'UPDATE "_outbox" SET "due_at" = NULL, "error" = NULL WHERE "id" = ?', args: [row.id] },
          ]);
        } catch (error) {
          if (error instanceof DatabaseError && error.kind === 'unavailable') throw error;
          const delay = backoffSeconds[row.attempts];
          const due = delay === undefined ? null : runtime.ports.clock.now() + delay * 1000;
          const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'failed';
          console.error(`event ${row.event} ${row.id}: ${reason}`);
          await db.write([
            {
              sql: 'UPDATE "_outbox" SET "attempts" = "attempts" + 1, "due_at" = ?, "error" = ? WHERE "id" = ?',
              args: [due, reason, row.id],
            },
          ]);
        }
      }
      if (rows.length < batchSize) return;
    }
  };

  /** One runner for a store in this process; a wake during a run makes it look once more. */
  const dispatch = (tenant: Tenant): Promise<void> => {
    const current = running.get(tenant.client.id);
    if (current) {
      current.again = true;
      return current.done;
    }
    const state = { again: false, done: Promise.resolve() };
    const loop = async () => {
      do {
        state.again = false;
        const fresh = (await tenants.byClient(tenant.client.id)) ?? tenant;
        await drain(fresh);
      } while (state.again);
    };
    state.done = loop().finally(() => running.delete(tenant.client.id));
    running.set(tenant.client.id, state);
    return state.done;
  };

  return { dispatch, wake: tenant => runtime.ports.scheduler.defer(() => dispatch(tenant)) };
}
