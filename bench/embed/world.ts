/** What every row is given: the app behind a slow line, the foreign pages, a browser, and a way to say what was found. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { Demo } from '../../edge/demo/seed.ts';
import type { Client, Site, Snippet } from '../../schemas/protocol/index.ts';
import { signInToSite } from '../../tests/support/signed-in-site.ts';
import type { BuildManifest } from '../../tools/build.ts';
import { freePort } from '../../tools/free-port.ts';
import { root } from '../../tools/root.ts';
import { startProcess } from '../server-process.ts';
import { launch } from './browser.ts';
import { type PageName, serveForeignPages } from './foreign-pages.ts';
import { type SlowProxy, startSlowProxy } from './slow-proxy.ts';

export interface World {
  readonly browser: Browser;
  readonly proxy: SlowProxy;
  readonly siteKey: string;
  readonly url: (page: PageName) => string;
  /** The same page under a name that no site has registered. */
  readonly strangeUrl: (page: PageName) => string;
  close(): Promise<void>;
}

/** Milliseconds that each request to us is held back. */
export const DELAY = 100;

export async function createWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-embed-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const [appPort, sitePort, proxyPort, pagePort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const apiOrigin = `http://localhost:${proxyPort}`;
  const env = {
    PORT: `${appPort}`,
    SITE_PORT: `${sitePort}`,
    PUBLIC_URL: apiOrigin,
    DATA_DIR: folder,
    INLAY_DEMO: '1',
  };
  const app = await startProcess({ file: join(root, 'edge/node.ts'), env });
  const proxy = await startSlowProxy({ port: proxyPort, target: appPort, delay: DELAY, own: floor(apiOrigin) });
  const demo = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as Demo;
  const { siteKey, snippet } = demo.sites[0]!;
  const origin = `http://localhost:${pagePort}`;
  await allow(demo, apiOrigin, origin);
  const [script, tag] = snippet.split('\n') as [string, string];
  const handedOut = await signInToSite(demo);
  const ask = async (query: string) => (await handedOut.snippet(`for=html&${query}`)).parts;
  const fast = await ask('fast=1');
  const [popup, framed] = [await ask('mode=popup&label=Book+now'), await ask('mode=frame')];
  const code = (parts: Snippet['parts'], place: 'head' | 'page') => parts.find(part => part.place === place)!.code;
  const widget = `${apiOrigin}/${builtManifest().widgets['inlay-booking']!.files[0]}`;
  const given = { head: code(fast, 'head'), popup: code(popup, 'page'), framed: code(framed, 'page') };
  const pages = await serveForeignPages(pagePort, { script, tag, apiOrigin, siteKey, widget, ...given });
  const browser = await launch();
  return {
    browser,
    proxy,
    siteKey,
    url: page => `${origin}/page/${page}`,
    strangeUrl: page => `${origin.replace('localhost', '127.0.0.1')}/page/${page}`,
    async close() {
      await browser.close();
      await Promise.all([pages.stop(), proxy.stop(), app.stop()]);
      remove();
    },
  };
}

/** The least that two trips can be: a script that fetches a text and shows it; and one trip: a script that has the text. */
const floor = (origin: string): Readonly<Record<string, string>> => ({
  '/floor.js': `fetch('${origin}/floor.txt').then(reply => reply.text()).then(text => document.querySelector('main').append(text))`,
  '/floor.txt': 'Cut and finish',
  '/floor-once.js': `document.querySelector('main').append('Cut and finish')`,
});

/** Lets the pages of the bench embed the demo's sites. */
async function allow({ email, password }: Demo, url: string, origin: string): Promise<void> {
  const api = new ApiClient(request => fetch(request), url);
  await api.send('/api/session', { body: { email, password } });
  for (const client of await api.get<Client[]>('/api/clients')) {
    for (const site of await api.get<Site[]>(`/api/clients/${client.id}/sites`)) {
      await api.send(`/api/sites/${site.id}/origins`, { body: { origin } });
    }
  }
}

export const builtFolder = join(root, 'dist/public');

export const builtManifest = (): BuildManifest =>
  JSON.parse(readFileSync(join(builtFolder, 'embed/manifest.json'), 'utf8')) as BuildManifest;
