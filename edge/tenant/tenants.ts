/** Loads clients from the control plane in one read batch and remembers them until something changes. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import type { Clock, Coalescer } from '../../schemas/ports/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import type { ControlDatabase } from '../control/database.ts';
import type { OriginIndex } from '../control/origins.ts';
import { prepareBatch } from '../control/prepared-batch.ts';
import { client, installation, site, siteCaptcha, siteModule, siteOrigin, store } from '../control/schema.ts';
import { linkModules } from '../engine/compile/link.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import { constraintExplainer } from '../engine/constraints.ts';
import { subscribersOf } from '../engine/outbox.ts';
import type { Registry } from '../engine/registry.ts';
import type { SiteOfTenant, Tenant, TenantSite, Tenants } from './tenant.ts';

/** Another process may change a client; within this one a change is seen at once. */
const keptMs = 5_000;
const capacity = 20_000;
/** Different sets of installations; a house has a few, each with some versions. */
const mostSets = 1_000;

type InstalledSet = Pick<Tenant, 'modules' | 'byName' | 'isHeard' | 'explain'>;
type Settings = Readonly<Record<string, unknown>>;
type Installed = Pick<typeof installation.$inferSelect, 'module' | 'version'>;

export interface TenantsDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly coalescer: Coalescer;
  readonly registry: Registry;
  readonly origins: OriginIndex;
}

export function createTenants({ db, clock, coalescer, registry, origins }: TenantsDeps): Tenants {
  const known = new BoundedCache<{ readonly until: number; readonly tenant: Tenant | undefined }>(capacity);
  const clientOfKey = new BoundedCache<{ readonly until: number; readonly clientId: string }>(capacity);
  /** Clients with the same installations share one compiled set, however many they are. */
  const sets = new BoundedCache<InstalledSet>(mostSets);
  let changes = 0;

  const installedSet = async (installed: readonly Installed[]): Promise<InstalledSet> => {
    const key = installed.map(({ module, version }) => `${module}@${version}`).join(',');
    const known = sets.get(key);
    if (known) return known;
    const loaded = await Promise.all(installed.map(({ module, version }) => registry.load(module, version)));
    // Another request may have made it meanwhile, and a store's readiness goes by the set itself.
    const set = sets.get(key) ?? compileSet(linkModules(loaded.filter(module => module !== undefined)));
    sets.set(key, set);
    return set;
  };

  const read = readerOf(db);

  const load = async (clientId: string): Promise<Tenant | undefined> => {
    const [clients, stores, installations, sites, siteModules, siteOrigins, captchas] = await read({ clientId });
    const [row] = clients;
    const [home] = stores;
    if (!row || !home) return undefined;
    const set = await installedSet(installations);
    const settings = new Map(
      installations.flatMap(entry => {
        const module = set.byName.get(entry.module);
        return module ? [[entry.module, complete(module, entry.settings)] as const] : [];
      }),
    );
    return {
      agencyId: row.agencyId,
      client: { id: row.id, name: row.name, zone: row.zone },
      store: home.name,
      ...set,
      settings,
      sites: sites.map((entry): TenantSite => {
        const enabled = siteModules.filter(item => item.siteId === entry.id && item.enabled);
        return {
          id: entry.id,
          key: entry.siteKey,
          name: entry.name,
          zone: entry.zone,
          locale: entry.locale,
          theme: entry.theme,
          analytics: entry.analytics,
          captcha: captchas.find(item => item.siteId === entry.id),
          origins: siteOrigins.flatMap(item => (item.siteId === entry.id ? [item.origin] : [])),
          modules: new Map(
            enabled.flatMap(item => {
              const base = settings.get(item.module);
              return base ? [[item.module, { ...base, ...item.settings }] as const] : [];
            }),
          ),
        };
      }),
    };
  };

  const byClient = (clientId: string): ReturnType<Tenants['byClient']> => {
    const entry = known.get(clientId);
    if (entry && entry.until > clock.now()) return entry.tenant;
    return coalescer.once(`tenant:${clientId}`, async () => {
      const before = changes;
      const tenant = await load(clientId);
      // What was read while something changed may be from before the change.
      if (before === changes) known.set(clientId, { until: clock.now() + keptMs, tenant });
      return tenant;
    });
  };

  const lookUpKey = async (siteKey: string): Promise<Tenant | undefined> => {
    const row = await db
      .select({ clientId: site.clientId })
      .from(site)
      .where(and(eq(site.siteKey, siteKey), isNull(site.deletedAt)))
      .get();
    if (row) clientOfKey.set(siteKey, { until: clock.now() + keptMs, clientId: row.clientId });
    return row && byClient(row.clientId);
  };

  const siteWith = (siteKey: string, tenant: Tenant | undefined): SiteOfTenant | undefined => {
    const site = tenant?.sites.find(entry => entry.key === siteKey);
    return tenant && site && { tenant, site };
  };

  return {
    byClient,
    bySiteKey(siteKey) {
      const entry = clientOfKey.get(siteKey);
      const tenant = entry && entry.until > clock.now() ? byClient(entry.clientId) : lookUpKey(siteKey);
      return tenant instanceof Promise ? tenant.then(found => siteWith(siteKey, found)) : siteWith(siteKey, tenant);
    },
    knowsOrigin: async origin => origins.isRegistered(origin),
    forget: clientId => {
      changes += 1;
      known.delete(clientId);
    },
  };
}

/** All that the control plane knows of one client. */
function readerOf(db: ControlDatabase) {
  const clientId = sql.placeholder('clientId');
  const ofClient = db
    .select({ id: site.id })
    .from(site)
    .where(and(eq(site.clientId, clientId), isNull(site.deletedAt)));
  return prepareBatch(db, [
    db
      .select()
      .from(client)
      .where(and(eq(client.id, clientId), isNull(client.deletedAt))),
    db
      .select()
      .from(store)
      .where(and(eq(store.clientId, clientId), isNull(store.siteId))),
    db.select().from(installation).where(eq(installation.clientId, clientId)).orderBy(installation.module),
    db
      .select()
      .from(site)
      .where(and(eq(site.clientId, clientId), isNull(site.deletedAt)))
      .orderBy(site.id),
    db.select().from(siteModule).where(inArray(siteModule.siteId, ofClient)),
    db.select().from(siteOrigin).where(inArray(siteOrigin.siteId, ofClient)),
    db.select().from(siteCaptcha).where(inArray(siteCaptcha.siteId, ofClient)),
  ]);
}

function compileSet(modules: readonly CompiledModule[]): InstalledSet {
  const heard = new Map<string, boolean>();
  return {
    modules,
    byName: new Map(modules.map(module => [module.name, module])),
    explain: explainerOf(modules),
    isHeard(event) {
      let answer = heard.get(event);
      if (answer === undefined) {
        answer = subscribersOf(modules, event).length > 0;
        heard.set(event, answer);
      }
      return answer;
    },
  };
}

/** A constraint that another version left in the tables is nobody's fault here: a conflict, never a failure of the server. */
function explainerOf(modules: readonly CompiledModule[]): InstalledSet['explain'] {
  const known = constraintExplainer(modules);
  return message => {
    const found = known(message);
    if (found) return found;
    const left = /(?:constraint:|(?:UNIQUE|CHECK) constraint failed: )([a-z0-9-]+)_[\w.]+/.exec(message);
    if (!left) return undefined;
    const detail = 'A rule of another version of this module refuses it.';
    return { problem: Problem.of('CONFLICT', { detail }), retry: false };
  };
}

/** Stored settings with the manifest's defaults; settings that no longer parse fall back to the defaults. */
function complete(module: CompiledModule, stored: Settings): Settings {
  const parsed = module.settings.safeParse(stored);
  return (parsed.success ? parsed.data : module.settings.parse({})) as Settings;
}
