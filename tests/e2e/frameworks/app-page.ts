/** Pages of the salon's website that are made by a framework, bundled as its own build would. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Page } from 'playwright-core';
import { compile } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';
import { buildPackage } from '../../../tools/embed-package.ts';
import { root } from '../../../tools/root.ts';
import { type ForeignPage, type ForeignWorld, type Policy, startForeignWorld } from '../embed-proof/foreign-world.ts';

export interface AppWorld extends Omit<ForeignWorld, 'open'> {
  /** Opens a page whose module is `source` (TSX). `pages` are further pages of the same site by path, as their HTML. */
  open(app: App): Promise<AppPage>;
}

export interface App {
  readonly source?: string;
  /** Which React the page has; 19 unless it says. */
  readonly react?: 'react' | 'react-18';
  /** Exports `html`, which a server would call for the content of `#app`; it imports the source as `app`. */
  readonly serverSource?: string;
  /** The page comes with what the server has made. */
  readonly server?: boolean;
  readonly policy?: Policy;
  /** Trusted Types policies that the framework makes, under such a policy. */
  readonly trusts?: readonly string[];
  readonly head?: string;
  readonly body?: string;
  readonly pages?: Readonly<Record<string, string>>;
  /** Components of Svelte or Vue by name, such as `./app.svelte` or `./app.vue`. */
  readonly components?: Readonly<Record<string, string>>;
}

export interface AppPage extends ForeignPage {
  /** How many sessions have been asked for. */
  sessions(): number;
  /** Resolves when all that the script fetches of its own accord, some time after the page, is there. */
  settled(): Promise<void>;
}

/** Starts a host, a browser, and builds the npm package that the pages import. */
export async function startAppWorld(start?: Parameters<typeof startForeignWorld>[0]): Promise<AppWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-apps-'));
  const [world, { folder: embed }] = await Promise.all([startForeignWorld(start), buildPackage(join(folder, 'embed'))]);
  const { demo } = world;
  return {
    ...world,
    async open({ head = '', body = '<div id="app"></div>', pages = {}, server, policy, trusts = [], ...app }) {
      const site = JSON.stringify({ siteKey: world.siteKey, host: world.host.url });
      const text = `window.site = ${site};\n${await bundle(embed, app, 'browser')}`;
      const made = server ? await rendered(await bundle(embed, app, 'node'), folder) : '';
      let sessions = 0;
      const page = await world.open(
        body.replace('></div>', () => `>${made}</div>`),
        {
          ...(policy && { policy }),
          app: { trusts },
          head: `${head}<script type="module" src="/app.js"></script>`,
          async prepare(context) {
            context.on('request', request => {
              if (/\/embed\/site_\w+\/session/.test(request.url())) sessions++;
            });
            await context.route(`${demo.embedOrigin}/app.js`, route =>
              route.fulfill({ contentType: 'text/javascript', body: text }),
            );
            for (const [path, html] of Object.entries(pages))
              await context.route(`${demo.embedOrigin}${path}`, route =>
                route.fulfill({ contentType: 'text/html', body: html }),
              );
          },
        },
      );
      const script = await (await fetch(`${world.host.url}/embed/${world.siteKey}.js`)).text();
      return {
        ...page,
        sessions: () => sessions,
        async settled() {
          if (!/embed\/c\/beacon-/.test(script)) return;
          await page.page.waitForFunction(() =>
            performance.getEntriesByType('resource').some(({ name }) => name.includes('/beacon-')),
          );
          await page.page.waitForLoadState('networkidle');
        },
      };
    },
    async stop() {
      await world.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the server's half of an app makes, run in this process. */
async function rendered(text: string, folder: string): Promise<string> {
  const file = join(mkdtempSync(join(folder, 'server-')), 'app.cjs');
  writeFileSync(file, text);
  return (createRequire(import.meta.url)(file) as { html(): string | Promise<string> }).html();
}

async function bundle(
  embed: string,
  { source = '', serverSource = '', react = 'react', components = {} }: App,
  platform: 'browser' | 'node',
): Promise<string> {
  const app: Plugin = {
    name: 'app',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^app$/ }, () => ({ path: 'app', namespace: 'app' }));
      esbuild.onLoad({ filter: /.*/, namespace: 'app' }, () => ({ contents: source, resolveDir: root, loader: 'tsx' }));
    },
  };
  const svelte: Plugin = {
    name: 'svelte',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^\.\/.+\.svelte$/ }, ({ path }) => ({ path, namespace: 'svelte' }));
      esbuild.onLoad({ filter: /.*/, namespace: 'svelte' }, ({ path }) => ({
        contents: compile(components[path]!, { generate: platform === 'node' ? 'server' : 'client', filename: path }).js
          .code,
        resolveDir: root,
      }));
    },
  };
  const vue: Plugin = {
    name: 'vue',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^\.\/.+\.vue$/ }, ({ path }) => ({ path, namespace: 'vue' }));
      esbuild.onLoad({ filter: /.*/, namespace: 'vue' }, ({ path }) => {
        const { descriptor, errors } = parse(components[path]!, { filename: path });
        if (errors[0]) throw errors[0];
        const { content } = compileScript(descriptor, { id: path, inlineTemplate: true });
        return { contents: content, resolveDir: root };
      });
    },
  };
  const entry = (name: string) => join(embed, `${name}.js`);
  const { outputFiles } = await build({
    stdin: { contents: platform === 'node' ? serverSource : source, resolveDir: root, loader: 'tsx' },
    bundle: true,
    write: false,
    platform,
    format: platform === 'node' ? 'cjs' : 'esm',
    jsx: 'automatic',
    conditions: platform === 'node' ? [] : ['browser', 'svelte'],
    nodePaths: [join(root, 'node_modules')],
    // As in development, where React mounts twice.
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    alias: {
      ...(react === 'react' ? {} : { react, 'react-dom': 'react-dom-18' }),
      '@inlay/embed/react': entry('react'),
      '@inlay/embed/vue': entry('vue'),
      '@inlay/embed/svelte': entry('svelte'),
      '@inlay/embed': entry('index'),
    },
    plugins: [app, svelte, vue],
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

/** Sets the state that a page's app keeps at `window.set`. */
export const set = (page: Page, state: object): Promise<void> =>
  page.evaluate(value => (window as unknown as { set(state: object): void }).set(value), state);

/** What a widget that is gone must not leave: listeners and observations of what outlives it, and elements. */
export const leftovers = async ({ page, watched, settled }: AppPage): Promise<object> => {
  await settled();
  const { listeners, observed, intervals } = await watched();
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  return { listeners, observed, intervals, elements };
};

/** The services, once a widget shows them. */
export const service = (page: Page, name = 'Cut and finish') =>
  page.locator('inlay-booking').getByRole('button', { name: new RegExp(name) });

/** Heading of the step after a service that several people give. */
export const staffStep = (page: Page) =>
  page.locator('inlay-booking').getByRole('heading', { name: /who|whom|person/i });
