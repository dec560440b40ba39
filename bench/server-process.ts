/** Starts a server as a process of its own, so that what is measured shares nothing with what measures. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** Flags for Node, such as `--cpu-prof`. */
  readonly flags?: readonly string[];
}

/** Milliseconds of processor time that a process has used, all threads together; undefined where the system does not say. */
export function processorTime(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    // In ticks of a hundredth of a second: user and system time, fields 14 and 15 of proc(5).
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

const START_MS = 60_000;
const STOP_MS = 20_000;

/** Resolves when the server says that it listens. */
export async function startProcess({ file, env, flags = [] }: ServerProcessOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...flags, file], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const timer = setTimeout(kill, START_MS);
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => line.includes(' listens on ') && resolve());
    child.once('exit', (code, signal) => reject(new Error(`${file} ended with ${code ?? signal} before it listened.`)));
  }).finally(() => clearTimeout(timer));
  return {
    pid: child.pid!,
    async stop() {
      process.off('exit', kill);
      child.kill('SIGTERM');
      const cut = setTimeout(kill, STOP_MS);
      await ended;
      clearTimeout(cut);
    },
  };
}
