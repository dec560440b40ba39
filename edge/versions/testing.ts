/** A control plane with many stores that have party 1.0.0, and a later version of it, for tests of versions. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { type ManifestJson, toManifest } from '../../schemas/module/index.ts';
import type { Databases } from '../../schemas/ports/index.ts';
import { createEmbeddedDatabases } from '../adapters/node/databases.ts';
import { openControl } from '../control/database.ts';
import { agency, client, installation, store } from '../control/schema.ts';
import { createRegistry, type ModuleSource } from '../engine/registry.ts';
import { migrateStore } from '../engine/store/migrate.ts';
import { publishedManifest } from './catalogue.ts';
import type { RolloutDeps } from './rollout.ts';
import { createVersionService } from './service.ts';

export interface Fleet {
  readonly folder: string;
  readonly databases: Databases;
  /** Milliseconds that its clock is ahead. */
  readonly time: { offset: number };
  readonly deps: RolloutDeps;
  readonly stores: readonly { readonly storeId: string; readonly clientId: string; readonly name: string }[];
  close(): void;
}

/** `seed` gives the rows that the n-th store begins with, as SQL; `given` are databases of another host. */
export async function createFleet(
  sources: Readonly<Record<string, ModuleSource>>,
  module: string,
  count: number,
  seed: (index: number) => readonly string[],
  given?: Databases,
): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-fleet-'));
  mkdirSync(join(folder, 'stores'));
  const embedded = createEmbeddedDatabases({ folder: join(folder, 'stores'), synchronous: 'NORMAL' });
  const databases = given ?? embedded;
  const time = { offset: 0 };
  const clock = { now: () => Date.now() + time.offset };
  const { db } = openControl({ databases, clock });
  const registry = createRegistry(sources, (name, version) => publishedManifest(db, name, version));
  const versions = createVersionService({ db, clock, databases, registry });
  await versions.ready();
  const compiled = (await registry.load(module))!;
  const { version } = compiled.manifest;
  const now = clock.now();
  const agencyId = uuidv7();
  await db.insert(agency).values({ id: agencyId, name: 'Fleet', createdAt: now });
  const stores = Array.from({ length: count }, (_, n) => ({
    storeId: uuidv7(),
    clientId: uuidv7(),
    name: `c-fleet-${n}`,
  }));
  for (const [index, { storeId, clientId, name }] of stores.entries()) {
    await db.batch([
      db.insert(client).values({ id: clientId, agencyId, name, zone: 'UTC', createdAt: now, deletedAt: null }),
      db.insert(store).values({ id: storeId, clientId, name, schemaRev: 0, state: 'ready', createdAt: now }),
      db.insert(installation).values({ clientId, module, version, settings: {}, installedAt: now }),
    ]);
    await databases.create(name);
    const opened = await databases.open(name);
    await migrateStore(opened, [compiled], now);
    await opened.write(seed(index).map(sql => ({ sql })));
  }
  return {
    folder,
    databases,
    time,
    deps: { db, clock, versions },
    stores,
    close() {
      embedded.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A later version of a declared module, as data. */
export function laterVersion(
  module: Parameters<typeof toManifest>[0],
  version: string,
  change: (manifest: ManifestJson) => Partial<ManifestJson>,
): ManifestJson {
  const manifest = toManifest(module);
  return { ...manifest, ...change(manifest), version };
}
