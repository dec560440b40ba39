/** One way to take a transition, for people and for time: its step, its code beside it, its effects, one commit. */
import type { GrantJson } from '../../schemas/module/index.ts';
import type { Call } from './call.ts';
import type { RecordValues } from './compile/entity.ts';
import type { CompiledModule } from './compile/module.ts';
import { createContext } from './context.ts';
import type { EntityRepository } from './repository/repository.ts';
import type { Runtime } from './runtime.ts';
import type { UnitOfWork } from './store/unit-of-work.ts';
import { checkStep } from './transition-rules.ts';

export interface Step {
  readonly name: string;
  /** Fields that are set with it. */
  readonly patch?: Readonly<Record<string, unknown>>;
  /** The caller's right to update, where `patch` is the caller's. */
  readonly grant?: GrantJson;
  /** Why, in the words of whoever takes it. */
  readonly reason?: string;
}

/** `record` is as it was read; the call runs again where it moved on. Throws INVALID_TRANSITION. */
export async function takeTransition(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  work: UnitOfWork,
  repository: EntityRepository,
  record: RecordValues,
  { name, patch, grant, reason }: Step,
): Promise<RecordValues> {
  const { entity } = repository;
  checkStep(entity, name, record);
  const effect = module.code?.transitions?.[entity.name]?.[name];
  const also = effect && (await effect(record as never, createContext(runtime, call, module, work, true)));
  const expected = { record, rev: record.rev, retry: true, reason, grant };
  const presets = grant && repository.presets(grant);
  return repository.transition(record.id, name, { ...patch, ...presets, ...also }, expected)!;
}
