/** Publishing: a version of a module enters the registry once and never changes. */
import { eq } from 'drizzle-orm';
import { type FieldProblem, Problem } from '../../schemas/errors/index.ts';
import { type ManifestJson, moduleName, parseManifest } from '../../schemas/module/index.ts';
import type { Clock } from '../../schemas/ports/index.ts';
import { compareVersions, isRange, newestFirst } from '../../schemas/semver/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { module, moduleVersion } from '../control/schema.ts';
import { graphClashes } from '../graphql/clashes.ts';
import { manifestHash } from './canonical.ts';
import { type Finding, lintManifest } from './lint.ts';
import { cycleThrough, disagreements, versionSteps } from './steps.ts';

export interface PublishDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
}

/** Where a version's code is: in a folder of this build, or nowhere, for a version that is data alone. */
export type CodeReference = 'folder' | null;

export interface Published {
  readonly hash: string;
  /** False where it was published before. */
  readonly isNew: boolean;
  /** What is worth knowing about it, such as scopes that have grown. */
  readonly warnings: readonly Finding[];
}

type VersionRow = typeof moduleVersion.$inferSelect;

/**
 * Puts a version into the registry. Throws ManifestError, CONFLICT for a version that exists with another content, a name that is
 * another publisher's or a cycle, VALIDATION_FAILED for a range that cannot be read, a column that would change, two things of one name in GraphQL or what the lint calls an error.
 */
export async function publishVersion(
  { db, clock }: PublishDeps,
  json: unknown,
  code: CodeReference,
): Promise<Published> {
  const manifest = parseManifest(json);
  const name = moduleName(manifest);
  const { version } = manifest;
  const hash = manifestHash(manifest);
  const [owners, rows] = await db.batch([
    db.select().from(module).where(eq(module.name, name)),
    db.select().from(moduleVersion),
  ]);
  if (owners[0] && owners[0].publisherId !== manifest.id) {
    throw Problem.of('CONFLICT', { detail: `The name ${name} belongs to ${owners[0].publisherId}.` });
  }
  const earlier = rows.filter(row => row.module === name);
  const same = earlier.find(row => row.version === version);
  if (same) {
    // A row from before hashes were canonical still tells its content.
    if (same.hash !== hash && manifestHash(same.manifest) !== hash) throw otherContent(name, version);
    return { hash, isNew: false, warnings: [] };
  }
  const manifests = earlier.map(row => row.manifest as ManifestJson);
  const before = newestFirst(earlier.map(row => row.version)).find(known => compareVersions(known, version) < 0);
  const findings = lintManifest(
    manifests.find(known => known.version === before),
    manifest,
  );
  check(manifest, manifests, requirements(rows), findings);
  const createdAt = clock.now();
  const steps = versionSteps(
    manifests.find(known => known.version === before),
    manifest,
  );
  const values = { module: name, version, manifest, hash, code, steps, createdAt };
  const [, , stored] = await db.batch([
    db.insert(module).values({ name, publisherId: manifest.id, createdAt }).onConflictDoNothing(),
    db.insert(moduleVersion).values(values).onConflictDoNothing(),
    db.select().from(moduleVersion).where(eq(moduleVersion.module, name)),
  ]);
  // Two publishers may meet; the row that is there says whose content won.
  if (stored.find(row => row.version === version)?.hash !== hash) throw otherContent(name, version);
  return { hash, isNew: true, warnings: findings.filter(({ level }) => level === 'warning') };
}

const otherContent = (name: string, version: string) =>
  Problem.of('CONFLICT', { detail: `${name} ${version} is published with other content. Raise its version.` });

/** Module -> what the newest version of it requires. */
function requirements(rows: readonly VersionRow[]): (name: string) => readonly string[] {
  return name => {
    const versions = rows.filter(row => row.module === name);
    const [newest] = newestFirst(versions.map(row => row.version));
    const found = versions.find(row => row.version === newest)?.manifest as ManifestJson | undefined;
    return Object.keys(found?.requires ?? {});
  };
}

function check(
  manifest: ManifestJson,
  earlier: readonly ManifestJson[],
  requiredBy: (name: string) => readonly string[],
  findings: readonly Finding[],
): void {
  const ranges = [
    ...Object.entries(manifest.requires ?? {}).map(([name, { range }]) => [`/requires/${name}/range`, range] as const),
    ...(manifest.migrations ?? []).flatMap(({ from }, i) => (from ? [[`/migrations/${i}/from`, from] as const] : [])),
  ];
  const errors: FieldProblem[] = ranges.flatMap(([pointer, range]) =>
    isRange(range) ? [] : [{ pointer, code: 'invalid_range', message: `"${range}" is not a range such as ^1.2.0` }],
  );
  for (const message of new Set(earlier.flatMap(before => disagreements(before, manifest)))) {
    errors.push({ pointer: '/entities', code: 'changed_column', message });
  }
  for (const message of graphClashes([manifest])) {
    errors.push({ pointer: '/entities', code: 'same_name', message: `${message} Give one of them another name.` });
  }
  for (const { level, pointer, code, message } of findings) {
    if (level === 'error') errors.push({ pointer, code, message });
  }
  if (errors.length > 0) throw Problem.of('VALIDATION_FAILED', { errors });
  const cycle = cycleThrough(manifest, requiredBy);
  if (cycle) throw Problem.of('CONFLICT', { detail: `Modules may not require each other in a circle: ${cycle}.` });
}
