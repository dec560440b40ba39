/** The app, the same on both hosts: ports and configuration in, a fetch handler out. */
import { Hono } from 'hono';
import type { FieldProblem } from '../schemas/errors/index.ts';
import { fieldProblems } from '../schemas/errors/validate.ts';
import type { Mailer, MailOutbox, Ports } from '../schemas/ports/index.ts';
import type { ModuleSummary } from '../schemas/protocol/index.ts';
import type { ControlDeps } from './account/deps.ts';
import { controlRoutes } from './account/routes.ts';
import { createAnalytics } from './analytics/analytics.ts';
import { createAuth } from './auth/auth.ts';
import type { Config } from './config.ts';
import { createAuditAnchors } from './control/audit-anchors.ts';
import { openControl } from './control/database.ts';
import { createDueStores } from './control/due-stores.ts';
import { createOriginIndex } from './control/origins.ts';
import { pagesOr } from './dashboard/routes.ts';
import { dataRoutes } from './data/routes.ts';
import { docsRoutes } from './docs-page/routes.ts';
import { sweepCertificates } from './domains/certificates.ts';
import { createHostIndex } from './domains/host-index.ts';
import { sweepHosts } from './domains/sweep-hosts.ts';
import type { HostDeps } from './domains/verify-host.ts';
import { createBuildReader } from './embed/build-manifest.ts';
import { firstFiles } from './embed/first-files.ts';
import { launcherWords } from './embed/launcher-words.ts';
import { createPins, withPinnedChunks } from './embed/pins.ts';
import { prefetchOf } from './embed/prefetch.ts';
import { createRefusedOrigins } from './embed/refused-origins.ts';
import { embedRoutes } from './embed/routes.ts';
import { createSeenOrigins } from './embed/seen-origins.ts';
import { createSiteScripts } from './embed/site-script.ts';
import { surfaceStyles } from './embed/surface-page.ts';
import { createVouch } from './engine/audit/vouch.ts';
import { createBackground } from './engine/background.ts';
import type { ModuleSource } from './engine/registry.ts';
import { createRegistry } from './engine/registry.ts';
import type { Runtime } from './engine/runtime.ts';
import { createSecrets } from './engine/secrets.ts';
import { createStores } from './engine/store/stores.ts';
import { purgeDeleted } from './erasure/purge-client.ts';
import { erasureRoutes } from './erasure/routes.ts';
import { fileRoutes } from './files/routes.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { createClientIp } from './http/client-ip.ts';
import { createCors } from './http/cors.ts';
import { createDoor } from './http/door.ts';
import type { AppEnv } from './http/env.ts';
import { notFoundHandler, problemHandler } from './http/problems.ts';
import { receive } from './http/reception.ts';
import { mailViewRoutes } from './mail-view/routes.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { portabilityRoutes } from './portability/routes.ts';
import { sdkRoutes } from './sdk/routes.ts';
import { createTenants } from './tenant/tenants.ts';
import { publishedManifest } from './versions/catalogue.ts';
import { continueContractions } from './versions/contract.ts';
import { rollOutHouse } from './versions/house-rollouts.ts';
import { sweepRemoved } from './versions/removed.ts';
import { createVersionService, mirrorLedger } from './versions/service.ts';
import { sweepSnapshots } from './versions/snapshots.ts';

export interface AppOptions {
  readonly ports: Ports;
  readonly config: Config;
  /** The generated registry of module folders. */
  readonly modules: Readonly<Record<string, ModuleSource>>;
}

export interface App {
  readonly hono: Hono<AppEnv>;
  /** Takes the versions that this build brings to the clients that have earlier ones; a timer does it too. */
  rollOut(): Promise<void>;
  /** Runs due jobs and deliveries of every client that has some, once. */
  sweep(): Promise<void>;
  /** What an alarm of the host calls: does what one client's store has due. */
  ring(clientId: string): Promise<void>;
  /** Writes what is known in memory alone; before the process ends. */
  flush(): Promise<void>;
}

/** Seconds between two sweeps on a host that has timers. */
const sweepSeconds = 30;

export async function createApp({ ports, config, modules }: AppOptions): Promise<App> {
  const control = openControl(ports);
  const registry = createRegistry(modules, (name, version) => publishedManifest(control.db, name, version));
  const summaries = await registry.summaries();
  const auth = createAuth({ db: control.db, clock: ports.clock, scheduler: ports.scheduler, config });
  const origins = createOriginIndex({ db: control.db, clock: ports.clock });
  const tenants = createTenants({ db: control.db, clock: ports.clock, coalescer: ports.coalescer, registry, origins });
  const runtime: Runtime = {
    ports,
    config,
    stores: createStores(ports, (store, installed) =>
      ports.scheduler.defer(() => mirrorLedger(control.db, store, installed, ports.clock.now())),
    ),
    secrets: createSecrets(config.masterKey),
    anchors: createAuditAnchors({ db: control.db, clock: ports.clock }),
    outbox: {
      wake: (tenant, at) => background.wake(tenant, at),
      wrote: tenant => background.wrote(tenant),
    },
  };
  const vouch = createVouch({ databases: ports.databases, secrets: runtime.secrets, anchors: runtime.anchors });
  const dueStores = createDueStores({ db: control.db, clock: ports.clock });
  const background = createBackground(runtime, tenants, dueStores);
  const clientIp = createClientIp({ host: config.host, trustedProxies: config.trustedProxies });
  const versions = createVersionService({ db: control.db, clock: ports.clock, databases: ports.databases, registry });

  const hosts = createHostIndex({ db: control.db, clock: ports.clock });
  const leadsHere = (host: string) => {
    const key = hosts.siteKeyOf(host);
    return key instanceof Promise ? key.then(Boolean) : Boolean(key);
  };
  const cors = createCors({
    paths: ['/api/m/', '/api/files', '/api/files/', '/api/graphql', '/api/search', '/embed/'],
    isAllowed: origin => origin === config.publicUrl || origins.isRegistered(origin),
  });
  const hono = receive(new Hono<AppEnv>(), { door: createDoor(config.publicUrl, leadsHere), cors });
  hono.onError(problemHandler());
  const build = createBuildReader(ports.assets, !config.watch);
  const scripts = createSiteScripts({ tenants, build, publicUrl: config.publicUrl });
  const pins = createPins({ assets: ports.assets, blobs: ports.blobs, build, scripts });
  hono.notFound(pagesOr(notFoundHandler(), { assets: withPinnedChunks(ports.assets, pins) }));
  const health = JSON.stringify({ status: 'ok', version: config.version, host: config.host });
  hono.get('/healthz', c => c.env.head.reply(health, 200, { 'Content-Type': 'application/json' }));
  hono.route('/', dataRoutes({ runtime, tenants, authenticate: auth.authenticate, clientIp }));
  hono.route('/', fileRoutes({ runtime, tenants, authenticate: auth.authenticate, clientIp }));
  hono.route('/', openApiRoutes({ runtime, tenants, authenticate: auth.authenticate, clientIp }));
  hono.route('/', docsRoutes(ports.assets));
  hono.route('/', sdkRoutes({ runtime, tenants, authenticate: auth.authenticate, clientIp }));
  hono.route('/', graphqlRoutes({ runtime, tenants, authenticate: auth.authenticate, clientIp }));
  const noted = { db: control.db, clock: ports.clock, scheduler: ports.scheduler };
  const refused = createRefusedOrigins(noted);
  const seen = createSeenOrigins(noted);
  hono.route('/', embedRoutes({ runtime, tenants, auth, clientIp, build, scripts, pins, hosts, refused, seen }));
  const analytics = createAnalytics({ db: control.db, ports, config, tenants, clientIp });
  hono.route('/', analytics.routes);
  hono.get('/p/page.css', c =>
    c.body(surfaceStyles, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' }),
  );
  const onTenantChange = async (clientId: string): Promise<void> => {
    tenants.forget(clientId);
    // Its timetables may have changed.
    await dueStores.note(clientId, ports.clock.now());
  };
  const domains: HostDeps = {
    db: control.db,
    clock: ports.clock,
    dns: ports.dns,
    certificates: ports.certificates,
    hosts,
    origins,
    revocations: auth.revocations,
    onTenantChange,
  };
  const controlDeps: ControlDeps = {
    db: control.db,
    ports,
    config,
    auth,
    catalog: catalogOf(summaries),
    clientIp,
    deliveries: background.deliveries,
    verifyAudit: background.verifyAudit,
    vouch,
    versions,
    pinScript: siteKey => pins.keep(siteKey),
    prefetchOf: (siteKey, module) => prefetchOf({ runtime, tenants }, siteKey, module),
    launcherWords: (module, locale) => launcherWords(registry, module, locale),
    firstFiles: (siteKey, tags, framed) => firstFiles({ tenants, build }, siteKey, tags, framed),
    origins,
    domains,
    validateSettings: async (name, settings): Promise<readonly FieldProblem[]> => {
      const parsed = (await registry.load(name))?.settings.safeParse(settings);
      return parsed && !parsed.success ? fieldProblems(parsed.error, settings) : [];
    },
    onTenantChange,
  };
  const portability = { control: controlDeps, runtime, tenants };
  hono.route('/', controlRoutes(controlDeps));
  hono.route('/', portabilityRoutes(portability));
  hono.route('/', erasureRoutes(portability));
  if (config.demo && isOutbox(ports.mailer)) hono.route('/', mailViewRoutes(ports.mailer));
  ports.scheduler.every(3_600, 'credentials', () => auth.sweep());
  ports.scheduler.every(sweepSeconds, 'key uses', () => auth.flush());
  ports.scheduler.every(sweepSeconds, 'versions', () => versions.settle());
  const rollOut = () =>
    rollOutHouse({
      db: control.db,
      clock: ports.clock,
      versions,
      registry,
      onTenantChange: controlDeps.onTenantChange,
    });
  ports.scheduler.every(sweepSeconds, 'rollouts', rollOut);
  ports.scheduler.defer(() => versions.ready());
  const storage = { db: control.db, clock: ports.clock, databases: ports.databases };
  ports.scheduler.every(3_600, 'snapshots', () => sweepSnapshots(storage));
  ports.scheduler.every(3_600, 'removed-modules', () => sweepRemoved({ ...storage, vouch }));
  ports.scheduler.every(sweepSeconds, 'contractions', () => continueContractions({ ...storage, versions, vouch }));
  ports.scheduler.every(86_400, 'purge', () => purgeDeleted(portability));
  ports.scheduler.every(60, 'analytics-flush', () => analytics.flush());
  ports.scheduler.every(3_600, 'analytics', () => analytics.rollUp());
  ports.scheduler.every(3_600, 'hosts', () => sweepHosts(domains));
  ports.scheduler.every(60, 'certificates', () => sweepCertificates(domains));
  ports.scheduler.every(sweepSeconds, 'sweep', () => background.sweep());
  return {
    hono,
    rollOut,
    sweep: () => background.sweep(),
    ring: clientId => background.ring(clientId),
    flush: () => auth.flush(),
  };
}

const isOutbox = (mailer: Mailer): mailer is MailOutbox => 'list' in mailer;

function catalogOf(summaries: readonly ModuleSummary[]) {
  const byName = new Map(summaries.map(summary => [summary.name, summary]));
  return { list: () => summaries, get: (name: string) => byName.get(name) };
}
