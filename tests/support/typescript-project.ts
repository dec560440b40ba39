/** Compiles and runs TypeScript that a customer would write against a generated client, as strictly as any customer might. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/root.ts';

export interface Outcome {
  readonly code: number | null;
  /** What it said on both of its streams. */
  readonly output: string;
}

export const run = (folder: string, command: string, args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder });
    let output = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (output += chunk));
    child.on('error', reject).on('close', code => resolve({ code, output }));
  });

/** Checks the types of one file in the folder and of what it imports. */
export function compile(folder: string, file: string): Promise<Outcome> {
  const project = join(folder, `${file}.json`);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noUnusedLocals: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    lib: ['ES2022', 'DOM'],
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
  return run(folder, process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project]);
}
