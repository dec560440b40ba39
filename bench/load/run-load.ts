/** Starts the load generator as a process of its own and gives it one job after another. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Load } from './job.ts';

export interface LoadGenerator {
  /** Throws with the first reply that was not as expected. */
  run(job: Job): Promise<Load>;
  stop(): void;
}

export function startGenerator(): LoadGenerator {
  const child: ChildProcess = fork(fileURLToPath(new URL('./generator.ts', import.meta.url)));
  return {
    run: job =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null) => reject(new Error(`The load generator ended with ${code}.`));
        child.once('exit', ended);
        child.once('message', message => {
          child.off('exit', ended);
          const load = message as Load;
          if (load.failure === undefined) resolve(load);
          else reject(new Error(load.failure));
        });
        child.send(job);
      }),
    stop: () => void child.disconnect(),
  };
}
