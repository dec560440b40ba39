/** Checks the types of every project, and that every TypeScript file belongs to one. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { root } from './root.ts';

interface Solution {
  readonly references: readonly { readonly path: string }[];
}

const compiler = join(root, 'node_modules/typescript/bin/tsc');
const NO_INPUTS = 'TS18003';

/** The projects that the solution file names. */
export function projects(): string[] {
  const solution = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as Solution;
  return solution.references.map(({ path }) => path.replace('./', ''));
}

function run(...args: string[]): { readonly status: number; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, ...args], { cwd: root, encoding: 'utf8' });
  return { status: status ?? 1, text: `${stdout}${stderr}` };
}

/** Checks a project; what it found out is kept beside the installed packages, so that the next check reads what has changed. */
function checkProject(project: string): {
  readonly status: number;
  readonly problems: string;
  readonly files: string[];
} {
  const kept = join(root, 'node_modules/.cache/types', `${project}.tsbuildinfo`);
  const { status, text } = run('--noEmit', '-p', project, '--incremental', '--tsBuildInfoFile', kept, '--listFiles');
  const lines = text.split('\n');
  const isFile = (line: string) => isAbsolute(line) && /\.[cm]?ts$|\.json$/.test(line);
  const files = lines.filter(isFile).map(path => relative(root, path).split(sep).join('/'));
  return { status, problems: lines.filter(line => !isFile(line)).join('\n'), files };
}

/** Every TypeScript file of ours. */
export function sourceFiles(): string[] {
  const folders = '{schemas,edge,embed-sdk,widgets,dashboard,tools,tests,bench}';
  return [...globSync(`${folders}/**/*.ts`, { cwd: root }), ...globSync('*.ts', { cwd: root })]
    .map(path => path.split(sep).join('/'))
    .filter(path => !path.includes('node_modules/'));
}

function check(): number {
  let failed = 0;
  const covered = new Set<string>();
  for (const project of projects()) {
    const { status, problems, files } = checkProject(project);
    if (status !== 0 && problems.includes(NO_INPUTS)) continue;
    if (status !== 0) {
      failed += 1;
      console.error(`${project}\n${problems}`);
    }
    for (const file of files) covered.add(file);
  }
  const left = sourceFiles().filter(file => !covered.has(file));
  for (const file of left) console.error(`${file} belongs to no project: name its folder in a tsconfig.*.json.`);
  if (covered.size === 0) console.error('No file was checked.');
  return failed + left.length + (covered.size === 0 ? 1 : 0);
}

if (import.meta.main) {
  const problems = check();
  if (problems === 0) console.log('Types are right.');
  process.exitCode = problems === 0 ? 0 : 1;
}
