import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Demo } from '../../edge/demo/seed.ts';
import { toManifest } from '../../schemas/module/index.ts';
import { booking } from '../../widgets/booking/module.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { openContext, startBrowser } from '../support/browser.ts';
import { type Watched, watch } from './embed-proof/watch.ts';

describe('on pages as builders of websites make them', () => {
  let host: TestHost;
  let browser: Browser;
  let demo: Demo;
  before(async () => {
    host = await startHost({ demo: true });
    demo = JSON.parse(readFileSync(join(host.dataFolder!, 'demo.json'), 'utf8')) as Demo;
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  for (const builder of ['html', 'wordpress', 'wix', 'squarespace', 'webflow', 'shopify', 'gtm'])
    for (const width of [390, 1280])
      it(`${builder}, ${width} pixels wide: the widget shows, nothing moves, the console is empty`, async () => {
        const { context, complaints } = await openContext(browser, { viewport: { width, height: 900 } });
        await context.addInitScript(watch);
        const page = await context.newPage();
        await page.goto(`${demo.embedOrigin}/builders/${builder}`);
        const inside = builder === 'wix' ? page.frameLocator('iframe') : page;
        const cut = inside.locator('inlay-booking').getByRole('button', { name: /Cut and finish/ });
        await cut.waitFor();
        assert.equal(await cut.count(), 1);
        await cut.click();
        await inside
          .locator('inlay-booking')
          .getByRole('heading', { name: /who|person/i })
          .waitFor();
        for (const frame of page.frames()) {
          const { shift, errors } = await frame.evaluate(() => (window as unknown as { watched: Watched }).watched);
          assert.deepEqual([shift, errors], [0, []]);
        }
        assert.deepEqual(complaints.found, []);
        await context.close();
      });

  for (const width of [360, 390, 1280])
    it(`one service of one person, ${width} pixels wide: its calendar has the room that its snippet keeps`, async () => {
      const { context } = await openContext(browser, { viewport: { width, height: 1400 } });
      await context.addInitScript(watch);
      const page = await context.newPage();
      const { height, heights } = toManifest(booking).widgets!['booking']!;
      const room = `<svg width="1" height="${Math.max(height, heights!['service']!)}" display="block" aria-hidden="true"></svg>`;
      const script = `<script async src="${host.url}/embed/${demo.sites[0]!.siteKey}.js"></script>`;
      await page.route(`${demo.embedOrigin}/ours`, route =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">${script}<inlay-booking service="beard">${room}</inlay-booking><p>Below</p></html>`,
        }),
      );
      await page.goto(`${demo.embedOrigin}/ours`);
      await page
        .locator('inlay-booking')
        .getByRole('button', { name: /^\d{1,2}:\d\d/ })
        .first()
        .waitFor();
      assert.equal(await page.evaluate(() => (window as unknown as { watched: Watched }).watched.shift), 0);
      await context.close();
    });
});
