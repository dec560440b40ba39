/** The modules of the house, as their folders declare them. */
import type { ModuleSource } from '../edge/engine/registry.ts';
import { modules } from '../edge/registry.generated.ts';
import type { AnyModule } from '../schemas/module/index.ts';

const sources: Readonly<Record<string, ModuleSource>> = modules;

export const houseModules: readonly string[] = Object.keys(sources);

/** Throws on a name that no folder has. */
export async function houseModule(name: string): Promise<AnyModule> {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (!source) throw new Error(`There is no module "${name}".`);
  const exported = Object.values(await source.manifest());
  return exported.find(value => typeof value === 'object' && value !== null && 'entities' in value) as AnyModule;
}
