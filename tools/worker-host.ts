/** Runs the Worker as it is deployed: its bundle in workerd, its databases in a real libSQL server, nothing from the network. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readMasterKey } from '../edge/adapters/node/master-key.ts';
import type { BucketBinding } from '../edge/adapters/worker/blobs.ts';
import { root } from './root.ts';
import { type Sqld, startSqld } from './sqld.ts';

export interface WorkerHost {
  readonly url: string;
  /** Its databases' server. */
  readonly sqld: Pick<Sqld, 'url' | 'adminUrl' | 'folder'>;
  readonly masterKey: Uint8Array;
  /** Its bucket of files. */
  files(): Promise<BucketBinding>;
  /** Runs the cron trigger once. */
  tick(): Promise<void>;
  /** Ends the Worker and leaves its databases to hosts beside it. */
  quit(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerHostOptions {
  /** Origin the installation believes to be reached under; by default the one it listens on. */
  readonly publicUrl?: string;
  readonly demo?: boolean;
  /** Keeps the databases here; without it they go with the host. */
  readonly dataFolder?: string;
  /** Variables beside those that the host sets. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Folder of the checkout that it runs; without it, this one. */
  readonly checkout?: string;
  /** Another host's databases and key: both run the same installation, as two versions of a Worker do while one is deployed. */
  readonly beside?: Pick<WorkerHost, 'sqld' | 'masterKey'>;
}

export async function startWorkerHost(options: WorkerHostOptions = {}): Promise<WorkerHost> {
  // wrangler reports its use and looks for updates unless it is told not to before it is loaded.
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  process.env['WRANGLER_HIDE_BANNER'] = 'true';
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false';
  const { createTestHarness } = await import('wrangler');
  const { checkout = root } = options;
  const assets = join(checkout, 'dist/public');
  if (!existsSync(assets)) mkdirSync(assets, { recursive: true });
  const own = options.beside ? undefined : await startSqld(options.dataFolder);
  const sqld = options.beside?.sqld ?? own!;
  const masterKey =
    options.beside?.masterKey ??
    (options.dataFolder ? Buffer.from(readMasterKey(`${options.dataFolder}.key`)) : randomBytes(32));
  const configure = (publicUrl: string) => ({
    root: checkout,
    workers: [
      {
        configPath: join(checkout, 'wrangler.toml'),
        vars: {
          PUBLIC_URL: publicUrl,
          INLAY_DEMO: options.demo ? '1' : '0',
          DATABASE_URL: sqld.url,
          SQLD_ADMIN_URL: sqld.adminUrl,
          ...options.vars,
        },
        secrets: { MASTER_KEY: Buffer.from(masterKey).toString('base64url') },
      },
    ],
  });
  const server = createTestHarness(configure(options.publicUrl ?? 'http://127.0.0.1'));
  let isOver = false;
  const quit = async () => {
    if (!isOver) await server.close();
    isOver = true;
  };
  try {
    const { url } = await server.listen();
    if (options.publicUrl === undefined) await server.update(configure(url.origin));
    return {
      url: url.origin,
      sqld,
      masterKey,
      files: async () => (await server.getWorker<{ FILES: BucketBinding }>().getEnv()).FILES,
      async tick() {
        await server.getWorker().scheduled({ cron: '* * * * *' });
      },
      quit,
      async stop() {
        await quit();
        await own?.stop();
      },
    };
  } catch (error) {
    server.debug();
    await own?.stop();
    throw error;
  }
}
