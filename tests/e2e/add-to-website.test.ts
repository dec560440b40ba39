import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { siteBuilders } from '../../schemas/protocol/site-builders.ts';
import { openContext } from '../support/browser.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';

describe('"Add to your website" in the dashboard', () => {
  let world: DemoInBrowser;
  before(async () => {
    world = await startDemoInBrowser();
  });
  after(() => world?.stop());

  async function openSite(): Promise<{ page: Page; said: readonly string[] }> {
    const { context, complaints } = await openContext(world.browser);
    const page = await context.newPage();
    await page.goto(world.host.url);
    await page.getByLabel('E-mail').fill(world.demo.email);
    await page.getByLabel('Password').fill(world.demo.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText("Rosa's Salon").first().waitFor();
    const read = (path: string): Promise<{ id: string; name: string }[]> =>
      page.evaluate(async url => (await (await fetch(url)).json()).data, path);
    const client = (await read('/api/clients')).find(({ name }) => name === "Rosa's Salon")!;
    const [site] = await read(`/api/clients/${client.id}/sites`);
    // Until here nobody was signed in, which the console tells.
    complaints.found.length = 0;
    await page.goto(`${world.host.url}/clients/${client.id}/sites/${site!.id}`);
    await page.getByRole('heading', { name: 'Add to your website' }).waitFor();
    return { page, said: complaints.found };
  }
  const codes = (page: Page) => page.locator('desk-site-snippet desk-copy code').allInnerTexts();

  it('has steps for every builder, options that change the code, and a preview that works', async () => {
    const { page, said } = await openSite();
    const builder = page.getByLabel('Your website is made with');
    for (const one of siteBuilders) {
      await builder.selectOption(one);
      await page.locator('desk-site-snippet li').first().waitFor();
      assert.ok((await codes(page)).every(Boolean), one);
    }
    await builder.selectOption('html');
    await page.getByLabel('How it shows').selectOption('popup');
    await page.getByLabel('Words of the button').fill('Book "now"');
    await page.getByLabel(/^Service/).fill('cut');
    await page.getByLabel(/^Service/).blur();
    await page.locator('desk-site-snippet').getByText('service="cut"').waitFor();
    assert.match((await codes(page))[0]!, /<inlay-booking mode="popup" service="cut" label="Book &quot;now&quot;">/);
    await page.getByLabel('Keep this version for good').check();
    await page.locator('desk-site-snippet').getByText('integrity=').waitFor();
    const mail = await page.getByRole('link', { name: 'E-mail this to my developer' }).getAttribute('href');
    assert.ok(decodeURIComponent(mail!).includes('integrity="sha256-'));
    // In the way that was chosen.
    const preview = page.frameLocator('desk-site-snippet iframe');
    await preview.getByRole('button', { name: 'Book now' }).click();
    await preview.getByRole('button', { name: /Cut and finish/ }).waitFor();
    await builder.selectOption('wordpress');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the plugin' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'inlay-wordpress.zip');
    await builder.selectOption('html');
    await page.getByLabel('Widget', { exact: true }).selectOption({ label: 'Chat' });
    await page.locator('desk-site-snippet').getByText('<inlay-chat mode="float"').waitFor();
    assert.equal(await page.getByLabel('How it shows').inputValue(), 'float');
    await preview.getByRole('button', { name: 'Chat with us' }).waitFor();
    await builder.selectOption('wix');
    await page.locator('desk-site-snippet').getByText('open Settings, Custom Code').waitFor();
    await page.locator('desk-site-snippet').getByText('Paste this. It is the same for every page').waitFor();
    await page.getByLabel('How it shows').selectOption('inline');
    await page.locator('desk-site-snippet').getByText('<inlay-chat><svg').waitFor();
    await page.locator('desk-site-snippet').getByText('Embed Code, Embed HTML').waitFor();
    assert.deepEqual(said, []);
    await page.context().close();
  });

  it('a button that copies says so, and a page that has the widget is seen', async () => {
    const { page, said } = await openSite();
    const { siteKey } = world.demo.sites[0]!;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copy = page.locator('desk-site-snippet desk-copy');
    await copy.getByRole('button', { name: 'Copy' }).click();
    await copy.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.includes(`/embed/${siteKey}.js`) && copied.includes('<inlay-booking>'), copied);
    const seen = page.locator('desk-site-seen');
    await seen.getByText('No page has shown a widget yet').waitFor();
    await page.context().route(`${world.demo.embedOrigin}/ours`, route =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><body>${copied}</body></html>`,
      }),
    );
    const visitor = await page.context().newPage();
    await visitor.goto(`${world.demo.embedOrigin}/ours`);
    await visitor.getByRole('button', { name: /Cut and finish/ }).waitFor();
    await seen.getByRole('button', { name: 'Look again' }).click();
    await seen.getByText(`${world.demo.embedOrigin} showed a widget at`).waitFor();
    assert.deepEqual(said, []);
    await page.context().close();
  });
});
