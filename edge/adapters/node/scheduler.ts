/** Deferred and repeated work inside one process, which a shutdown waits for. */
import type { Scheduler } from '../../../schemas/ports/index.ts';

export interface ProcessScheduler extends Scheduler {
  /** Stops the timers, then waits until all running work is done or `timeoutMs` have passed. True when it all ended. */
  drain(timeoutMs: number): Promise<boolean>;
}

/** `onError` hears of work that failed, with the name of a repeated task. */
export function createProcessScheduler(onError: (error: unknown, name?: string) => void): ProcessScheduler {
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let draining = false;

  function run(task: () => Promise<void>, name?: string): Promise<void> {
    const work = Promise.resolve()
      .then(task)
      .catch((error: unknown) => onError(error, name))
      .finally(() => running.delete(work));
    running.add(work);
    return work;
  }

  return {
    defer(task) {
      void run(task);
    },
    every(seconds, name, task) {
      if (draining) return;
      let busy = false;
      const timer = setInterval(() => {
        // A slow run is not overtaken by the next one.
        if (busy) return;
        busy = true;
        void run(task, name).finally(() => {
          busy = false;
        });
      }, seconds * 1000);
      timer.unref();
      timers.add(timer);
    },
    async drain(timeoutMs) {
      draining = true;
      for (const timer of timers) clearInterval(timer);
      timers.clear();
      const deadline = performance.now() + timeoutMs;
      // Work may defer more work, which belongs to the drain too.
      while (running.size > 0 && performance.now() < deadline) {
        await Promise.race([Promise.all(running), wait(deadline - performance.now())]);
      }
      return running.size === 0;
    },
  };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds).unref();
  });
}
