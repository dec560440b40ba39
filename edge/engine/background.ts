/** What happens without a request: deliveries and jobs, for each store as they fall due. */
import { Problem } from '../../schemas/errors/index.ts';
import type { Database } from '../../schemas/ports/index.ts';
import type { AuditVerdict } from '../../schemas/protocol/index.ts';
import type { ClientDeliveries } from '../account/deliveries.ts';
import type { DueStore, DueStores, LookedInto } from '../control/due-stores.ts';
import type { Tenant, Tenants } from '../tenant/tenant.ts';
import { anchorAudit, verifyAudit } from './audit/verify.ts';
import type { CompiledModule } from './compile/module.ts';
import { discardDelivery, listDeliveries, replayDelivery } from './dead-letters.ts';
import { deliverDue } from './events/deliver.ts';
import { nextDelivery } from './events/deliveries.ts';
import { nextJob } from './jobs/job-rows.ts';
import { runDueJob } from './jobs/run-jobs.ts';
import { syncTimetables, timetablesFrom } from './jobs/timetables.ts';
import { leaseMs } from './lease.ts';
import type { Runtime } from './runtime.ts';

export interface Background {
  /** After a commit that made something due at `at` (epoch milliseconds): begun at once, or at that time. */
  wake(tenant: Tenant, at: number): void;
  /** Does everything that is due; resolves with when the next is, if any. One run for a store in this process at a time. */
  run(tenant: Tenant): Promise<number | undefined>;
  /** The same by id, for an alarm; a client that is gone has nothing to do. */
  ring(clientId: string): Promise<void>;
  /** A store that was written to is among those whose audit trail the next sweep looks at. */
  wrote(tenant: Tenant): void;
  /** What a client's people see and do about its deliveries. */
  readonly deliveries: ClientDeliveries;
  /** Looks at every row of a client's audit trail. */
  readonly verifyAudit: (clientId: string) => Promise<AuditVerdict>;
  /** Does what is due in every store that has something, and looks into some that nobody has looked into for long. */
  sweep(): Promise<void>;
}

const sweptAtOnce = 500;
/** A sweep goes on for so long while more stores are due, so that ten thousand at one hour of the night do not take all of it. */
const sweepMs = 20_000;
/** Stores looked into at a time: files answer at once and hold up whoever else asks, servers take their time. */
const sideBySide = { node: 1, worker: 8 } as const;
/** Stores whose new times share a commit of the control plane. */
const settledAtOnce = 16;
/** Stores that a sweep looks into though nothing says they have work: what a crash has hidden is found within hours. */
const patrolled = 50;
const patrolMs = 3_600_000;
/** A store that cannot be reached is left alone for so long. */
const unreachableMs = 60_000;

const reportOf = (what: string) => (error: unknown) =>
  console.error(`${what}: ${error instanceof Error ? error.message : error}`);

/** `tenant` is undefined where nothing more is to be done. */
interface Looked extends LookedInto {
  readonly tenant: Tenant | undefined;
}

interface Run {
  again: boolean;
  done: Promise<number | undefined>;
}

export function createBackground(runtime: Runtime, tenants: Tenants, dueStores: DueStores): Background {
  const { alarms, clock, scheduler } = runtime.ports;
  const running = new Map<string, Run>();
  /** Clients whose stores this process has written to since their audit trails were anchored. */
  const written = new Set<string>();
  /** Store -> what its timetables were last made from. */
  const timetabled = new Map<string, { modules: readonly CompiledModule[]; from: string }>();

  const nextDue = async (tenant: Tenant): Promise<number | undefined> => {
    const db = await runtime.stores.open(tenant.store, tenant.modules);
    const times = (await db.read([nextDelivery, nextJob])).flatMap(({ rows }) => rows[0]?.[0] ?? []) as number[];
    return times.length > 0 ? Math.min(...times) : undefined;
  };

  const drain = async (tenant: Tenant): Promise<number | undefined> => {
    const db = await runtime.stores.open(tenant.store, tenant.modules);
    const from = timetablesFrom(tenant);
    const known = timetabled.get(tenant.store);
    if (known?.modules !== tenant.modules || known.from !== from) {
      await syncTimetables(db, tenant, clock.now());
      if (timetabled.size > 20_000) timetabled.clear();
      timetabled.set(tenant.store, { modules: tenant.modules, from });
    }
    for (;;) {
      const [delivery, job] = (await db.read([nextDelivery, nextJob])).map(({ rows }) => rows[0]?.[0] as number | null);
      const now = clock.now();
      if (delivery != null && delivery <= now) await deliverDue(runtime, tenant, db);
      if (job != null && job <= now) await runDueJob(runtime, tenant, db);
      const next = Math.min(delivery ?? Number.POSITIVE_INFINITY, job ?? Number.POSITIVE_INFINITY);
      if (next > now) return next === Number.POSITIVE_INFINITY ? undefined : next;
    }
  };

  const run = (tenant: Tenant): Promise<number | undefined> => {
    const id = tenant.client.id;
    const current = running.get(id);
    if (current) {
      current.again = true;
      return current.done;
    }
    const state: Run = { again: false, done: Promise.resolve(undefined) };
    const loop = async (): Promise<number | undefined> => {
      let next: number | undefined;
      do {
        state.again = false;
        next = await drain((await tenants.byClient(id)) ?? tenant);
      } while (state.again);
      return next;
    };
    state.done = loop().finally(() => running.delete(id));
    running.set(id, state);
    return state.done;
  };

  /** Runs what is due and sees to it that what is left is found, here and by any other host. */
  const runAndPlan = async (tenant: Tenant): Promise<void> => {
    const next = await run(tenant);
    if (next === undefined) return;
    alarms.set(tenant.client.id, next);
    await dueStores.note(tenant.client.id, next);
  };

  const anchor = async (tenant: Tenant): Promise<void> => {
    written.delete(tenant.client.id);
    const db = await runtime.stores.open(tenant.store, tenant.modules);
    const key = runtime.secrets.auditKey(tenant.client.id);
    const broken = await anchorAudit(db, key, tenant.store, runtime.anchors);
    if (broken) console.error(`audit trail of ${tenant.client.id}: row ${broken.seq} is ${broken.problem}`);
  };

  const anchorWritten = async (): Promise<void> => {
    for (const id of [...written]) {
      written.delete(id);
      const tenant = await tenants.byClient(id);
      await (tenant && anchor(tenant).catch(reportOf(`audit trail of ${id}`)));
    }
  };

  const lookInto = async (seen: DueStore): Promise<Looked> => {
    try {
      const tenant = await tenants.byClient(seen.clientId);
      if (!tenant || tenant.modules.length === 0) return { seen, next: undefined, tenant: undefined };
      return { seen, next: await run(tenant), tenant };
    } catch (error) {
      reportOf(`sweep of ${seen.clientId}`)(error);
      return { seen, next: clock.now() + unreachableMs, tenant: undefined };
    }
  };

  /** Between the last look and `settle` another may have lowered the time in vain, so the store is asked once more. */
  const lookBack = async ({ seen: { clientId }, next, tenant }: Looked): Promise<void> => {
    if (!tenant) return;
    try {
      await anchor(tenant);
      const after = await nextDue(tenant);
      if (after === undefined) return;
      if (next === undefined || after < next) await dueStores.note(clientId, after);
      alarms.set(clientId, after);
    } catch (error) {
      reportOf(`sweep of ${clientId}`)(error);
      await dueStores.note(clientId, clock.now() + unreachableMs);
    }
  };

  /** Does `work` for the stores until `end`, a few side by side, and hands back what it gave. */
  const forEach = async <From, To>(from: readonly From[], end: number, work: (item: From) => Promise<To>) => {
    const all = from.values();
    const done: To[] = [];
    const worker = async () => {
      for (const item of all) {
        if (performance.now() >= end) return;
        done.push(await work(item));
        // Requests that came in meanwhile are answered before the next store.
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    await Promise.all(Array.from({ length: sideBySide[runtime.config.host] }, worker));
    return done;
  };

  const lookIntoAll = async (stores: readonly DueStore[], end: number): Promise<void> => {
    for (let first = 0; first < stores.length && performance.now() < end; first += settledAtOnce) {
      const looked = await forEach(stores.slice(first, first + settledAtOnce), end, lookInto);
      await dueStores.settle(looked);
      await forEach(looked, Number.POSITIVE_INFINITY, lookBack);
    }
  };

  alarms.listen(id => ring(id));
  const ring = async (clientId: string): Promise<void> => {
    const tenant = await tenants.byClient(clientId);
    if (!tenant || tenant.modules.length === 0) return;
    await runAndPlan(tenant);
    await anchor(tenant).catch(reportOf(`audit trail of ${clientId}`));
  };

  const storeOf = async (clientId: string): Promise<{ tenant: Tenant; db: Database }> => {
    const tenant = await tenants.byClient(clientId);
    if (!tenant) throw Problem.of('NOT_FOUND');
    return { tenant, db: await runtime.stores.open(tenant.store, tenant.modules) };
  };
  const deliveries: ClientDeliveries = {
    list: async (clientId, query) => listDeliveries((await storeOf(clientId)).db, query),
    async replay(clientId, id) {
      const { tenant, db } = await storeOf(clientId);
      const found = await replayDelivery(db, id, clock.now());
      if (found) wake(tenant, clock.now());
      return found;
    },
    discard: async (clientId, id) => discardDelivery((await storeOf(clientId)).db, id),
  };

  const wake = (tenant: Tenant, at: number): void => {
    const { id } = tenant.client;
    scheduler.defer(async () => {
      const now = clock.now();
      // Before the work itself, so that it is found where this process ends in the middle of it.
      alarms.set(id, at <= now ? now + leaseMs : at);
      await dueStores.note(id, at);
      if (at <= now) await runAndPlan(tenant);
    });
  };

  return {
    deliveries,
    wrote: ({ client }) => void written.add(client.id),
    async verifyAudit(clientId) {
      const { tenant, db } = await storeOf(clientId);
      return verifyAudit(db, runtime.secrets.auditKey(clientId), await runtime.anchors.get(tenant.store));
    },
    run,
    ring,
    wake,
    async sweep() {
      const end = performance.now() + sweepMs;
      let due: readonly DueStore[];
      do {
        due = await dueStores.due(clock.now(), sweptAtOnce);
        await lookIntoAll(due, end);
      } while (due.length === sweptAtOnce && performance.now() < end);
      await lookIntoAll(await dueStores.forgotten(clock.now() - patrolMs, patrolled), end);
      await anchorWritten();
    },
  };
}
