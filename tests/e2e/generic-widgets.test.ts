import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openContext, startBrowser } from '../support/browser.ts';
import { pageOrigin, startWidgetsWorld, type WidgetsWorld } from '../support/widgets-world.ts';
import { rest } from './rest.ts';
import { notedIn, watchPage } from './watch-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs in a page: notes what the widgets say. */
const listen = () => {
  const said: string[] = [];
  Object.assign(window, { said });
  for (const type of ['ready', 'error', 'submitted'])
    addEventListener(`inlay:${type}`, event => said.push(`${type} ${(event.target as Element).localName}`));
};

describe('widgets of a manifest alone, on a foreign page under a strict policy', () => {
  let world: WidgetsWorld;
  let browser: Browser;
  before(async () => {
    world = await startWidgetsWorld('guest-book');
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function openPage(options: { width: number; dir?: string; lang?: string; dark?: boolean }): Promise<Page> {
    const { width, dir = 'ltr', lang = 'en', dark = false } = options;
    const viewport = { width, height: 1400 };
    const { context } = await openContext(browser, { viewport });
    const page = await context.newPage();
    const { url } = world.host;
    await page.addInitScript(watchPage);
    await page.addInitScript(listen);
    await page.route(`${pageOrigin}/`, route =>
      route.fulfill({
        contentType: 'text/html',
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${url}; connect-src ${url}; require-trusted-types-for 'script'`,
        },
        body: `<!doctype html><html lang="${lang}" dir="${dir}"><head><title>Inn</title></head>
          <body ${dark ? 'bgcolor="#161616" text="#eeeeee"' : 'bgcolor="#ffffff"'}><main><h1>The inn</h1>${world.inn.snippet.html}<p>below</p></main></body></html>`,
      }),
    );
    await page.goto(`${pageOrigin}/`);
    await page.locator('inlay-guest-book-sign').getByRole('button').waitFor();
    await page.locator('inlay-guest-book').getByRole('heading').waitFor();
    return page;
  }
  const seen = async (page: Page) => ({
    ...(await notedIn(page)),
    said: await page.evaluate(() => (window as unknown as { said: string[] }).said),
  });
  /** Evaluated, since the page's policy lets no script of ours in. */
  async function findings(page: Page): Promise<string[]> {
    await rest(page);
    await page.evaluate(axe);
    const run = () => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run();
    const { violations } = await page.evaluate(run);
    return violations.flatMap(({ id, impact, nodes }) =>
      impact === 'serious' || impact === 'critical'
        ? nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message}`)
        : [],
    );
  }

  it('a message is sent by keyboard alone, published at the desk, and read on the page; nothing has moved', async () => {
    const page = await openPage({ width: 1000 });
    const ready = await seen(page);
    assert.deepEqual(
      [ready.moved, [...ready.said].sort()],
      [[], ['ready inlay-guest-book', 'ready inlay-guest-book-sign']],
    );
    const form = page.locator('inlay-guest-book-sign');
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('Fill this in').first().waitFor();
    // Whatever is read in less time than that was read by nobody.
    await page.waitForTimeout(1500);
    await page.keyboard.type('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Lovely. <b>So quiet</b>');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await form.getByRole('heading', { name: /Thank you/ }).waitFor();
    const { moved, violations, said } = await seen(page);
    assert.deepEqual([moved, violations, said.at(-1)], [[], [], 'submitted inlay-guest-book-sign']);
    const [entry] = await world.inn.data<{ id: string; name: string }[]>('guest-book/v0/entry');
    assert.equal(entry!.name, 'Ada');
    await world.inn.data(`guest-book/v0/entry/${entry!.id}/transitions/publish`, { body: {} });
    await page.reload();
    await page.locator('inlay-guest-book').getByText('Lovely. <b>So quiet</b>').waitFor();
    const after = await seen(page);
    assert.deepEqual(
      [after.moved, after.violations, after.said.filter(what => !what.startsWith('ready'))],
      [[], [], []],
    );
    await page.context().close();
  });

  it('thirty entries show at once and more are asked for; what is below has not moved', async () => {
    for (let i = 0; i < 30; i++) {
      const body = { name: `Guest ${i}`, message: `We stayed for ${i} nights, and would have stayed for longer.` };
      const { id } = await world.inn.data<{ id: string }>('guest-book/v0/entry', { body });
      await world.inn.data(`guest-book/v0/entry/${id}/transitions/publish`, { body: {} });
    }
    for (const width of [390, 1000]) {
      const page = await openPage({ width });
      const list = page.locator('inlay-guest-book');
      assert.equal(await list.getByRole('listitem').count(), 10);
      assert.deepEqual((await seen(page)).moved, [], `${width} px`);
      await list.getByRole('button', { name: 'Show more' }).click();
      await page.waitForFunction(
        () => document.querySelector('inlay-guest-book')!.shadowRoot!.querySelectorAll('li').length === 20,
      );
      // More entries push down what is below: that is what the visitor asked for, however late they come.
      const { violations, said } = await seen(page);
      assert.deepEqual([violations, said.filter(what => !what.startsWith('ready'))], [[], []]);
      await page.context().close();
    }
  });

  it('speaks the page’s language, from right to left, in the dark, and without a serious finding', async () => {
    const german = await openPage({ width: 390, lang: 'de' });
    await german.locator('inlay-guest-book').getByRole('heading', { name: 'Gästebuch' }).waitFor();
    assert.deepEqual((await seen(german)).moved, []);
    await german.context().close();
    for (const look of [{ width: 1000 }, { width: 390, dir: 'rtl', dark: true }]) {
      const page = await openPage(look);
      assert.deepEqual(await findings(page), [], JSON.stringify(look));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= look.width, `${wide} px`);
      await page.context().close();
    }
  });

  it('is the same widget in a frame', async () => {
    const { context } = await openContext(browser);
    const page = await context.newPage();
    const framed = world.inn.snippet.html.replaceAll('<inlay-guest-book-sign>', '<inlay-guest-book-sign mode="frame">');
    await page.route(`${pageOrigin}/`, route =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en">${framed}</html>` }),
    );
    await page.goto(`${pageOrigin}/`);
    const frame = page.frameLocator('inlay-guest-book-sign iframe');
    await frame.getByRole('button', { name: 'Send' }).click();
    await frame.getByText('Fill this in').first().waitFor();
    await page.waitForTimeout(1500);
    await frame.getByLabel('Name').fill('Ada');
    await frame.getByLabel('Message').fill('From a frame');
    await frame.getByRole('button', { name: 'Send' }).click();
    await frame.getByRole('heading', { name: /Thank you/ }).waitFor();
    await context.close();
  });
});
