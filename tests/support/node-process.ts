/** The Node host as a process that a test may stop, kill and start again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clockOf } from '../../tools/clock-ahead.ts';
import { root } from '../../tools/root.ts';

export interface NodeProcess {
  readonly url: string;
  /** Of the host itself. */
  readonly child: ChildProcess;
  /** Milliseconds until it answered. */
  readonly startMs: number;
  /** Resolves with its exit code, null where a signal ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface NodeProcessOptions {
  readonly port: number;
  readonly folder: string;
  /** Folder of the checkout that it runs; without it, this one. */
  readonly checkout?: string;
  /** Command that runs the host, such as `unshare`, with its arguments. */
  readonly within?: readonly string[];
}

const STARTS = 600;

/** Resolves when it answers its health. */
export async function startNodeProcess({
  port,
  folder,
  checkout = root,
  within = [],
}: NodeProcessOptions): Promise<NodeProcess> {
  const url = `http://127.0.0.1:${port}`;
  const [command = '', ...args] = [...within, process.execPath, join(checkout, 'edge/start.ts')];
  const begun = performance.now();
  const child = spawn(command, args, {
    env: {
      PATH: process.env['PATH'],
      PORT: `${port}`,
      PUBLIC_URL: url,
      DATA_DIR: folder,
      INLAY_DEMO: '0',
      ...clockOf(process.env),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  for (let attempt = 0; !(await answers(url)); attempt++) {
    if (attempt === STARTS || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error('The host did not start.');
    }
    await sleep(25);
  }
  return {
    url,
    child,
    startMs: Math.round(performance.now() - begun),
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    reply => reply.ok,
    () => false,
  );
