/** A control plane for tests: a real database in a temporary folder, a clock that can be moved, and callers by role. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { Hono } from 'hono';
import type { ControlDeps } from '../../edge/account/deps.ts';
import { controlRoutes } from '../../edge/account/routes.ts';
import { frontCertificates } from '../../edge/adapters/front-certificates.ts';
import { createFolderAssets } from '../../edge/adapters/node/assets.ts';
import { createEmbeddedDatabases } from '../../edge/adapters/node/databases.ts';
import { createMemoryLimiter } from '../../edge/adapters/node/limiter.ts';
import { createAuth } from '../../edge/auth/auth.ts';
import { createAuditAnchors } from '../../edge/control/audit-anchors.ts';
import { openControl } from '../../edge/control/database.ts';
import { createOriginIndex } from '../../edge/control/origins.ts';
import { createHostIndex } from '../../edge/domains/host-index.ts';
import { createVouch } from '../../edge/engine/audit/vouch.ts';
import { createRegistry, type ModuleSource } from '../../edge/engine/registry.ts';
import { createSecrets } from '../../edge/engine/secrets.ts';
import { createClientIp } from '../../edge/http/client-ip.ts';
import type { AppEnv } from '../../edge/http/env.ts';
import { notFoundHandler, problemHandler } from '../../edge/http/problems.ts';
import { receive } from '../../edge/http/reception.ts';
import { publishedManifest } from '../../edge/versions/catalogue.ts';
import { createVersionService } from '../../edge/versions/service.ts';
import type { Certificates, Mail } from '../../schemas/ports/index.ts';
import type { ModuleSummary } from '../../schemas/protocol/index.ts';
import { root } from '../../tools/root.ts';

export const PUBLIC_URL = 'https://app.inlay.test';
export const PASSWORD = 'correct horse battery';

const modules: readonly ModuleSummary[] = [
  { name: 'party', requires: [], widgets: {} },
  {
    name: 'booking',
    requires: ['party'],
    widgets: { picker: { tag: 'inlay-booking', label: '', height: 420, surfaces: ['site'], actions: [] } },
  },
].map(({ name, requires, widgets }) => ({
  name,
  id: `inlay.${name}`,
  version: '1.0.0',
  type: 'widget',
  label: name,
  description: '',
  icon: '',
  categories: [],
  requires,
  manifest: {
    id: `inlay.${name}`,
    version: '1.0.0',
    type: 'widget',
    label: name,
    description: '',
    icon: '',
    categories: [],
    requires: Object.fromEntries(requires.map(required => [required, { range: '^1.0.0' }])),
    settings: {},
    entities: {},
    events: {},
    actions: {},
    widgets,
  },
}));

const sources = Object.fromEntries(
  modules.map(({ name, manifest }): [string, ModuleSource] => [name, { manifest: async () => ({ manifest }) }]),
);

export interface Caller {
  /** The session's cookie, as a browser would send it. */
  cookie?: string;
  ip?: string;
  /** Null sends none. */
  origin?: string | null;
  contentType?: string | null;
  headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into many shapes
  readonly body: any;
  readonly text: string;
  readonly headers: Headers;
}

export type World = ReturnType<typeof createWorld>;

export function createWorld(options: { readonly folder?: string; readonly certificates?: Certificates } = {}) {
  const folder = options.folder ?? mkdtempSync(joinPath(tmpdir(), 'inlay-control-'));
  const databases = createEmbeddedDatabases({ folder, synchronous: 'NORMAL' });
  const time = { now: Date.parse('2026-03-01T12:00:00Z') };
  const clock = { now: () => time.now };
  const deferred: Promise<void>[] = [];
  const mails: Mail[] = [];
  const tenantChanges: string[] = [];
  const logs: Readonly<Record<string, unknown>>[] = [];
  const scheduler = {
    defer: (task: () => Promise<void>) => void deferred.push(task().catch(error => void logs.push({ error }))),
    every: () => {},
  };
  const config = {
    host: 'node' as const,
    publicUrl: PUBLIC_URL,
    masterKey: new Uint8Array(32).fill(7),
    mailFrom: { address: 'inlay@inlay.test', name: 'Inlay' },
  };
  const { db, ready } = openControl({ databases, clock });
  const auth = createAuth({ db, clock, scheduler, config });
  const registry = createRegistry(sources, (name, version) => publishedManifest(db, name, version));
  const texts = new Map<string, readonly string[]>();
  const origins = createOriginIndex({ db, clock });
  const onTenantChange = (id: string) => void tenantChanges.push(id);
  const deps: ControlDeps = {
    db,
    config,
    auth,
    ports: {
      captchaService: {
        verify: async ({ secret }) => ({ verdict: secret.startsWith('unknown') ? 'unknown-secret' : 'refused' }),
      },
      assets: createFolderAssets({ folder: joinPath(root, 'dist/public'), cache: true }),
      clock,
      databases,
      scheduler,
      limiter: createMemoryLimiter(clock),
      mailer: { send: async mail => void mails.push(mail) },
    },
    catalog: { list: () => modules, get: name => modules.find(module => module.name === name) },
    clientIp: createClientIp({ host: 'node', socketAddress: c => c.req.header('x-test-peer') }),
    deliveries: { list: async () => [], replay: async () => false, discard: async () => false },
    vouch: createVouch({
      databases,
      secrets: createSecrets(config.masterKey),
      anchors: createAuditAnchors({ db, clock }),
    }),
    verifyAudit: async () => ({ ok: true, rows: 0, from: 1, anchored: 0, broken: null }),
    prefetchOf: async () => null,
    launcherWords: async () => undefined,
    firstFiles: async () => [],
    pinScript: async () => ({ hash: 'f'.repeat(64), integrity: 'sha256-test' }),
    origins,
    domains: {
      db,
      clock,
      certificates: options.certificates ?? frontCertificates,
      dns: { txt: async name => texts.get(name) ?? [] },
      hosts: createHostIndex({ db, clock }),
      origins,
      revocations: auth.revocations,
      onTenantChange,
    },
    versions: createVersionService({ db, clock, databases, registry }),
    validateSettings: (_module, settings) =>
      Object.keys(settings)
        .filter(key => key !== 'leadTime')
        .map(key => ({ pointer: `/${key}`, code: 'unknown_member', message: 'There is no such setting.' })),
    onTenantChange,
  };
  const routes = controlRoutes(deps);
  const app = receive(new Hono<AppEnv>());
  app.onError(problemHandler(entry => void logs.push(entry)));
  app.notFound(notFoundHandler());
  app.route('/', routes);

  let peers = 0;
  const newIp = (): string => `10.1.${Math.floor(++peers / 250)}.${(peers % 250) + 1}`;

  async function call(caller: Caller, method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = new Headers({ 'x-test-peer': caller.ip ?? newIp(), ...caller.headers });
    if (caller.cookie) headers.set('cookie', `__Host-inlay=${caller.cookie}`);
    if (caller.origin !== null && method !== 'GET') headers.set('origin', caller.origin ?? PUBLIC_URL);
    const contentType = caller.contentType === undefined ? 'application/json' : caller.contentType;
    if (body !== undefined && contentType !== null) headers.set('content-type', contentType);
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await app.request(`${PUBLIC_URL}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, text, headers: response.headers, body: isJson ? JSON.parse(text) : undefined };
  }

  /** An agency and its owner. */
  async function signUp(email: string, agencyName = 'Studio'): Promise<{ cookie: string }> {
    const answer = await call({}, 'POST', '/api/signup', { agencyName, name: 'Ada', email, password: PASSWORD });
    return { cookie: cookieOf(answer) };
  }

  /** Somebody with another role, through an invitation. */
  async function join(owner: Caller, email: string, role: string, clientId?: string): Promise<{ cookie: string }> {
    const invited = await call(owner, 'POST', '/api/invitations', { email, role, clientId });
    const token = String(invited.body.data.url).split('/').at(-1);
    const accepted = await call({}, 'POST', `/api/invitations/accept/${token}`, { name: 'Bo', password: PASSWORD });
    return { cookie: cookieOf(accepted) };
  }

  async function close(): Promise<void> {
    await Promise.allSettled(deferred);
    databases.close();
    if (!options.folder) rmSync(folder, { recursive: true, force: true });
  }

  return {
    app,
    routes,
    auth,
    call,
    close,
    databases,
    db,
    deps,
    folder,
    join,
    logs,
    mails,
    ready,
    signUp,
    tenantChanges,
    /** TXT records by name. */
    texts,
    time,
  };
}

/** The value of the session cookie that a reply sets. */
export function cookieOf({ headers, text }: Answer): string {
  const value = /__Host-inlay=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1];
  if (!value) throw new Error(`No session cookie was set: ${text}`);
  return value;
}
