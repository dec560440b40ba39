/** What the control plane knows of a client, read for an archive and written from one. */
import { createHash } from 'node:crypto';
import { and, asc, count, eq, inArray, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import * as fields from '../account/fields.ts';
import { checkSettings } from '../account/module-settings.ts';
import type { ClientRow } from '../account/scope.ts';
import { modulesOf } from '../account/site-modules.ts';
import { installation, module, moduleVersion, site, siteModule, store } from '../control/schema.ts';
import { shortId } from '../control/short-id.ts';
import { validate } from '../http/json-body.ts';
import type { ArchiveManifest } from './archive.ts';
import type { PortabilityDeps } from './deps.ts';
import type { Surroundings } from './export-client.ts';

type Deps = Pick<PortabilityDeps, 'control'>;

export async function readSurroundings({ control }: Deps, { id, name, zone }: ClientRow): Promise<Surroundings> {
  const [installed, sites] = await control.db.batch([
    control.db.select().from(installation).where(eq(installation.clientId, id)).orderBy(asc(installation.module)),
    control.db
      .select()
      .from(site)
      .where(and(eq(site.clientId, id), isNull(site.deletedAt)))
      .orderBy(asc(site.id)),
  ]);
  return {
    client: { id, name, zone },
    modules: installed.map(({ module: name, version, settings }) => ({ name, version, settings })),
    sites: await Promise.all(
      sites.map(async row => ({
        id: row.id,
        name: row.name,
        locale: row.locale,
        zone: row.zone,
        theme: { ...row.theme },
        analytics: row.analytics,
        modules: await modulesOf(control, row),
      })),
    ),
  };
}

/** Throws IN_USE unless the client is new: no site and no module yet. */
export async function requireNew({ control }: Deps, clientId: string): Promise<void> {
  const [sites, installed] = await control.db.batch([
    control.db.select({ count: count() }).from(site).where(eq(site.clientId, clientId)),
    control.db.select({ count: count() }).from(installation).where(eq(installation.clientId, clientId)),
  ]);
  if ((sites[0]?.count ?? 0) + (installed[0]?.count ?? 0) > 0) {
    throw Problem.of('IN_USE', { detail: 'An archive is brought into a new client: one without sites and modules.' });
  }
}

export interface Restored {
  /** Site id in the archive -> the new site's id. */
  readonly sites: ReadonlyMap<string, string>;
  /** Takes everything back and gives the client a fresh, empty store. */
  undo(): Promise<void>;
}

/** Installs modules and makes sites as the archive names them, with new ids and keys. Throws VALIDATION_FAILED. */
export async function restoreSurroundings(
  { control }: Deps,
  clientId: string,
  { modules, sites }: ArchiveManifest,
): Promise<Restored> {
  const { db, catalog, ports } = control;
  const now = ports.clock.now();
  const summaries = modules.map(({ name, version }) => {
    const summary = catalog.get(name);
    if (!summary || summary.version.split('.')[0] !== version.split('.')[0]) {
      throw Problem.of('VALIDATION_FAILED', { detail: `${name} ${version} is not available here.` });
    }
    return summary;
  });
  for (const { name, settings } of modules) await checkSettings(control, name, settings);
  const ids = new Map(sites.map(({ id }) => [id, uuidv7()]));
  const siteRows = sites.map(({ id, name, locale, zone, theme, analytics }) => ({
    id: ids.get(id)!,
    clientId,
    name: validate(fields.name, name),
    siteKey: `site_${shortId(16)}`,
    locale: validate(fields.locale, locale),
    zone: validate(fields.zone, zone),
    theme: validate(fields.theme, theme),
    analytics: validate(fields.analytics, analytics),
    createdAt: now,
    deletedAt: null,
  }));
  const switched = sites.flatMap(entry =>
    entry.modules
      .filter(({ module }) => modules.some(({ name }) => name === module))
      .map(item => ({ siteId: ids.get(entry.id)!, ...item, updatedAt: now })),
  );
  for (const { module: name, settings } of switched) await checkSettings(control, name, settings);
  const freshStore = db
    .update(store)
    .set({ name: `c-${shortId(16)}`, state: 'pending' as const, schemaRev: 0 })
    .where(and(eq(store.clientId, clientId), isNull(store.siteId)));
  await db.batch([
    freshStore,
    ...summaries.flatMap((summary, index) => {
      const { name, id, version, manifest = {} } = summary;
      const hash = createHash('sha256').update(JSON.stringify(manifest)).digest('base64url');
      return [
        db.insert(module).values({ name, publisherId: id, createdAt: now }).onConflictDoNothing(),
        db
          .insert(moduleVersion)
          .values({ module: name, version, manifest, hash, createdAt: now })
          .onConflictDoNothing(),
        db
          .insert(installation)
          .values({ clientId, module: name, version, settings: modules[index]!.settings, installedAt: now }),
      ];
    }),
    ...siteRows.map(row => db.insert(site).values(row)),
    ...switched.map(row => db.insert(siteModule).values(row)),
  ]);
  await control.onTenantChange(clientId);
  return {
    sites: ids,
    async undo() {
      const made = [...ids.values()];
      await db.batch([
        db.delete(siteModule).where(inArray(siteModule.siteId, made)),
        db.delete(site).where(inArray(site.id, made)),
        db.delete(installation).where(eq(installation.clientId, clientId)),
        db
          .update(store)
          .set({ name: `c-${shortId(16)}`, state: 'pending' as const })
          .where(and(eq(store.clientId, clientId), isNull(store.siteId))),
      ]);
      await control.onTenantChange(clientId);
    },
  };
}
