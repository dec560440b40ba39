/** The host that the integration suite runs against: `INLAY_TEST_HOST` says `node` (the default) or `worker`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createFolderBlobs } from '../../edge/adapters/node/blobs.ts';
import { createEmbeddedDatabases } from '../../edge/adapters/node/databases.ts';
import { readMasterKey } from '../../edge/adapters/node/master-key.ts';
import { createBucketBlobs } from '../../edge/adapters/worker/blobs.ts';
import { createSqldAdmin } from '../../edge/adapters/worker/database-admin.ts';
import { createRemoteDatabases } from '../../edge/adapters/worker/databases.ts';
import type { Blobs, Databases } from '../../schemas/ports/index.ts';
import { clockOf } from '../../tools/clock-ahead.ts';
import { freePort } from '../../tools/free-port.ts';
import { root } from '../../tools/root.ts';
import { startWorkerHost } from '../../tools/worker-host.ts';

export interface TestHost {
  /** Origin to call, which is also the installation's public URL. */
  readonly url: string;
  readonly kind: 'node' | 'worker';
  /** Folder of the data on Node, so that a second start can go on with it; undefined on the Worker. */
  readonly dataFolder: string | undefined;
  /** Folder of the databases' files, on Node with all other data. */
  readonly storage: string;
  /** What its signing keys are sealed with. */
  readonly masterKey: Uint8Array;
  /** The host's own databases, reached beside it. */
  readonly databases: Databases;
  /** The host's own files, reached beside it. */
  blobs(): Promise<Pick<Blobs, 'list'>>;
  /** Names of all databases that there are. */
  databaseNames(): readonly string[];
  /** Runs once what the Worker repeats; Node has timers for that. */
  readonly tick: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
}

export interface TestHostOptions {
  /** Seeds the demo agency. */
  readonly demo?: boolean;
  /** Goes on with the data of an earlier host and leaves it in place; Node alone. */
  readonly dataFolder?: string;
  /** Environment variables beside those that the host sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the checkout that it runs; without it, this one. */
  readonly checkout?: string;
}

/** A machine that has much else to do starts it all the same; a test's own limit is two minutes. */
const START_MS = 110_000;
const STOP_MS = 10_000;

/** Starts the host in a process of its own with empty data. */
export async function startHost(options: TestHostOptions = {}): Promise<TestHost> {
  if (process.env['INLAY_TEST_HOST'] !== 'worker') return startNodeProcess(options);
  const { url, sqld, masterKey, files, tick, stop } = await startWorkerHost({
    demo: options.demo,
    vars: options.env,
    checkout: options.checkout,
  });
  const databases = createRemoteDatabases({ url: sqld.url, admin: createSqldAdmin({ url: sqld.adminUrl }) });
  return {
    url,
    kind: 'worker',
    dataFolder: undefined,
    storage: sqld.folder,
    masterKey,
    databases,
    blobs: async () => createBucketBlobs(await files()),
    databaseNames: () => readdirSync(join(sqld.folder, 'dbs')),
    tick,
    stop,
  };
}

async function startNodeProcess({
  demo = false,
  dataFolder,
  env,
  checkout = root,
}: TestHostOptions): Promise<TestHost> {
  const data = dataFolder ?? mkdtempSync(join(tmpdir(), 'inlay-host-'));
  const [port, sitePort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(checkout, 'edge/node.ts')], {
    env: {
      PATH: process.env['PATH'],
      PORT: `${port}`,
      SITE_PORT: `${sitePort}`,
      PUBLIC_URL: url,
      DATA_DIR: data,
      INLAY_DEMO: demo ? '1' : '0',
      ...(process.env['NODE_COMPILE_CACHE'] ? { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] } : {}),
      ...clockOf(process.env),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const timer = setTimeout(kill, START_MS);
  const lines = createInterface({ input: child.stdout });
  const started = new Promise<void>((resolve, reject) => {
    lines.on('line', line => line.startsWith('Inlay listens on ') && resolve());
    child.once('exit', code => reject(new Error(`The host ended with ${code} before it listened.`)));
  });
  await started.finally(() => clearTimeout(timer));
  const databases = createEmbeddedDatabases({ folder: join(data, 'stores') });
  return {
    url,
    kind: 'node',
    dataFolder: data,
    storage: data,
    masterKey: readMasterKey(join(data, 'secret.key')),
    databases,
    blobs: async () => createFolderBlobs({ folder: join(data, 'files') }),
    databaseNames: () =>
      readdirSync(join(data, 'stores')).flatMap(name => (name.endsWith('.db') ? [name.slice(0, -'.db'.length)] : [])),
    tick: undefined,
    async stop() {
      databases.close();
      process.off('exit', kill);
      child.kill('SIGTERM');
      const cut = setTimeout(kill, STOP_MS);
      await ended;
      clearTimeout(cut);
      if (dataFolder === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}
