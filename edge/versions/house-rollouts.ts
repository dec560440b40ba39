/** What a deploy brings: newer versions of this build's modules go to the clients that have earlier ones, by cohorts, unasked. */
import { and, eq } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import { majorVersion } from '../../schemas/module/index.ts';
import { compareVersions } from '../../schemas/semver/index.ts';
import { installation, moduleVersion, rollout } from '../control/schema.ts';
import type { Registry } from '../engine/registry.ts';
import { abortRollout, continueRollouts, type RolloutDeps, runRollout, startRollout } from './rollout.ts';

export interface HouseRolloutDeps extends RolloutDeps {
  readonly registry: Registry;
}

/**
 * Goes on with what was cut off, then starts and runs what this build brings. A version is rolled out by itself once and within its
 * major; a rollout that a person has paused is left to that person, any other one of an earlier version gives way.
 */
export async function rollOutHouse(deps: HouseRolloutDeps): Promise<void> {
  await deps.versions.ready();
  await continueRollouts(deps);
  for (const name of deps.registry.names) {
    try {
      const id = await startIfBehind(deps, name);
      if (id !== undefined) await runRollout(deps, id);
    } catch (error) {
      console.error(`rollout of ${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
}

async function startIfBehind(deps: HouseRolloutDeps, module: string): Promise<string | undefined> {
  const { db, registry } = deps;
  const { version } = (await registry.load(module))!.manifest;
  const [installed, published, rollouts] = await db.batch([
    db
      .selectDistinct({ version: installation.version })
      .from(installation)
      .where(and(eq(installation.module, module), eq(installation.pinned, false))),
    db.select({ version: moduleVersion.version }).from(moduleVersion).where(eq(moduleVersion.module, module)),
    db.select().from(rollout).where(eq(rollout.module, module)),
  ]);
  const sameMajor = (other: { readonly version: string }) => majorVersion(other) === majorVersion({ version });
  const isBehind = installed.some(row => sameMajor(row) && compareVersions(row.version, version) < 0);
  const isNewest = published.filter(sameMajor).every(row => compareVersions(row.version, version) <= 0);
  const isKnown = published.some(row => row.version === version);
  if (!isBehind || !isNewest || !isKnown || rollouts.some(row => row.version === version)) return undefined;
  const open = rollouts.find(row => ['running', 'paused', 'stopped'].includes(row.state));
  if (open?.state === 'paused') return undefined;
  if (open) await abortRollout(deps, open.id, `superseded by ${version}`);
  try {
    return await startRollout(deps, { module, version, sameMajor: true });
  } catch (error) {
    // Another process of this deploy was first.
    if (error instanceof Problem && error.code === 'CONFLICT') return undefined;
    throw error;
  }
}
