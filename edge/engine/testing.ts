/** Runs modules' actions in tests: the real engine over real libSQL files, with a clock that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyModule, Implementation } from '../../schemas/module/index.ts';
import { parseManifest, toManifest } from '../../schemas/module/index.ts';
import type { Mail } from '../../schemas/ports/index.ts';
import type { Campaign } from '../../schemas/protocol/campaign.ts';
import type { Actor, AuditVerdict, Delivery, DeliveryState } from '../../schemas/protocol/index.ts';
import { createFolderBlobs } from '../adapters/node/blobs.ts';
import { createProcessCoalescer } from '../adapters/node/coalescer.ts';
import { createEmbeddedDatabases } from '../adapters/node/databases.ts';
import { createThreadImages } from '../adapters/node/images.ts';
import { createMemoryLimiter } from '../adapters/node/limiter.ts';
import type { Tenant, TenantSite } from '../tenant/tenant.ts';
import { runAction } from './actions.ts';
import type { AuditAnchor, AuditAnchors } from './audit/anchors.ts';
import { createBackground } from './background.ts';
import type { Call, Reply } from './call.ts';
import { linkModules } from './compile/link.ts';
import { type CompiledModule, compileModule } from './compile/module.ts';
import { constraintExplainer } from './constraints.ts';
import { subscribersOf, systemActor } from './outbox.ts';
import * as records from './records/index.ts';
import type { Runtime } from './runtime.ts';
import { createSecrets } from './secrets.ts';
import { createStores } from './store/stores.ts';

export interface TestModule {
  readonly module: AnyModule;
  readonly code?: Implementation<AnyModule>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface TestEngine {
  readonly runtime: Runtime;
  readonly tenant: Tenant;
  readonly actors: { readonly admin: Actor; readonly staff: Actor; readonly visitor: Actor };
  readonly mails: readonly Mail[];
  /** Epoch milliseconds; the test may set it. */
  now: number;
  /** Runs an action with JSON in and JSON out. Throws `Problem`. */
  call<T = Record<string, unknown>>(
    actor: Actor,
    module: string,
    action: string,
    input: unknown,
    options?: CallOptions,
  ): Promise<T>;
  create<T = Record<string, unknown>>(
    actor: Actor,
    module: string,
    entity: string,
    input: unknown,
  ): Promise<T & { id: string }>;
  get<T = Record<string, unknown>>(actor: Actor, module: string, entity: string, id: string): Promise<T>;
  list<T = Record<string, unknown>>(actor: Actor, module: string, entity: string, query?: string): Promise<T[]>;
  update(actor: Actor, module: string, entity: string, id: string, patch: unknown): Promise<Record<string, unknown>>;
  remove(actor: Actor, module: string, entity: string, id: string): Promise<void>;
  transition(
    actor: Actor,
    module: string,
    entity: string,
    id: string,
    name: string,
    input?: unknown,
  ): Promise<Record<string, unknown>>;
  /** Does what is due: deliveries and jobs; what it deferred before comes first. */
  deliver(): Promise<void>;
  /** The same, as the timer does it. */
  sweep(): Promise<void>;
  verifyAudit(): Promise<AuditVerdict>;
  /** As people see them. */
  deliveries(state: DeliveryState): Promise<readonly Delivery[]>;
  close(): void;
}

export interface CallOptions {
  readonly idempotencyKey?: string;
  readonly callerHash?: string;
  readonly proof?: string;
  readonly campaign?: Campaign;
}

export interface TestEngineOptions {
  readonly modules: readonly TestModule[];
  /** RFC 3339 or epoch milliseconds. */
  readonly now: number | string;
  readonly zone?: string;
  /** Goes on with the stores of an earlier engine and leaves them in place. */
  readonly folder?: string;
}

export function createTestEngine({
  modules,
  now,
  zone = 'Europe/Prague',
  folder: kept,
}: TestEngineOptions): TestEngine {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'inlay-test-'));
  const databases = createEmbeddedDatabases({ folder });
  const mails: Mail[] = [];
  let closed = false;
  const pending = new Set<Promise<void>>();
  const secrets = createSecrets(new Uint8Array(32).fill(7));
  const compiled = linkModules(
    modules.map(({ module, code }) => compileModule(parseManifest(toManifest(module)), code)),
  );
  const tenant = testTenant(compiled, modules, zone);
  const engine = { now: typeof now === 'number' ? now : Date.parse(now) };
  const clock = { now: () => engine.now };
  const ports = {
    blobs: createFolderBlobs({ folder: join(folder, 'files') }),
    databases,
    images: createThreadImages(),
    alarms: { set: () => {}, listen: () => {} },
    chance: { next: () => 0.5 },
    clock,
    coalescer: createProcessCoalescer(),
    limiter: createMemoryLimiter(clock),
    mailer: {
      send: async (mail: Mail) => {
        if (!mails.some(sent => sent.key === mail.key)) mails.push(mail);
      },
    },
    scheduler: {
      defer: (task: () => Promise<void>) => {
        const run = task()
          .catch(error => {
            if (!closed) throw error;
          })
          .finally(() => pending.delete(run));
        pending.add(run);
      },
      every: () => {},
    },
  } as unknown as Runtime['ports'];
  const runtime: Runtime = {
    ports,
    config: {
      host: 'node',
      masterKey: new Uint8Array(32).fill(7),
      publicUrl: 'https://inlay.test',
      mailFrom: { address: 'mail@inlay.test', name: 'Inlay' },
      files: { quotaBytes: 10_000_000, maxBytes: 1_000_000, maxArchiveBytes: 10_000_000 },
    } as Runtime['config'],
    stores: createStores(ports),
    secrets,
    anchors: testAnchors(),
    outbox: {
      wake: (woken, at) => background.wake(woken, at),
      wrote: written => background.wrote(written),
    },
  };
  const tenants = {
    byClient: async () => tenant,
  } as unknown as Parameters<typeof createBackground>[1];
  const background = createBackground(runtime, tenants, {
    note: async () => {},
    settle: async () => {},
    due: async () => [{ clientId: tenant.client.id, nextDueAt: null }],
    forgotten: async () => [],
  });

  const callOf = (actor: Actor, fingerprint: string, options: CallOptions = {}): Call => ({
    actor,
    tenant,
    site: actor.kind === 'visitor' ? tenant.sites[0] : undefined,
    requestId: 'test',
    callerHash: options.callerHash ?? 'caller',
    idempotencyKey: options.idempotencyKey,
    proof: options.proof,
    campaign: options.campaign,
    fingerprint,
  });
  const target = (module: string, entity: string) => {
    const found = tenant.byName.get(module)!;
    return { module: found, entity: found.entities.get(entity)! };
  };
  const data = <T>(reply: Reply): T => (JSON.parse(reply.body) as { data: T }).data;
  const system = systemActor(tenant);

  return Object.assign(engine, {
    runtime,
    tenant,
    mails,
    actors: {
      admin: { ...system, kind: 'user', id: 'user-admin', role: 'admin' },
      staff: { ...system, kind: 'user', id: 'user-staff', role: 'member' },
      visitor: { ...system, kind: 'visitor', siteId: 'site-1', origin: 'https://shop.test' },
    } satisfies TestEngine['actors'],
    async call(actor: Actor, module: string, action: string, input: unknown, options?: CallOptions) {
      const call = callOf(actor, `${module}.${action}:${JSON.stringify(input)}`, options);
      return data(await runAction(runtime, call, tenant.byName.get(module)!, action, input));
    },
    async create(actor: Actor, module: string, entity: string, input: unknown) {
      return data(await records.createRecord(runtime, callOf(actor, ''), target(module, entity), input));
    },
    async get(actor: Actor, module: string, entity: string, id: string) {
      return data(await records.getRecord(runtime, callOf(actor, ''), target(module, entity), id));
    },
    async list(actor: Actor, module: string, entity: string, query = '') {
      const params = new URLSearchParams(query);
      return data(await records.listRecords(runtime, callOf(actor, ''), target(module, entity), params));
    },
    async update(actor: Actor, module: string, entity: string, id: string, patch: unknown) {
      return data(await records.updateRecord(runtime, callOf(actor, ''), target(module, entity), id, patch, undefined));
    },
    async remove(actor: Actor, module: string, entity: string, id: string) {
      await records.deleteRecord(runtime, callOf(actor, ''), target(module, entity), id, undefined);
    },
    async transition(actor: Actor, module: string, entity: string, id: string, name: string, input?: unknown) {
      const call = callOf(actor, '');
      return data(await records.transitionRecord(runtime, call, target(module, entity), id, name, input, undefined));
    },
    async deliver() {
      while (pending.size > 0) await Promise.all(pending);
      await background.run(tenant);
    },
    sweep: () => background.sweep(),
    verifyAudit: () => background.verifyAudit(tenant.client.id),
    deliveries: (state: DeliveryState) => background.deliveries.list(tenant.client.id, { state, size: 100, skip: 0 }),
    close() {
      closed = true;
      databases.close();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  }) as TestEngine;
}

function testAnchors(): AuditAnchors {
  let anchor: AuditAnchor | undefined;
  return {
    get: async () => anchor,
    async move(_store, seen, next) {
      if (seen !== anchor) return false;
      anchor = next;
      return true;
    },
  };
}

function testTenant(compiled: readonly CompiledModule[], modules: readonly TestModule[], zone: string): Tenant {
  const settings = new Map(
    compiled.map((module, i) => [
      module.name,
      module.settings.parse(modules[i]!.settings ?? {}) as Record<string, unknown>,
    ]),
  );
  const site: TenantSite = {
    id: 'site-1',
    key: 'site_aaaabbbbccccdddd',
    name: 'Shop',
    zone,
    locale: 'en',
    theme: {},
    analytics: 'cookieless',
    origins: ['https://shop.test'],
    modules: settings,
  };
  return {
    agencyId: 'agency-1',
    client: { id: 'client-1', name: "Rosa's Salon", zone },
    store: 'c-test',
    modules: compiled,
    byName: new Map(compiled.map(module => [module.name, module])),
    settings,
    sites: [site],
    isHeard: event => subscribersOf(compiled, event).length > 0,
    explain: constraintExplainer(compiled),
  };
}
