/** A checkout of its own, in which a test may add a module and start a host: the rooms are copies, what is installed and built is shared. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { staleRegistries } from '../../tools/generate-registries.ts';
import { type ModuleKind, newModule } from '../../tools/new-module.ts';
import { root } from '../../tools/root.ts';

export interface Workshop {
  readonly folder: string;
  /** Paths of the module's files, from the folder; it is in the registries from then on. */
  add(name: string, kind: ModuleKind): string[];
  /** Writes files of modules, by their paths from `widgets`; they are in the registries from then on. */
  put(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

const copied = ['schemas', 'edge', 'embed-sdk', 'widgets', 'tests/support', 'package.json', 'biome.json'];
const settings = ['tsconfig.json', 'tsconfig.base.json', 'tsconfig.worker.json', 'wrangler.toml'];
const shared = ['node_modules', 'dist'];

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-workshop-'));
  for (const path of [...copied, ...settings]) cpSync(join(root, path), join(folder, path), { recursive: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const path of shared) symlinkSync(join(root, path), join(folder, path));
  const register = () => {
    for (const { path, text } of staleRegistries(folder)) writeFileSync(join(folder, path), text);
  };
  return {
    folder,
    add(name, kind) {
      const files = newModule(name, folder, kind);
      register();
      return files;
    },
    put(files) {
      for (const [path, text] of Object.entries(files)) {
        const to = join(folder, 'widgets', path);
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, text);
      }
      register();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
