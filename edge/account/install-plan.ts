/** A module and all it requires, in the order to install them. */
import { Problem } from '../../schemas/errors/index.ts';
import type { ModuleSummary } from '../../schemas/protocol/index.ts';
import type { ModuleCatalog } from '../control/catalog.ts';

/** What is required comes first. Throws NOT_FOUND for the module itself, CONFLICT for one that it requires. */
export function installPlan(catalog: ModuleCatalog, name: string): readonly ModuleSummary[] {
  const plan = new Map<string, ModuleSummary>();
  const visited = new Set<string>();

  const visit = (wanted: string, by: string | undefined): void => {
    if (visited.has(wanted)) return;
    visited.add(wanted);
    const module = catalog.get(wanted);
    if (!module) {
      if (by === undefined) throw Problem.of('NOT_FOUND');
      throw Problem.of('CONFLICT', { detail: `${by} requires ${wanted}, which is not available here.` });
    }
    for (const required of module.requires) visit(required, wanted);
    plan.set(wanted, module);
  };

  visit(name, undefined);
  return [...plan.values()];
}
