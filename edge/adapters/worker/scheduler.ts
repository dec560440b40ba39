/** Work after the reply by the `waitUntil` of the request that asked for it, and repeated work by the cron trigger. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Limiter, Scheduler } from '../../../schemas/ports/index.ts';

/** The part of an `ExecutionContext` that is used. */
export interface WaitContext {
  waitUntil(work: Promise<unknown>): void;
}

export interface WorkerScheduler extends Scheduler {
  /** Runs `handle` so that what it defers outlives it. */
  within<Result>(context: WaitContext, handle: () => Result): Result;
  /** Runs the repeated tasks that are due; the cron trigger calls it every minute. */
  tick(): Promise<void>;
}

interface Repeated {
  readonly seconds: number;
  readonly name: string;
  readonly task: () => Promise<void>;
}

/** `limiter` decides which isolate runs a repeated task; `onError` hears of work that failed. */
export function createWorkerScheduler(
  limiter: Limiter,
  onError: (error: unknown, name?: string) => void,
): WorkerScheduler {
  const current = new AsyncLocalStorage<WaitContext>();
  const repeated = new Map<string, Repeated>();

  const run = (task: () => Promise<void>, name?: string): Promise<void> =>
    Promise.resolve()
      .then(task)
      .catch((error: unknown) => onError(error, name));

  async function runIfDue({ seconds, name, task }: Repeated): Promise<void> {
    const turn = await limiter.take(`every:${name}`, 1, seconds);
    if (turn.allowed) await task();
  }

  return {
    defer(task) {
      const work = run(task);
      current.getStore()?.waitUntil(work);
    },
    every(seconds, name, task) {
      repeated.set(name, { seconds, name, task });
    },
    within: (context, handle) => current.run(context, handle),
    async tick() {
      await Promise.all([...repeated.values()].map(task => run(() => runIfDue(task), task.name)));
    },
  };
}
