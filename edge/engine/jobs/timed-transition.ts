/** A transition at a time: nothing happens where the record has moved on since it was asked for (SM-01). */
import { canBegin } from '../../../schemas/module/index.ts';
import type { Call } from '../call.ts';
import type { CompiledModule } from '../compile/module.ts';
import { EntityRepository } from '../repository/repository.ts';
import type { Runtime } from '../runtime.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { takeTransition } from '../transition.ts';
import { guardHolds } from '../transition-rules.ts';
import type { JobRow } from './job-rows.ts';

/** Of a run: the revision it was asked for at, and whether a manifest asked or a handler. */
interface Asked {
  readonly rev: number;
  readonly declared?: 1;
}

/** A guard that does not hold is an answer: the record stays, and the next change of it asks anew. */
export async function timedTransition(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  work: UnitOfWork,
  { key: id, payload }: JobRow,
  entityName: string,
  name: string,
): Promise<void> {
  const { rev, declared } = payload as Asked;
  const entity = module.entities.get(entityName);
  const states = entity?.json.states;
  const transition = states?.transitions[name];
  // The version in use may have given up what an earlier one had declared.
  if (declared && !transition?.after) return;
  if (!entity || !states || !transition)
    throw new TypeError(`${module.name}.${entityName} has no transition "${name}"`);
  const repository = new EntityRepository(work, module, entity, call.actor);
  const record = await repository.get(id);
  if (record?.rev !== rev || !canBegin(states, name, record)) return;
  if (!guardHolds(module, entity, name, record, call.actor, work)) return;
  await takeTransition(runtime, call, module, work, repository, record, { name });
}
