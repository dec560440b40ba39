/** A checkout of its own, in which a test may add a module and start a host: the rooms are copies, what is installed and built is shared. */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  /** Builds what widgets load, with those that were added; what was built before stays the checkout's own. */
  build(): void;
  remove(): void;
}

const copied = ['schemas', 'edge', 'embed-sdk', 'widgets', 'tests/support', 'package.json', 'biome.json'];
const settings = ['tsconfig.json', 'tsconfig.base.json', 'tsconfig.worker.json', 'wrangler.toml'];
const shared = ['node_modules', 'dist'];
/** What only a build reads. */
const building = ['tools', 'integrations', 'LICENSE', ...globSync('tsconfig.*.json', { cwd: root })];

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
    build() {
      for (const path of building) cpSync(join(root, path), join(folder, path), { recursive: true });
      const dist = join(folder, 'dist');
      rmSync(dist, { force: true });
      cpSync(join(root, 'dist'), dist, { recursive: true });
      execFileSync(process.execPath, [join(folder, 'tools/build.ts'), '--no-dashboard'], { stdio: 'pipe' });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
