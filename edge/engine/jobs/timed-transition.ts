/** A transition at a time: nothing happens where the record has moved on since it was asked for (SM-01). */
import type { Call } from '../call.ts';
import type { CompiledModule } from '../compile/module.ts';
import { createContext } from '../context.ts';
import { EntityRepository } from '../repository.ts';
import type { Runtime } from '../runtime.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import type { JobRow } from './job-rows.ts';

export async function timedTransition(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  work: UnitOfWork,
  { key: id, payload }: JobRow,
  entityName: string,
  name: string,
): Promise<void> {
  const entity = module.entities.get(entityName);
  const states = entity?.json.states;
  const transition = states?.transitions[name];
  if (!entity || !states || !transition)
    throw new TypeError(`${module.name}.${entityName} has no transition "${name}"`);
  const repository = new EntityRepository(work, module, entity, call.actor);
  const record = await repository.get(id);
  if (record?.rev !== (payload as { rev: number }).rev) return;
  if (!transition.from.includes(record[states.field] as string)) return;
  const effect = module.code?.transitions?.[entityName]?.[name];
  const also = effect && (await effect(record as never, createContext(runtime, call, module, work, true)));
  repository.transition(id, name, also, { rev: record.rev, retry: true });
}
