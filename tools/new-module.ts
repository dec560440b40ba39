/** `npm run new KIND NAME`: a working, tested module in widgets/NAME, made from tools/templates/KIND. */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.ts';

/** `module` has code, and widgets that the kit draws; `element` one of its own; `records` is a manifest alone, from which everything else follows. */
export const moduleKinds = ['module', 'element', 'records'] as const;
export type ModuleKind = (typeof moduleKinds)[number];

const pascal = (name: string) => name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Paths of the files it wrote, from `folder`. Throws on a name that cannot be one, or is taken. */
export function newModule(name: string, folder: string = root, kind: ModuleKind = 'module'): string[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    throw new Error(`"${name}" cannot be a module: use lower-case letters, digits and single dashes, a letter first.`);
  }
  if (existsSync(join(folder, 'widgets', name))) throw new Error(`widgets/${name} is there already.`);
  const words: Readonly<Record<string, string>> = {
    name,
    Pascal: pascal(name),
    camel: pascal(name).replace(/^./, letter => letter.toLowerCase()),
    Label: `${name[0]!.toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`,
  };
  const fill = (text: string) => text.replaceAll(/__(name|Pascal|camel|Label)__/g, (_, word: string) => words[word]!);
  const template = join(import.meta.dirname, 'templates', kind);
  return globSync('**/*.template', { cwd: template })
    .sort()
    .map(file => {
      const path = join('widgets', name, fill(file.slice(0, -'.template'.length)));
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), fill(readFileSync(join(template, file), 'utf8')));
      return path;
    });
}
