/** Builds the browser's files: the loader, the widgets with their shared runtime, and the dashboard where it exists. */
import { existsSync, globSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { genericKinds } from '../schemas/module/generic-widget.ts';
import { minifyTemplates } from './build/minify-templates.ts';
import { type BuiltFile, closure, integrityOf, sealParts } from './build/seal-parts.ts';
import { writePlugin } from './wordpress.ts';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist/public');
const embed = join(out, 'embed');

export interface BuildOptions {
  /** Builds again when a file changes. */
  readonly watch?: boolean;
  /** False leaves the dashboard out. */
  readonly dashboard?: boolean;
}

/** `dist/public/embed/manifest.json`; paths are relative to `dist/public`. */
export interface BuildManifest {
  readonly loader: string;
  /** By tag name. */
  readonly widgets: Readonly<Record<string, BuiltWidget>>;
  /** What the loader asks for on some pages only, by name. */
  readonly parts: Readonly<Record<string, BuiltChunks>>;
  /** Subresource integrity by path, of every chunk. */
  readonly integrity: Readonly<Record<string, string>>;
}

export interface BuiltChunks {
  /** The entry, and every chunk that it imports, directly or not. */
  readonly files: readonly string[];
  /** Chunks that it asks for when they are needed. */
  readonly later: readonly string[];
}

export interface BuiltWidget extends BuiltChunks {
  /** The module's folder. */
  readonly module: string;
}

const shared = (
  watch: boolean,
  rolldown: NonNullable<InlineConfig['build']>['rolldownOptions'],
  dir: string,
): InlineConfig => ({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [minifyTemplates()],
  resolve: { alias: [{ find: /^lit$/, replacement: join(root, 'tools/build/lean/lit.ts') }] },
  build: {
    outDir: dir,
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    minify: 'oxc',
    reportCompressedSize: false,
    watch: watch ? {} : null,
    rolldownOptions: rolldown,
  },
});

const buildLoader = async (watch: boolean) => {
  const output = { format: 'iife', entryFileNames: 'loader.js', minify: true, comments: false } as const;
  const config = shared(watch, { input: join(root, 'embed-sdk/loader.ts'), output }, embed);
  await build({ ...config, plugins: [...(config.plugins ?? []), bakeable()] });
};

/** Asks V8 to compile all of a script off the main thread, while it arrives: Chrome's explicit compile hints, decision 0227. */
const COMPILE_ALL = '//# allFunctionsCalledOnLoad';

/** The edge replaces the literal, so it must be there once, in double quotes; the hint counts in the first line alone. */
const bakeable = () => ({
  name: 'inlay:bakeable',
  generateBundle(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.code) continue;
      const found = chunk.code.match(/(["'`])__INLAY_MANIFEST__\1/g) ?? [];
      if (found.length !== 1) throw new Error(`The loader has its manifest literal ${found.length} times, not once.`);
      const code = chunk.code.replace(found[0]!, '"__INLAY_MANIFEST__"').trim();
      chunk.code = `${COMPILE_ALL}\n${code}`;
    }
  },
});

/** The widgets' Lit is a lean one: what it leaves out is refused here, not found out on somebody's page. */
const onlyLeanLit = () => ({
  name: 'inlay:only-lean-lit',
  enforce: 'pre' as const,
  resolveId(id: string, importer?: string) {
    if (!/^(lit|lit-html|lit-element|@lit)(\/|$)/.test(id) || id === 'lit') return;
    throw new Error(
      `${importer} imports ${id}: widgets are built with the lean Lit of tools/build/lean, which has no directives.`,
    );
  },
});

/** Lit and the parts of the kit that every widget needs are one chunk, so that two widgets share one runtime. */
const runtime =
  /widgets[\\/]kit[\\/](base-element|mode-controller|name-parts|widget-properties|chameleon|color|define|icons|page-clock|part|prefill|styles|words|tokens[\\/]\w+)\.ts|embed-sdk[\\/]client|protocol[\\/]money-word|build[\\/]lean/;

/** What a widget's class begins with is one file's: another would be a request more before any widget is there. */
const checkRuntime = (bundle: Readonly<Record<string, Chunk>>) => {
  const begins = ['base-element', 'widget-properties', 'name-parts'];
  const homes = Object.values(bundle).filter(({ moduleIds = [] }) =>
    begins.some(name => moduleIds.some(id => id.endsWith(`/widgets/kit/${name}.ts`))),
  );
  if (homes.length !== 1 || homes[0]!.name !== 'runtime')
    throw new Error(`${begins} are in ${homes.map(({ name }) => name)}: add them to the pattern of the runtime.`);
};

/** Fewer files are fewer requests: who shows a month writes its days too. */
const dates = /widgets[\\/]kit[\\/](format|month-grid|dates)\.ts/;

/** A popup is a dialog. */
const modes = /widgets[\\/]kit[\\/](modes|overlays[\\/]dialog-view)\.ts/;

/** Entries that are no widgets: what shows a tag in a frame, what runs in that frame, what runs in the frame of a captcha, and what draws widgets from manifests alone. */
const parts: Readonly<Record<string, string>> = {
  frame: 'widgets/kit/frame/frame-host.ts',
  guest: 'widgets/kit/frame/frame-guest.ts',
  captcha: 'widgets/kit/frame/captcha-page.ts',
  ...Object.fromEntries(genericKinds.map(kind => [`generic-${kind}`, `widgets/kit/generic/${kind}.ts`])),
  beacon: 'embed-sdk/beacon.ts',
};

/** Pages keep a loader for up to a day and ask for the chunks it names, so earlier builds' chunks stay for a while. */
const forgetOldChunks = (folder: string) => {
  if (!existsSync(folder)) return;
  const oldest = Date.now() - 14 * 86_400_000;
  for (const name of readdirSync(folder)) {
    if (statSync(join(folder, name)).mtimeMs < oldest) rmSync(join(folder, name));
  }
};

const buildWidgets = async (watch: boolean) => {
  const entries = globSync('widgets/*/element/inlay-*.ts', { cwd: root }).filter(file => !file.endsWith('.test.ts'));
  if (!entries.length) return;
  forgetOldChunks(join(embed, 'c'));
  const tags = Object.fromEntries(entries.map(file => [basename(file, '.ts'), file]));
  const own = Object.fromEntries(
    globSync('widgets/kit/*/inlaykit-*.ts', { cwd: root }).map(file => [basename(file, '.ts'), file]),
  );
  const config = shared(
    watch,
    {
      preserveEntrySignatures: 'exports-only',
      output: {
        format: 'es',
        minify: true,
        comments: false,
        entryFileNames: 'c/[name]-[hash].js',
        chunkFileNames: 'c/[name]-[hash].js',
        codeSplitting: {
          groups: [
            { name: 'runtime', test: runtime, priority: 2 },
            { name: 'dates', test: dates, priority: 1 },
            { name: 'modes', test: modes, priority: 1 },
          ],
        },
      },
    },
    embed,
  );
  const collect = {
    name: 'inlay:manifest',
    async writeBundle(_: unknown, bundle: Record<string, Chunk>) {
      checkRuntime(bundle);
      const files = new Map<string, BuiltFile>();
      for (const [file, chunk] of Object.entries(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const code = await readFile(join(embed, file), 'utf8');
        files.set(file, { code, imports: chunk.imports ?? [], dynamicImports: chunk.dynamicImports ?? [] });
      }
      const integrity: Record<string, string> = {};
      for (const [file, code] of sealParts(files, 'c/')) {
        await writeFile(join(embed, file), code);
        integrity[`embed/${file}`] = integrityOf(code);
      }
      const widgets: Record<string, BuiltWidget> = {};
      const built: Record<string, BuiltChunks> = {};
      const path = (file: string) => `embed/${file}`;
      for (const file of files.keys()) {
        const { isEntry, name } = bundle[file]!;
        if (!isEntry || !name) continue;
        const now = closure(file, files);
        const beyond = (entries: readonly string[]) =>
          [...entries.reduce((seen, one) => closure(one, files, seen), new Set(now))]
            .filter(one => !now.has(one))
            .map(path);
        const parts = [...now].flatMap(one => files.get(one)?.dynamicImports ?? []);
        const chunks = { files: [...now].map(path), later: beyond(parts) };
        const module = tags[name]?.split('/')[1];
        if (module) widgets[name] = { module, ...chunks };
        else built[name] = chunks;
      }
      const manifest: BuildManifest = { loader: 'embed/loader.js', widgets, parts: built, integrity };
      await writeFile(join(embed, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
  // As a library, so that vite leaves out its preload helper: the loader fetches what a chunk imports.
  const entry = Object.fromEntries(
    Object.entries({ ...tags, ...own, ...parts }).map(([name, file]) => [name, join(root, file)]),
  );
  const lib = { entry, formats: ['es' as const] };
  await build({
    ...config,
    build: { ...config.build, lib },
    plugins: [...(config.plugins ?? []), onlyLeanLit(), collect],
  });
};

interface Chunk {
  readonly type: string;
  readonly name?: string;
  readonly isEntry?: boolean;
  readonly moduleIds?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly facadeModuleId?: string | null;
}

/** The desk is an app of its own: Lit as it is published, and its templates as they are written. */
const buildDashboard = async (watch: boolean) => {
  const folder = join(root, 'dashboard');
  if (!existsSync(join(folder, 'index.html'))) return;
  rmSync(join(out, 'assets'), { recursive: true, force: true });
  const { build: options, ...config } = shared(watch, undefined, out);
  await build({ ...config, root: folder, base: '/', plugins: [], resolve: {}, build: options });
};

/** Builds everything the browser loads into `dist/public`, and what people take away from there. */
export const buildBrowser = async ({ watch = false, dashboard = true }: BuildOptions = {}): Promise<void> => {
  await mkdir(embed, { recursive: true });
  await buildLoader(watch);
  await buildWidgets(watch);
  if (dashboard) await buildDashboard(watch);
  await writePlugin();
};

if (import.meta.main) {
  await buildBrowser({ watch: process.argv.includes('--watch'), dashboard: !process.argv.includes('--no-dashboard') });
  const built = readdirSync(out, { recursive: true }).length;
  console.log(`Built ${built} files into dist/public.`);
}
