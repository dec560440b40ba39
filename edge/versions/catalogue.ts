/** The published versions that a change may use. */
import { and, eq, inArray } from 'drizzle-orm';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { ModuleVersion } from '../../schemas/protocol/index.ts';
import { compareVersions } from '../../schemas/semver/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { moduleVersion } from '../control/schema.ts';

export interface PublishedVersion {
  readonly version: string;
  readonly manifest: ManifestJson;
}

/** Module -> its versions, newest first. */
export type Catalogue = ReadonlyMap<string, readonly PublishedVersion[]>;

/** The versions of these modules and of all that any of them requires. */
export async function loadCatalogue(db: ControlDatabase, names: readonly string[]): Promise<Catalogue> {
  const catalogue = new Map<string, PublishedVersion[]>();
  let missing = [...new Set(names)];
  while (missing.length > 0) {
    const rows = await db
      .select({ module: moduleVersion.module, version: moduleVersion.version, manifest: moduleVersion.manifest })
      .from(moduleVersion)
      .where(inArray(moduleVersion.module, missing));
    for (const name of missing) catalogue.set(name, []);
    for (const { module, version, manifest } of rows) {
      catalogue.get(module)!.push({ version, manifest: manifest as ManifestJson });
    }
    for (const name of missing) catalogue.get(name)!.sort((a, b) => compareVersions(b.version, a.version));
    const required = rows.flatMap(({ manifest }) => Object.keys((manifest as ManifestJson).requires ?? {}));
    missing = [...new Set(required)].filter(name => !catalogue.has(name));
  }
  return catalogue;
}

/** The manifest as it was published; undefined for a version that never was. */
export async function publishedManifest(db: ControlDatabase, name: string, version: string): Promise<unknown> {
  const row = await db
    .select({ manifest: moduleVersion.manifest })
    .from(moduleVersion)
    .where(and(eq(moduleVersion.module, name), eq(moduleVersion.version, version)))
    .get();
  return row?.manifest;
}

/** All versions of a module, the newest first. */
export async function publishedVersions(db: ControlDatabase, name: string): Promise<ModuleVersion[]> {
  const rows = await db
    .select({ version: moduleVersion.version, createdAt: moduleVersion.createdAt })
    .from(moduleVersion)
    .where(eq(moduleVersion.module, name));
  return rows
    .sort((a, b) => compareVersions(b.version, a.version))
    .map(({ version, createdAt }) => ({ version, publishedAt: new Date(createdAt).toISOString() }));
}
