/**
 * Completes package-lock.json: a registry that does not carry an optional package of another platform leaves it out
 * of the lockfile, and then `npm ci` refuses to install anywhere. With `--check` it only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  packages: Record<string, Locked>;
}

const SYSTEMS: Readonly<Record<string, string>> = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  win32: 'win32',
  windows: 'win32',
};
const PROCESSORS: Readonly<Record<string, string>> = {
  '64': 'x64',
  arm: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  loong64: 'loong64',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'x64',
};

/** Optional packages that the lockfile asks for and does not hold, as entries to add. */
export function missingEntries({ packages }: Lockfile): Record<string, Locked> {
  const missing: Record<string, Locked> = {};
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!places(parent, name).some(place => place in packages)) {
        missing[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true };
      }
    }
  }
  return missing;
}

/** Where Node would look for `name` from `parent`, nearest first. */
function places(parent: string, name: string): string[] {
  const found: string[] = [];
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    found.push(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
    if (folder === '') return found;
  }
}

/** The platform that the package's name tells, so that npm skips it everywhere else. */
function platformOf(name: string): Pick<Locked, 'os' | 'cpu' | 'libc'> {
  const words = name.slice(name.indexOf('/') + 1).split('-');
  const os = words.map(word => SYSTEMS[word]).find(Boolean);
  const cpu = words.map(word => PROCESSORS[word]).find(Boolean);
  if (os === undefined || cpu === undefined)
    throw new Error(`The name ${name} tells no platform: add it to the lockfile by hand.`);
  const musl = words.some(word => word.startsWith('musl'));
  const gnu = words.some(word => word.startsWith('gnu'));
  const libc = os === 'linux' && (musl || gnu) ? { libc: [musl ? 'musl' : 'glibc'] } : {};
  return { os: [os], cpu: [cpu], ...libc };
}

/** What is wrong with the lockfile. */
export function lockfileProblems(lockfile: Lockfile): string[] {
  const missing = Object.keys(missingEntries(lockfile)).map(
    path => `${path} is not in the lockfile: run "npm run lockfile".`,
  );
  const named = Object.entries(lockfile.packages).filter(([, { resolved }]) => resolved !== undefined);
  return [...missing, ...named.map(([path]) => `${path} names a registry: it must hold for every registry.`)];
}

if (import.meta.main) {
  const file = join(root, 'package-lock.json');
  const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  if (process.argv.includes('--check')) {
    const problems = lockfileProblems(lockfile);
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length === 0 ? 0 : 1;
  } else {
    const [first, ...rest] = Object.entries({ ...lockfile.packages, ...missingEntries(lockfile) });
    rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
    lockfile.packages = Object.fromEntries([first!, ...rest]);
    writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
  }
}
