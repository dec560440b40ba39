/** What one module of a client keeps, as an archive: also of a module that was removed and is not dropped yet. */
import { and, eq, gt } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import type { Databases } from '../../schemas/ports/index.ts';
import type { ClientRow } from '../account/scope.ts';
import { removedModule } from '../control/schema.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import { versionOf } from '../engine/store/migrate.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { SnapshotRow } from '../versions/snapshots.ts';
import type { PortabilityDeps } from './deps.ts';
import type { Surroundings } from './export-client.ts';
import { readSurroundings } from './surroundings.ts';

export interface ModuleExport {
  readonly only: CompiledModule;
  readonly surroundings: Surroundings;
}

/** `snapshot` is a copy of the client's store that may hold it still. Throws NOT_FOUND for a module that is in neither. */
export async function moduleExport(
  deps: Pick<PortabilityDeps, 'control'>,
  client: ClientRow,
  tenant: Tenant,
  name: string,
  snapshot?: SnapshotRow,
): Promise<ModuleExport> {
  const { db, ports, versions } = deps.control;
  const around = await readSurroundings(deps, client);
  const sites = around.sites.map(site => ({ ...site, modules: site.modules.filter(({ module }) => module === name) }));
  if (snapshot) {
    const version = await versionIn(ports.databases, snapshot.name, name);
    if (!version) throw Problem.of('NOT_FOUND', { detail: `The snapshot holds nothing of ${name}.` });
    const modules = [{ name, version, settings: {} }];
    return { only: await versions.load(name, version), surroundings: { ...around, modules, sites } };
  }
  const installed = tenant.byName.get(name);
  if (installed) {
    const modules = around.modules.filter(entry => entry.name === name);
    return { only: installed, surroundings: { ...around, modules, sites } };
  }
  const removed = await db
    .select()
    .from(removedModule)
    .where(
      and(
        eq(removedModule.clientId, client.id),
        eq(removedModule.module, name),
        gt(removedModule.dropsAt, ports.clock.now()),
      ),
    )
    .get();
  if (!removed) throw Problem.of('NOT_FOUND');
  const { version, settings } = removed;
  // Nobody may ever have opened the store with it.
  await versions.prepare(client.id, name, version);
  const setUp = new Map(removed.sites.map(entry => [entry.siteId, entry.settings]));
  const withSettings = sites.map(site => {
    const own = setUp.get(site.id);
    return own ? { ...site, modules: [{ module: name, enabled: false, settings: own }] } : site;
  });
  const modules = [{ name, version, settings }];
  return { only: await versions.load(name, version), surroundings: { ...around, modules, sites: withSettings } };
}

/** The version whose tables of a module a store has; undefined where it has none. */
async function versionIn(databases: Databases, store: string, module: string): Promise<string | undefined> {
  const db = await databases.open(store);
  const [ledger] = await db.read([{ sql: `SELECT 1 FROM sqlite_schema WHERE name = '_migration'` }]);
  if (ledger!.rows.length === 0) return undefined;
  const [found] = await db.read([{ sql: 'SELECT "fingerprint" FROM "_migration" WHERE "module" = ?', args: [module] }]);
  const fingerprint = found!.rows[0]?.[0];
  return fingerprint == null ? undefined : versionOf(`${fingerprint}`);
}
