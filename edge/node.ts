/** Composition root for plain Node: embedded databases, files on disk, one process. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import type { Ports } from '../schemas/ports/index.ts';
import { systemChance } from './adapters/chance.ts';
import { systemClock } from './adapters/clock.ts';
import { createCloudflareHostnames } from './adapters/cloudflare-hostnames.ts';
import { frontCertificates } from './adapters/front-certificates.ts';
import { createProcessAlarms } from './adapters/node/alarms.ts';
import { createFolderAssets } from './adapters/node/assets.ts';
import { createFolderBlobs } from './adapters/node/blobs.ts';
import { createProcessCoalescer } from './adapters/node/coalescer.ts';
import { createEmbeddedDatabases } from './adapters/node/databases.ts';
import { createSystemDns } from './adapters/node/dns.ts';
import { type NodeEnvironment, parseNodeEnvironment } from './adapters/node/environment.ts';
import { createThreadImages } from './adapters/node/images.ts';
import { createMemoryLimiter } from './adapters/node/limiter.ts';
import { createFileOutbox } from './adapters/node/mailer.ts';
import { readMasterKey } from './adapters/node/master-key.ts';
import { createProcessScheduler } from './adapters/node/scheduler.ts';
import { startServer } from './adapters/node/server.ts';
import { createResendMailer } from './adapters/resend.ts';
import { createTurnstile } from './adapters/turnstile.ts';
import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import { beginDemo } from './demo/unfinished.ts';
import { modules } from './registry.generated.ts';

export interface NodeHost {
  readonly url: string;
  /** Ends within ten seconds and loses nothing that was accepted. */
  stop(): Promise<void>;
}

/** What `startDemo` of edge/demo/index.ts is given. */
export interface DemoContext {
  readonly app: App;
  readonly ports: Ports;
  readonly config: Config;
  readonly dataFolder: string;
  readonly sitePort: number;
  readonly hostname: string;
}

/** `startDemo` seeds the demo agency and serves its website; `stop` ends the website. */
export type StartDemo = (context: DemoContext) => Promise<{ stop(): Promise<void> }>;

const REPLIES_MS = 5000;
const WORK_MS = 4000;
const repository = join(import.meta.dirname, '..');
const publicFolder = join(repository, 'dist/public');

/** Starts the app on the port that the environment names. */
export async function startNode(env: NodeEnvironment): Promise<NodeHost> {
  await buildWhatIsMissing();
  const config: Config = {
    version: packageJson.version,
    host: 'node',
    publicUrl: env.publicUrl,
    masterKey: readMasterKey(join(env.dataFolder, 'secret.key')),
    demo: env.demo,
    watch: env.watch,
    trustedProxies: env.trustedProxies,
    files: env.files,
    analytics: env.analytics,
    mailFrom: env.mailFrom,
  };
  if (env.demo) beginDemo(env.dataFolder);
  const databases = createEmbeddedDatabases({ folder: join(env.dataFolder, 'stores') });
  const scheduler = createProcessScheduler(logFailure);
  const alarms = createProcessAlarms(systemClock, scheduler);
  const ports: Ports = {
    alarms,
    assets: createFolderAssets({ folder: publicFolder, cache: !env.watch }),
    blobs: createFolderBlobs({ folder: join(env.dataFolder, 'files') }),
    captchaService: createTurnstile({ apiUrl: env.turnstileUrl }),
    certificates: env.hostnames ? createCloudflareHostnames(env.hostnames) : frontCertificates,
    chance: systemChance,
    clock: systemClock,
    coalescer: createProcessCoalescer(),
    databases,
    dns: createSystemDns({ servers: env.dnsServers }),
    images: createThreadImages(),
    limiter: createMemoryLimiter(systemClock),
    mailer: env.resendApiKey
      ? createResendMailer({ apiKey: env.resendApiKey })
      : createFileOutbox(join(env.dataFolder, 'mail'), systemClock),
    scheduler,
  };
  const app = await createApp({ ports, config, modules });
  const fetch = (request: Request, bindings: object) => app.hono.fetch(request, bindings);
  // Whoever finds the app healthy finds the demo there too.
  const demo = env.demo ? await loadDemo() : undefined;
  const site = await demo?.({
    app,
    ports,
    config,
    dataFolder: env.dataFolder,
    sitePort: env.sitePort,
    hostname: env.hostname,
  });
  scheduler.defer(() => app.rollOut());
  const server = await startServer({ fetch, port: env.port, hostname: env.hostname });
  return {
    url: `http://${env.hostname}:${server.port}`,
    async stop() {
      await Promise.all([server.stop(REPLIES_MS), site?.stop()]);
      alarms.stop();
      scheduler.defer(() => app.flush());
      await scheduler.drain(WORK_MS);
      databases.close();
    },
  };
}

async function buildWhatIsMissing(): Promise<void> {
  const tool = join(repository, 'tools/build-missing.ts');
  const built = ['embed/manifest.json', 'docs/elements.json'];
  if (built.every(file => existsSync(join(publicFolder, file))) || !existsSync(tool)) return;
  // The address is computed so that the server does not carry the build tools in its import graph.
  const { buildMissing } = (await import(tool)) as { buildMissing(): Promise<void> };
  await buildMissing();
}

async function loadDemo(): Promise<StartDemo | undefined> {
  const file = join(import.meta.dirname, 'demo/index.ts');
  if (!existsSync(file)) return undefined;
  return ((await import(file)) as { startDemo: StartDemo }).startDemo;
}

function logFailure(error: unknown, name?: string): void {
  console.error(
    JSON.stringify({ level: 'error', task: name, error: error instanceof Error ? error.stack : `${error}` }),
  );
}

async function main(): Promise<void> {
  const host = await startNode(parseNodeEnvironment(process.env, process.argv.slice(2)));
  console.log(`Inlay listens on ${host.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      host.stop().then(
        () => process.exit(0),
        error => {
          logFailure(error, 'stop');
          process.exit(1);
        },
      );
    });
  }
}

/** The process: a start that fails says why and ends with 1. */
export const run = (): Promise<void> =>
  main().catch(error => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });

if (import.meta.main) await run();
