/** Delivers events to the modules that hear them: what a subscriber writes and that it has heard are one commit. */
import { uuidv7 } from 'uuidv7';
import type { AnyModule, EventContext } from '../../../schemas/module/index.ts';
import { type Database, DatabaseError } from '../../../schemas/ports/index.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { backoff, reasonOf, tries } from '../backoff.ts';
import { runCall } from '../call.ts';
import { createContext } from '../context.ts';
import { Superseded, whileHolding } from '../lease.ts';
import { systemCall } from '../outbox.ts';
import { outsideOf } from '../outside.ts';
import type { Runtime } from '../runtime.ts';
import {
  claimDeliveries,
  type Delivery,
  deadStatement,
  doneStatement,
  renewStatement,
  retryStatement,
  returnStatement,
} from './deliveries.ts';

/** Delivers one round of what is due. */
export async function deliverDue(runtime: Runtime, tenant: Tenant, db: Database): Promise<void> {
  const { clock } = runtime.ports;
  const claim = uuidv7();
  const rows = await claimDeliveries(db, claim, clock.now());
  const held = new Set<string>();
  await whileHolding(
    () => db.write([renewStatement(claim, clock.now())]),
    async () => {
      for (const row of rows) {
        const line = `${row.subscriber} ${row.key}`;
        if (held.has(line)) await db.write([returnStatement(row.seq, claim, clock.now())]);
        else if (!(await attempt(runtime, tenant, db, row, claim))) held.add(line);
      }
    },
  );
}

/** Whether later events of the same key may follow. */
async function attempt(runtime: Runtime, tenant: Tenant, db: Database, row: Delivery, claim: string): Promise<boolean> {
  try {
    if (row.attempts > tries) throw new Error('The process ended in every try.');
    await deliver(runtime, tenant, row, claim);
    return true;
  } catch (error) {
    if (error instanceof Superseded) return false;
    if (error instanceof DatabaseError && error.kind === 'unavailable') throw error;
    const reason = reasonOf(error);
    const wait = backoff(row.attempts, runtime.ports.chance);
    console.error(`event ${row.event.name} ${row.event.id} to ${row.subscriber}, try ${row.attempts}: ${reason}`);
    const due = runtime.ports.clock.now() + (wait ?? 0);
    await db.write([
      wait === undefined ? deadStatement(row.seq, claim, reason) : retryStatement(row.seq, claim, due, reason),
    ]);
    return wait === undefined;
  }
}

async function deliver(runtime: Runtime, tenant: Tenant, row: Delivery, claim: string): Promise<void> {
  const [name = '', handler = ''] = row.subscriber.split('.');
  const module = tenant.byName.get(name);
  const run = module?.code?.subscribers?.[handler];
  const { id, at, payload } = row.event;
  const call = systemCall(tenant, id);
  const done = doneStatement(row.seq, claim);
  await runCall(runtime, call, async work => {
    work.write(done.sql, done.args!);
    work.expectChange(new Superseded());
    // A module that is gone, or hears this no longer, has nothing to do.
    if (!module || !run || module.manifest.subscribes?.[handler] !== row.event.name) return { status: 204, body: '' };
    const context: EventContext<AnyModule> = Object.assign(createContext(runtime, call, module, work, true), {
      event: { id, at },
      ...outsideOf(runtime, tenant, `${id}:${handler}`),
    });
    await run(payload, context);
    return { status: 200, body: '' };
  });
}
