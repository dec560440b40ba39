/** What handlers ask to be done later; it is on the store's list with their commit. */
import { uuidv7 } from 'uuidv7';
import type { AnyModule, Context } from '../../../schemas/module/index.ts';
import type { Statement } from '../../../schemas/ports/index.ts';
import type { CompiledModule } from '../compile/module.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { askStatement, takeBackStatement } from './job-rows.ts';

export function jobsOf(
  module: CompiledModule,
  work: UnitOfWork,
): Pick<Context<AnyModule>, 'schedule' | 'unschedule' | 'transitionAt'> {
  const write = ({ sql, args = [] }: Statement): void => work.write(sql, args);
  const ask = (name: string, key: string, payload: unknown, at: number): void => {
    if (!Number.isSafeInteger(at)) throw new TypeError(`${name}: "at" is an instant in whole milliseconds`);
    if (key === '') throw new TypeError(`${name}: a key is not empty`);
    write(askStatement(`${module.name}.${name}`, key, payload, at));
    work.jobsDueAt = Math.min(work.jobsDueAt ?? at, at);
  };
  const jobOf = (name: string) => {
    const job = module.jobs.get(name);
    if (!job) throw new TypeError(`${module.name} declares no job "${name}" with a payload`);
    return job;
  };
  // Code may run an earlier manifest of its major: what has a timetable there runs by it, and nobody need ask.
  const hasTimetable = (name: string): boolean => {
    const job = module.manifest.jobs?.[name];
    return job !== undefined && !('payload' in job);
  };
  return {
    schedule(name: string, payload: unknown, { at, key = uuidv7() }) {
      if (!hasTimetable(name)) ask(name, key, jobOf(name).encode(payload), at);
    },
    unschedule(name: string, key) {
      if (hasTimetable(name)) return;
      jobOf(name);
      write(takeBackStatement(`${module.name}.${name}`, key));
    },
    transitionAt(entity, { id, rev }, transition, at) {
      if (!module.entities.get(entity)?.json.states?.transitions[transition]) {
        throw new TypeError(`${module.name}.${entity} has no transition "${transition}"`);
      }
      ask(`${entity}.${transition}`, id, { rev }, at);
    },
  };
}
