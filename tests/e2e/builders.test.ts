import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type BuilderPage, builderPages, htmlBuilders } from '../../edge/demo/builder-pages.ts';
import type { Demo } from '../../edge/demo/seed.ts';
import type { SiteBuilder } from '../../schemas/protocol/site-builders.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { openContext, startBrowser } from '../support/browser.ts';
import { signInToSite } from '../support/signed-in-site.ts';
import { wordPressPages } from '../support/wordpress-pages.ts';
import { type Watched, watch } from './embed-proof/watch.ts';
import { notedIn } from './watch-page.ts';

/** Wix keeps what is pasted at an address of its own, one for each site. */
const componentOrigin = 'https://rosa-salon.filesusr.example';
/** By path, each from what the dashboard hands out for that builder. */
const cases: Readonly<Record<string, { readonly float?: true }>> = {
  html: {},
  'wordpress-shortcode': {},
  'wordpress-block': {},
  wix: {},
  squarespace: {},
  webflow: {},
  shopify: {},
  gtm: {},
  'gtm-float': { float: true },
};

describe('on pages as builders of websites make them', () => {
  let host: TestHost;
  let browser: Browser;
  let demo: Demo;
  let beard: string;
  let pages: Readonly<Record<string, BuilderPage>>;
  before(async () => {
    host = await startHost({ demo: true });
    demo = JSON.parse(readFileSync(join(host.dataFolder!, 'demo.json'), 'utf8')) as Demo;
    const { api, site, snippet } = await signInToSite(demo);
    await api.send(`/api/sites/${site.id}/origins`, { body: { origin: componentOrigin } });
    const given = async (builder: SiteBuilder, query = '') => (await snippet(`for=${builder}${query}`)).parts;
    const parts = Object.fromEntries(
      await Promise.all(htmlBuilders.map(async name => [name, await given(name)] as const)),
    );
    const floating = { gtm: await given('gtm', '&mode=float&label=Book%20a%20visit') };
    beard = (await snippet('service=beard')).html;
    pages = {
      ...builderPages({ api: host.url, parts, componentOrigin }),
      'gtm-float': builderPages({ api: host.url, parts: floating })['gtm']!,
      ...(await wordPressPages(await given('wordpress'))),
    };
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  for (const [name, { float }] of Object.entries(cases))
    for (const width of [390, 1280])
      it(`${name}, ${width} pixels wide: the widget shows, nothing moves, the console is empty`, async () => {
        const { context, complaints } = await openContext(browser, { viewport: { width, height: 900 } });
        await context.addInitScript(watch);
        for (const [path, { html, policy }] of Object.entries(pages))
          await context.route(
            `${path === 'wix-component' ? componentOrigin : demo.embedOrigin}/builders/${path}`,
            route =>
              route.fulfill({
                contentType: 'text/html',
                headers: policy ? { 'Content-Security-Policy': policy } : {},
                body: html,
              }),
          );
        const page = await context.newPage();
        await page.goto(`${demo.embedOrigin}/builders/${name}`);
        const inside = name === 'wix' ? page.frameLocator('iframe') : page;
        if (float) await page.getByRole('button', { name: 'Book a visit' }).click();
        const cut = inside.locator('inlay-booking').getByRole('button', { name: /Cut and finish/ });
        await cut.waitFor();
        assert.equal(await cut.count(), 1);
        await cut.click();
        await inside
          .locator('inlay-booking')
          .getByRole('heading', { name: /who|person/i })
          .waitFor();
        assert.equal(page.frames().length, name === 'wix' ? 2 : 1);
        for (const frame of page.frames()) {
          const { moved, errors, violations } = await frame.evaluate(
            () => (window as unknown as { watched: Watched }).watched,
          );
          assert.deepEqual([moved, errors, violations], [[], [], []]);
        }
        assert.deepEqual(complaints.found, []);
        await context.close();
      });

  for (const width of [360, 390, 1280])
    it(`one service of one person, ${width} pixels wide: its calendar has the room that its snippet keeps`, async () => {
      const { context } = await openContext(browser, { viewport: { width, height: 1400 } });
      await context.addInitScript(watch);
      const page = await context.newPage();
      await page.route(`${demo.embedOrigin}/ours`, route =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">${beard}<p>Below</p></html>`,
        }),
      );
      await page.goto(`${demo.embedOrigin}/ours`);
      await page
        .locator('inlay-booking')
        .getByRole('button', { name: /^\d{1,2}:\d\d/ })
        .first()
        .waitFor();
      assert.deepEqual((await notedIn(page)).moved, []);
      await context.close();
    });
});
