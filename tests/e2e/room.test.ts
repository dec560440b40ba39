import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { Client, Site, Snippet } from '../../schemas/protocol/index.ts';
import { openContext } from '../support/browser.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';
import { notedIn, watchPage } from './watch-page.ts';

/** Widgets as their snippets have them, by the client's name, the module and attributes. */
const widgets: readonly (readonly [client: string, module: string, attributes?: Readonly<Record<string, string>>])[] = [
  ["Rosa's Salon", 'booking'],
  ["Rosa's Salon", 'booking', { service: 'cut' }],
  ["Rosa's Salon", 'booking', { service: 'beard' }],
  ["Rosa's Salon", 'contact'],
  ["Rosa's Salon", 'chat', { mode: 'inline' }],
  ['Hudson Dental', 'booking'],
  ['Kiln & Clay', 'shop'],
  ['Kiln & Clay', 'shop', { category: 'vases' }],
  ['Kiln & Clay', 'shop', { product: 'speckled-mug' }],
];

describe('in a window so high that what stands below is seen, the room that its snippet keeps is enough', () => {
  let world: DemoInBrowser;
  let sites: ReadonlyMap<string, Site>;
  let api: ApiClient;
  before(async () => {
    world = await startDemoInBrowser();
    api = new ApiClient(request => fetch(request), world.demo.apiUrl);
    await api.send('/api/session', { body: { email: world.demo.email, password: world.demo.password } });
    const clients = await api.get<Client[]>('/api/clients');
    sites = new Map(
      await Promise.all(
        clients.map(async ({ id, name }) => [name, (await api.get<Site[]>(`/api/clients/${id}/sites`))[0]!] as const),
      ),
    );
  });
  after(() => world?.stop());

  for (const [client, module, attributes = {}] of widgets)
    for (const width of [360, 768, 1280])
      it(`${client}, ${module} ${new URLSearchParams(attributes)}, ${width} pixels wide`, async () => {
        const asked = new URLSearchParams({ module, ...attributes });
        const { html } = await api.get<Snippet>(`/api/sites/${sites.get(client)!.id}/snippet?${asked}`);
        const { context } = await openContext(world.browser, { viewport: { width, height: 1800 } });
        await context.addInitScript(watchPage);
        const page = await context.newPage();
        const url = `${world.demo.embedOrigin}/ours`;
        const body = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Ours</title>${html}<p>Below</p></html>`;
        await page.route(url, route => route.fulfill({ contentType: 'text/html', body }));
        await page.goto(url);
        await page.waitForLoadState('networkidle');
        const shown = await page.evaluate(() =>
          [...document.querySelectorAll('*')]
            .find(({ localName }) => /^inlay-/.test(localName))
            ?.shadowRoot?.querySelector('h2, textarea')
            ?.checkVisibility(),
        );
        assert.equal(shown, true);
        assert.deepEqual((await notedIn(page)).moved, []);
        await context.close();
      });
});
