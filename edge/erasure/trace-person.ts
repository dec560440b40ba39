/** Opens a client's store and finds what it keeps of one person: what an erasure takes, what a law keeps, what somebody has to judge. */
import type { Database } from '../../schemas/ports/index.ts';
import type { KeptRecord } from '../../schemas/protocol/index.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import type { Runtime } from '../engine/runtime.ts';
import { readShape, type Shape } from '../engine/store/shape.ts';
import { openFiles } from '../files/tables.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Found, findPerson, type Sought, type Traces } from './find-person.ts';
import { keptByLaw } from './kept-by-law.ts';

export interface Store {
  /** All that the store keeps records of; without it, what the modules in use declare. */
  readonly entities?: (shape: Shape) => Promise<readonly CompiledEntity[]>;
}

export interface Trace extends Pick<Traces, 'emails' | 'unclear'> {
  readonly db: Database;
  /** Without those that are kept. */
  readonly records: readonly Found[];
  readonly kept: ReadonlyMap<Found, KeptRecord>;
}

/** `now` in epoch milliseconds. */
export async function tracePerson(
  runtime: Runtime,
  tenant: Tenant,
  sought: Sought,
  now: number,
  store: Store,
): Promise<Trace> {
  const db = await openFiles(runtime, tenant);
  const entities =
    (await store.entities?.(await readShape(db))) ?? tenant.modules.flatMap(module => [...module.entities.values()]);
  const { records, emails, unclear } = await findPerson(db, entities, sought);
  const kept = await keptByLaw(db, records, now, tenant.client.zone);
  return { db, emails, unclear, kept, records: records.filter(found => !kept.has(found)) };
}
