/** The modules this installation can run, in any number of versions side by side, each compiled when first asked for. */
import {
  type AnyModule,
  type Implementation,
  type ManifestJson,
  majorVersion,
  moduleName,
  parseManifest,
  toManifest,
} from '../../schemas/module/index.ts';
import type { ModuleSummary } from '../../schemas/protocol/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import { type CompiledModule, compileModule } from './compile/module.ts';

/** What the generated registry holds for each module folder; `versions` are earlier ones that keep code of their own. */
export interface ModuleSource {
  manifest(): Promise<Readonly<Record<string, unknown>>>;
  implementation?(): Promise<Readonly<Record<string, unknown>>>;
  readonly versions?: Readonly<Record<string, ModuleSource>>;
}

/** Versions without a folder that stay compiled. */
const mostArchived = 500;

export interface Registry {
  readonly names: readonly string[];
  /** The folder's version where none is named. Undefined for an unknown module. */
  load(name: string, version?: string): Promise<CompiledModule | undefined>;
  summaries(): Promise<ModuleSummary[]>;
}

/** The manifest of a version that no folder has; undefined where it was never published. */
export type PublishedManifests = (name: string, version: string) => Promise<unknown>;

/** A folder's module is the one export that looks like a manifest. */
function onlyExport(exports: Readonly<Record<string, unknown>>, has: string): unknown {
  const found = Object.values(exports).filter(value => typeof value === 'object' && value !== null && has in value);
  if (found.length !== 1) throw new Error(`expected one export with "${has}", found ${found.length}`);
  return found[0];
}

async function compileSource(name: string, source: ModuleSource): Promise<CompiledModule> {
  const manifest: ManifestJson = parseManifest(
    toManifest(onlyExport(await source.manifest(), 'entities') as AnyModule),
  );
  if (moduleName(manifest) !== name) throw new Error(`folder "${name}" holds module "${manifest.id}"`);
  const code = source.implementation
    ? (onlyExport(await source.implementation(), 'actions') as Implementation<AnyModule>)
    : undefined;
  return compileModule(manifest, code);
}

export function createRegistry(
  sources: Readonly<Record<string, ModuleSource>>,
  published: PublishedManifests = async () => undefined,
): Registry {
  /** Of folders; imports alone, so that a request may wait for another's. */
  const folders = new Map<ModuleSource, Promise<CompiledModule>>();
  /** `name@version` of what was read from the registry's rows. */
  const archived = new BoundedCache<CompiledModule>(mostArchived);

  const folder = (name: string, source: ModuleSource): Promise<CompiledModule> => {
    let pending = folders.get(source);
    if (!pending) {
      pending = compileSource(name, source);
      folders.set(source, pending);
    }
    return pending;
  };

  /** The folder's code runs earlier versions of its own major; without code a module is data alone. */
  const fromArchive = async (
    name: string,
    version: string,
    current: CompiledModule | undefined,
  ): Promise<CompiledModule | undefined> => {
    const key = `${name}@${version}`;
    const known = archived.get(key);
    if (known) return known;
    const json = await published(name, version);
    if (json === undefined) return undefined;
    const manifest = parseManifest(json);
    const module = compileModule(manifest, current?.major === majorVersion(manifest) ? current.code : undefined);
    archived.set(key, module);
    return module;
  };

  const load = async (name: string, version?: string): Promise<CompiledModule | undefined> => {
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    const current = source && (await folder(name, source));
    if (version === undefined || current?.manifest.version === version) return current;
    const own = source?.versions && Object.hasOwn(source.versions, version) ? source.versions[version] : undefined;
    return own ? folder(name, own) : fromArchive(name, version, current);
  };

  const names = Object.keys(sources);
  return {
    names,
    load,
    summaries: async () => {
      const modules = await Promise.all(names.map(name => load(name)));
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
