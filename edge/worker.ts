/** Composition root for Cloudflare Workers: databases over HTTP, assets by binding, limits in Durable Objects. */
import packageJson from '../package.json' with { type: 'json' };
import type { Ports } from '../schemas/ports/index.ts';
import { systemChance } from './adapters/chance.ts';
import { systemClock } from './adapters/clock.ts';
import { createCloudflareHostnames } from './adapters/cloudflare-hostnames.ts';
import { frontCertificates } from './adapters/front-certificates.ts';
import { createResendMailer } from './adapters/resend.ts';
import { createTurnstile } from './adapters/turnstile.ts';
import { AlarmObject } from './adapters/worker/alarm-object.ts';
import { createObjectAlarms } from './adapters/worker/alarms.ts';
import { createBoundAssets } from './adapters/worker/assets.ts';
import { createBucketBlobs } from './adapters/worker/blobs.ts';
import { separateCoalescer } from './adapters/worker/coalescer.ts';
import { createRemoteDatabases } from './adapters/worker/databases.ts';
import { createHttpsDns } from './adapters/worker/dns.ts';
import { parseWorkerEnvironment, type WorkerBindings } from './adapters/worker/environment.ts';
import { createIsolateImages } from './adapters/worker/images.ts';
import { createShardedLimiter } from './adapters/worker/limiter.ts';
import { createDatabaseOutbox } from './adapters/worker/mailer.ts';
import { createWorkerScheduler, type WaitContext, type WorkerScheduler } from './adapters/worker/scheduler.ts';
import { type App, createApp } from './app.ts';
import { limitBody } from './body-limit.ts';
import { CONTROL_DATABASE } from './control/database.ts';
import { modules } from './registry.generated.ts';

export { LimiterShard } from './adapters/worker/limiter-shard.ts';

/** Wakes one client's store when something in it is due. */
export class StoreAlarm extends AlarmObject<WorkerBindings> {
  protected override async ring(clientId: string): Promise<void> {
    const { app, scheduler } = await ensureRunning(this.env, this.ctx);
    await scheduler.within(this.ctx, () => app.ring(clientId));
  }
}

interface Running {
  readonly app: App;
  readonly scheduler: WorkerScheduler;
  readonly fetch: (request: Request, context: WaitContext) => Promise<Response>;
}

let running: Promise<Running> | undefined;

async function start(bindings: WorkerBindings): Promise<Running> {
  const env = parseWorkerEnvironment(bindings);
  const databases = createRemoteDatabases({
    url: env.databaseUrl,
    authToken: env.databaseToken,
    admin: env.databaseAdmin,
  });
  const limiter = createShardedLimiter(bindings.LIMITER);
  const scheduler = createWorkerScheduler(limiter, logFailure);
  const ports: Ports = {
    alarms: createObjectAlarms(bindings.ALARMS, scheduler),
    assets: createBoundAssets(bindings.ASSETS),
    blobs: createBucketBlobs(bindings.FILES),
    captchaService: createTurnstile({ apiUrl: env.turnstileUrl }),
    certificates: env.hostnames ? createCloudflareHostnames(env.hostnames) : frontCertificates,
    chance: systemChance,
    clock: systemClock,
    coalescer: separateCoalescer,
    databases,
    dns: createHttpsDns({ url: env.dnsUrl }),
    images: createIsolateImages(),
    limiter,
    mailer: env.resendApiKey
      ? createResendMailer({ apiKey: env.resendApiKey })
      : createDatabaseOutbox(databases, CONTROL_DATABASE, systemClock),
    scheduler,
  };
  const app = await createApp({
    ports,
    config: {
      version: packageJson.version,
      host: 'worker',
      publicUrl: env.publicUrl,
      masterKey: env.masterKey,
      demo: env.demo,
      watch: false,
      trustedProxies: 0,
      files: env.files,
      analytics: env.analytics,
      mailFrom: env.mailFrom,
    },
    modules,
  });
  const fetch = limitBody(async (request: Request, context: WaitContext) =>
    app.hono.fetch(request, {}, context as never),
  );
  return { app, scheduler, fetch: async (request, context) => fetch(request, context) };
}

/** One app for each isolate; a start that failed is tried again by the next request. */
function ensureRunning(bindings: WorkerBindings, context: WaitContext): Promise<Running> {
  if (running === undefined) {
    running = start(bindings);
    running.catch(() => {
      running = undefined;
    });
    // Other requests wait for this start too, so it must outlive the request that began it.
    context.waitUntil(running.catch(() => {}));
  }
  return running;
}

function logFailure(error: unknown, name?: string): void {
  console.error(
    JSON.stringify({ level: 'error', task: name, error: error instanceof Error ? error.stack : `${error}` }),
  );
}

export default {
  async fetch(request: Request, bindings: WorkerBindings, context: WaitContext): Promise<Response> {
    const { scheduler, fetch } = await ensureRunning(bindings, context);
    return scheduler.within(context, () => fetch(request, context));
  },
  async scheduled(_event: unknown, bindings: WorkerBindings, context: WaitContext): Promise<void> {
    const { scheduler } = await ensureRunning(bindings, context);
    await scheduler.within(context, () => scheduler.tick());
  },
};
