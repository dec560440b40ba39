/** Builds the npm package `@inlay/embed` into `dist/packages/inlay-embed` from `embed-sdk/package` and the widgets' documentation. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { frameworkTypes, tagTypes, wrapperEntry } from './embed-package/declarations.ts';
import { packageManifest, tagDocs } from './embed-package/element-types.ts';
import { root } from './root.ts';

export const packageFolder: string = join(root, 'dist/packages/inlay-embed');

/** Bytes of brotli at quality 11. */
const budgets = { index: 1024, react: 614, vue: 614, svelte: 614 } as const;
type Entry = keyof typeof budgets;
const entries = Object.keys(budgets) as readonly Entry[];
const source = join(root, 'embed-sdk/package');
/** Wrappers that have a component for each tag. */
const withComponents: readonly Entry[] = ['react', 'vue'];

export interface BuiltPackage {
  readonly folder: string;
  /** Bytes of brotli of each entry. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** Throws where an entry is over its budget, or a type is wrong. */
export async function buildPackage(folder: string = packageFolder): Promise<BuiltPackage> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const docs = await tagDocs();
  const sizes: Record<string, number> = {};
  for (const entry of entries) {
    const contents = withComponents.includes(entry) ? wrapperEntry(entry, docs) : `export * from './${entry}.ts';\n`;
    await build({
      stdin: { contents, resolveDir: source, loader: 'ts' },
      outfile: join(folder, `${entry}.js`),
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      packages: 'external',
      // A bundle loses the directive of the file in it.
      ...(entry === 'react' ? { banner: { js: "'use client';" } } : {}),
      logLevel: 'error',
    });
    sizes[entry] = weigh(join(folder, `${entry}.js`));
    if (sizes[entry] > budgets[entry])
      throw new Error(
        `${entry}.js is ${sizes[entry] - budgets[entry]} bytes over its ${budgets[entry]}: leave something out.`,
      );
  }
  writeTypes(folder, docs);
  writeFileSync(join(folder, 'custom-elements.json'), `${JSON.stringify(await packageManifest(), null, 1)}\n`);
  cpSync(join(source, 'README.md'), join(folder, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageJson(), null, 2)}\n`);
  return { folder, sizes };
}

const weigh = (file: string) =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

function writeTypes(folder: string, docs: Awaited<ReturnType<typeof tagDocs>>): void {
  const out = mkdtempSync(join(tmpdir(), 'inlay-package-types-'));
  try {
    const project = join(root, 'tsconfig.browser.json');
    const config = {
      extends: project,
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        outDir: out,
        rootDir: root,
        types: [],
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [],
      files: [...entries.map(entry => join(source, `${entry}.ts`))],
    };
    const file = join(out, 'tsconfig.json');
    writeFileSync(file, JSON.stringify(config));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', file], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`The package's types are wrong:\n${stdout}`);
    const declared = [...entries.map(entry => `package/${entry}`), 'package/tag-types', 'page-types'];
    for (const name of declared) {
      const text = readFileSync(join(out, 'embed-sdk', `${name}.d.ts`), 'utf8').replace(
        /(['"])\.\.?\/(?:[\w-]+\/)*([\w-]+)\.ts\1/g,
        "'./$2.js'",
      );
      const framework = frameworkTypes[basename(name) as keyof typeof frameworkTypes];
      writeFileSync(join(folder, `${basename(name)}.d.ts`), text + (framework?.(docs) ?? ''));
    }
    writeFileSync(join(folder, 'tags.d.ts'), tagTypes(docs));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function packageJson(): object {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const exported = (entry: Entry) => ({ types: `./${entry}.d.ts`, default: `./${entry}.js` });
  const peers = { react: '>=18', svelte: '>=5', vue: '>=3.3' };
  return {
    name: '@inlay/embed',
    version,
    description: 'Inlay widgets in React, Vue, Svelte or by code.',
    license,
    type: 'module',
    sideEffects: false,
    exports: Object.fromEntries(entries.map(entry => [entry === 'index' ? '.' : `./${entry}`, exported(entry)])),
    types: './index.d.ts',
    customElements: 'custom-elements.json',
    files: ['*.js', '*.d.ts', 'custom-elements.json'],
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map(name => [name, { optional: true }])),
  };
}

if (import.meta.main) {
  const { folder, sizes } = await buildPackage();
  for (const entry of entries)
    console.log(`${entry.padEnd(8)}${`${sizes[entry]}`.padStart(6)} / ${budgets[entry]} B brotli`);
  console.log(`Built ${folder}.`);
}
