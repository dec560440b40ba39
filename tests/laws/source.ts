/** Reads the repository's TypeScript files and what they import: what every law looks at. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../../tools/root.ts';
import { sourceFiles } from '../../tools/types.ts';

export interface Import {
  /** As written, such as `../app.ts` or `hono`. */
  readonly specifier: string;
  /** From the repository's root for a file of ours, else the specifier. */
  readonly target: string;
  readonly kind: 'static' | 'dynamic' | 'type';
}

export interface SourceFile {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
  /** The text without its comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"\n]+)['"]/g;

/** Makes a file of text, so that a law can be shown one that breaks it. */
export function sourceOf(path: string, text: string): SourceFile {
  const code = withoutComments(text);
  const imports: Import[] = [];
  // `import { type A }` keeps the import at run time, so only `import type` counts as one.
  for (const [, type, specifier] of code.matchAll(STATIC)) {
    imports.push({ specifier: specifier!, target: targetOf(path, specifier!), kind: type ? 'type' : 'static' });
  }
  for (const [, specifier] of code.matchAll(DYNAMIC)) {
    imports.push({ specifier: specifier!, target: targetOf(path, specifier!), kind: 'dynamic' });
  }
  return { path, text, code, imports };
}

function targetOf(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : specifier;
}

/** A comment is told from text in quotes by reading the quotes too. */
function withoutComments(text: string): string {
  const tokens = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g;
  return text.replace(tokens, token => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token));
}

let files: readonly SourceFile[] | undefined;

/** Every TypeScript file of ours, read once. */
export function repository(): readonly SourceFile[] {
  files ??= sourceFiles().map(path => sourceOf(path, readFileSync(join(root, path), 'utf8')));
  return files;
}

export const isTest = ({ path }: SourceFile): boolean => /(?:\.(?:test|contract)|\/testing)\.ts$/.test(path);
export const isGenerated = ({ path }: SourceFile): boolean => path.endsWith('.generated.ts');

/** A room is a part of the repository with laws of its own: `schemas`, `edge`, `widgets/booking`, ... */
export function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (path.endsWith('registry.generated.ts')) return 'registry';
  return first === 'widgets' ? `widgets/${second}` : first;
}
