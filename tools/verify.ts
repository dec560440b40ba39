/** Runs every gate but the tests: lint, types, registries, laws, elements, sizes. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

interface Gate {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

function gates(): Gate[] {
  const node = (name: string, ...args: string[]): Gate => ({ name, program: process.execPath, args });
  return [
    { name: 'lint', program: join(root, 'node_modules/.bin/biome'), args: ['check', '--error-on-warnings'] },
    node('types', 'tools/types.ts'),
    node('registries', 'tools/generate-registries.ts', '--check'),
    node('manifests', 'tools/lint-manifest.ts'),
    node('lockfile', 'tools/lockfile.ts', '--check'),
    node('laws', '--test', '--test-timeout=60000', ...globSync('tests/laws/*.test.ts', { cwd: root })),
    ...(existsSync(join(root, 'tools/build.ts')) ? [node('build', 'tools/build.ts')] : []),
    node('elements', 'tools/elements.ts'),
    ...(existsSync(join(root, 'tools/size.ts')) ? [node('size', 'tools/size.ts')] : []),
  ];
}

const failed: string[] = [];
for (const { name, program, args } of gates()) {
  console.log(`== ${name}`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'All gates are open.' : `Closed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
