/** What a change of a client's modules means, with the published versions that it may use. */
import { asc, eq } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import type { VersionChange } from '../../schemas/protocol/index.ts';
import { installation } from '../control/schema.ts';
import { type Catalogue, loadCatalogue } from '../versions/catalogue.ts';
import { compareManifests } from '../versions/compatibility.ts';
import { type Plan, planChange } from '../versions/plan.ts';
import type { ControlDeps } from './deps.ts';

export type InstallationRow = typeof installation.$inferSelect;

export interface ClientPlan extends Plan {
  readonly changes: readonly VersionChange[];
}

/** `version` is exact; without it the newest that fits. Throws NOT_FOUND for a module that was never published. */
export async function planFor(
  { db, versions }: ControlDeps,
  clientId: string,
  wanted: { readonly module: string; readonly version?: string | undefined },
): Promise<ClientPlan> {
  await versions.ready();
  const installed = await installationsOf({ db }, clientId);
  const catalogue = await loadCatalogue(db, [wanted.module, ...installed.map(({ module }) => module)]);
  if (catalogue.get(wanted.module)!.length === 0) throw Problem.of('NOT_FOUND');
  const plan = planChange(catalogue, installed, wanted);
  return { ...plan, changes: changesOf(catalogue, plan) };
}

export const installationsOf = ({ db }: Pick<ControlDeps, 'db'>, clientId: string): Promise<InstallationRow[]> =>
  db.select().from(installation).where(eq(installation.clientId, clientId)).orderBy(asc(installation.module));

/** What somebody has to agree to before the modules that are in use, or come along, change like this. */
export const consentFor = ({ changes }: ClientPlan): readonly string[] =>
  changes.flatMap(({ module, permissions, scopes }) => [...permissions, ...scopes].map(grown => `${module}: ${grown}`));

/** Throws CONFLICT, with what is missing as `consent`, unless all of it is agreed to. */
export function refuseWithoutConsent(plan: ClientPlan, agreed: readonly string[]): void {
  const missing = consentFor(plan).filter(grown => !agreed.includes(grown));
  if (missing.length === 0) return;
  const detail = `Agree to what grows, by sending it as "consent": ${missing.join('; ')}.`;
  throw Problem.of('CONFLICT', { detail, extensions: { consent: missing } });
}

/** Throws CONFLICT with all that stands against the plan. */
export function refuseConflicts({ conflicts }: Plan): void {
  if (conflicts.length > 0) throw Problem.of('CONFLICT', { detail: conflicts.join(' ') });
}

function changesOf(catalogue: Catalogue, { steps }: Plan): VersionChange[] {
  const manifest = (module: string, version: string | null) =>
    catalogue.get(module)?.find(entry => entry.version === version)?.manifest;
  return steps.map(({ module, from, to }) => compareManifests(module, manifest(module, from), manifest(module, to)!));
}
