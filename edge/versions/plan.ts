/** Which versions a change needs: the module itself and what it requires, within every range that the client's modules name. */
import { type ManifestJson, majorVersion } from '../../schemas/module/index.ts';
import { satisfies } from '../../schemas/semver/index.ts';
import type { Catalogue } from './catalogue.ts';
import { collisions } from './collisions.ts';

export interface Installed {
  readonly module: string;
  readonly version: string;
}

export interface PlannedStep {
  readonly module: string;
  /** Null for a module that is not installed yet. */
  readonly from: string | null;
  readonly to: string;
}

export interface Plan {
  /** What is required comes first. */
  readonly steps: readonly PlannedStep[];
  /** Why it cannot be done; empty where it can. */
  readonly conflicts: readonly string[];
}

type Chosen = ReadonlyMap<string, string>;

/** `version` is exact; without it the newest that fits, of the major in use where there is one. */
export function planChange(
  catalogue: Catalogue,
  installed: readonly Installed[],
  wanted: { readonly module: string; readonly version?: string | undefined },
): Plan {
  const before = new Map(installed.map(({ module, version }) => [module, version]));
  const current = before.get(wanted.module);
  const candidates = (catalogue.get(wanted.module) ?? []).filter(({ version }) =>
    wanted.version === undefined
      ? current === undefined || majorVersion({ version }) === majorVersion({ version: current })
      : version === wanted.version,
  );
  let first: Plan | undefined;
  for (const { version } of candidates) {
    const { chosen, conflicts: unmet } = solve(catalogue, new Map(before).set(wanted.module, version));
    const conflicts = unmet.length > 0 ? unmet : collisions(manifestsOf(catalogue, chosen));
    const plan = { steps: stepsOf(catalogue, before, chosen, wanted.module), conflicts };
    if (conflicts.length === 0) return plan;
    first ??= plan;
  }
  const missing = `${wanted.module}${wanted.version ? ` ${wanted.version}` : ''} is not available here.`;
  return first ?? { steps: [], conflicts: [missing] };
}

const manifestOf = (catalogue: Catalogue, module: string, version: string): ManifestJson | undefined =>
  catalogue.get(module)?.find(entry => entry.version === version)?.manifest;

const manifestsOf = (catalogue: Catalogue, chosen: Chosen): ManifestJson[] =>
  [...chosen].flatMap(([module, version]) => manifestOf(catalogue, module, version) ?? []);

interface Solution {
  readonly chosen: Chosen;
  readonly conflicts: readonly string[];
}

/** Adds what is missing, newest first, and goes back where that leads nowhere. */
function solve(catalogue: Catalogue, chosen: Chosen): Solution {
  const conflicts: string[] = [];
  for (const [module, version] of chosen) {
    for (const [required, { range }] of Object.entries(manifestOf(catalogue, module, version)?.requires ?? {})) {
      const present = chosen.get(required);
      const need = `${module} ${version} requires ${required} ${range}`;
      if (present !== undefined) {
        if (!satisfies(present, range)) conflicts.push(`${need}, but ${present} would be in use.`);
        continue;
      }
      const fitting = (catalogue.get(required) ?? []).filter(entry => satisfies(entry.version, range));
      let failed: Solution | undefined;
      for (const entry of fitting) {
        const found = solve(catalogue, new Map(chosen).set(required, entry.version));
        if (found.conflicts.length === 0) return found;
        failed ??= found;
      }
      return failed ?? { chosen, conflicts: [...conflicts, `${need}, which is not available here.`] };
    }
  }
  const cycle = cycleIn(catalogue, chosen);
  return { chosen, conflicts: cycle ? [...conflicts, `Modules require each other in a circle: ${cycle}.`] : conflicts };
}

const requiresOf = (catalogue: Catalogue, chosen: Chosen, module: string): string[] =>
  Object.keys(manifestOf(catalogue, module, chosen.get(module) ?? '')?.requires ?? {});

function cycleIn(catalogue: Catalogue, chosen: Chosen): string | undefined {
  const clean = new Set<string>();
  const walk = (module: string, path: readonly string[]): string | undefined => {
    if (path.includes(module)) return [...path.slice(path.indexOf(module)), module].join(' > ');
    if (clean.has(module)) return undefined;
    for (const next of requiresOf(catalogue, chosen, module)) {
      const found = walk(next, [...path, module]);
      if (found) return found;
    }
    clean.add(module);
    return undefined;
  };
  for (const module of chosen.keys()) {
    const found = walk(module, []);
    if (found) return found;
  }
  return undefined;
}

function stepsOf(catalogue: Catalogue, before: Chosen, chosen: Chosen, wanted: string): PlannedStep[] {
  const seen = new Set<string>();
  const order: string[] = [];
  const visit = (module: string): void => {
    if (seen.has(module)) return;
    seen.add(module);
    for (const required of requiresOf(catalogue, chosen, module)) visit(required);
    order.push(module);
  };
  visit(wanted);
  return order.flatMap(module => {
    const [from, to] = [before.get(module) ?? null, chosen.get(module)];
    return to === undefined || to === from ? [] : [{ module, from, to }];
  });
}
