/** Writes into a built file what `part` needs to know of the files that it will fetch: their paths and their integrity. */
import { createHash } from 'node:crypto';

export interface BuiltFile {
  readonly code: string;
  /** Names of the files that it imports, at once and when asked. */
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

export const integrityOf = (code: string): string => `sha256-${createHash('sha256').update(code).digest('base64')}`;

/** A file and all that it imports at once, added to what was seen. */
export const closure = (
  name: string,
  files: ReadonlyMap<string, BuiltFile>,
  seen: Set<string> = new Set(),
): Set<string> => {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const next of files.get(name)?.imports ?? []) closure(next, files, seen);
  return seen;
};

/** A file that holds several modules gives the one that is meant by `.then`. */
const call = /([\w$]+)\((\(\)=>import\(([`"'])\.\/([\w.-]+\.js)\3\)(?:\.then\([\w$]+=>[\w$.]+\))?)\)/g;

/**
 * The code of every file by its name, with `part(()=>import('./a.js'))` made `part(()=>import('./a.js'),[['./a.js','sha256-...'],...])`.
 * All files are in the folder `folder/`. Throws where two files would each have to know the other's integrity, and where a file is fetched without a part.
 */
export function sealParts(files: ReadonlyMap<string, BuiltFile>, folder: string): Map<string, string> {
  const sealed = new Map<string, string>();
  const under = new Set<string>();
  const seal = (name: string): string => {
    const done = sealed.get(name);
    if (done !== undefined) return done;
    if (under.has(name))
      throw new Error(`${name} is fetched as a part of itself: one of its parts has to stand alone.`);
    under.add(name);
    const here = closure(name, files);
    const { code: built } = files.get(name)!;
    const open = built.replaceAll(call, '').match(/.{0,40}\bimport\([`"'].{0,40}/)?.[0];
    if (open !== undefined) throw new Error(`${name} has an import() that is not within part(): ${open}`);
    const code = built.replaceAll(call, (_, part, load, _quote, path) => {
      const needed = [...closure(folder + path, files)].filter(file => !here.has(file));
      const known = needed.map(file => [`./${file.slice(folder.length)}`, integrityOf(seal(file))]);
      return `${part}(${load},${JSON.stringify(known)})`;
    });
    under.delete(name);
    sealed.set(name, code);
    return code;
  };
  for (const name of files.keys()) seal(name);
  return sealed;
}
