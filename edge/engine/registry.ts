/** The modules this installation can run, loaded when first asked for. */
import {
  type AnyModule,
  type Implementation,
  type ManifestJson,
  moduleName,
  parseManifest,
  toManifest,
} from '../../schemas/module/index.ts';
import type { ModuleSummary } from '../../schemas/protocol/index.ts';
import { type CompiledModule, compileModule } from './compile/module.ts';

/** What the generated registry holds for each module folder. */
export interface ModuleSource {
  manifest(): Promise<Readonly<Record<string, unknown>>>;
  implementation?(): Promise<Readonly<Record<string, unknown>>>;
}

export interface Registry {
  readonly names: readonly string[];
  /** Undefined for an unknown module. */
  load(name: string): Promise<CompiledModule | undefined>;
  summaries(): Promise<ModuleSummary[]>;
}

/** A folder's module is the one export that looks like a manifest. */
function onlyExport(exports: Readonly<Record<string, unknown>>, has: string): unknown {
  const found = Object.values(exports).filter(value => typeof value === 'object' && value !== null && has in value);
  if (found.length !== 1) throw new Error(`expected one export with "${has}", found ${found.length}`);
  return found[0];
}

export function createRegistry(sources: Readonly<Record<string, ModuleSource>>): Registry {
  const compiled = new Map<string, Promise<CompiledModule>>();
  const compile = async (name: string, source: ModuleSource): Promise<CompiledModule> => {
    const manifest: ManifestJson = parseManifest(
      toManifest(onlyExport(await source.manifest(), 'entities') as AnyModule),
    );
    if (moduleName(manifest) !== name) throw new Error(`folder "${name}" holds module "${manifest.id}"`);
    const code = source.implementation
      ? (onlyExport(await source.implementation(), 'actions') as Implementation<AnyModule>)
      : undefined;
    return compileModule(manifest, code);
  };
  const load = async (name: string): Promise<CompiledModule | undefined> => {
    if (!Object.hasOwn(sources, name)) return undefined;
    let pending = compiled.get(name);
    if (!pending) {
      pending = compile(name, sources[name]!);
      compiled.set(name, pending);
    }
    return pending;
  };
  const names = Object.keys(sources);
  return {
    names,
    load,
    summaries: async () => {
      const modules = await Promise.all(names.map(load));
      return modules.map(module => summary(module!.manifest));
    },
  };
}

function summary(manifest: ManifestJson): ModuleSummary {
  const { id, version, type, label, description, icon, categories } = manifest;
  return {
    name: moduleName(manifest),
    id,
    version,
    type,
    label,
    description,
    icon,
    categories,
    requires: Object.keys(manifest.requires ?? {}),
    manifest,
  };
}
