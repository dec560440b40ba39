/** A proof as a visitor's browser finds it, in tests. */
import { search } from '../../schemas/proof-of-work/index.ts';
import type { Call } from '../engine/call.ts';
import type { TestEngine } from '../engine/testing.ts';
import { issueWork } from './challenge.ts';

/** Of the least work. */
export function proofFor(engine: TestEngine, module: string, action: string): string {
  const call = { tenant: engine.tenant, actor: engine.actors.visitor } as Call;
  const work = issueWork(engine.runtime, call, { module, action }, 1);
  const steps = search(work);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return `${work.challenge}~${step.value}`;
}
