import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openContext } from '../support/browser.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';

/** What a page of somebody else notes about our widgets. */
const listen = () => {
  const seen: string[] = [];
  (window as unknown as { seen: string[] }).seen = seen;
  for (const type of ['ready', 'error', 'open', 'close', 'booking-held'])
    addEventListener(`inlay:${type}`, event => {
      const { code } = ((event as CustomEvent).detail ?? {}) as { code?: string };
      seen.push(code ? `${type} ${code}` : type);
    });
  addEventListener('securitypolicyviolation', event => seen.push(`violation ${event.violatedDirective}`));
};

describe('ways to show a widget', () => {
  let world: DemoInBrowser;
  before(async () => {
    world = await startDemoInBrowser();
  });
  after(() => world?.stop());

  const script = (key = world.demo.sites[0]!.siteKey) =>
    `<script async src="${world.host.url}/embed/${key}.js"></script>`;

  /** A page at the salon's own origin, under a strict policy. */
  async function openPage(body: string, more = ''): Promise<Page> {
    const { context } = await openContext(world.browser);
    const page = await context.newPage();
    const url = `${world.demo.embedOrigin}/ours`;
    await page.addInitScript(listen);
    await page.route(url, route =>
      route.fulfill({
        contentType: 'text/html',
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${world.host.url}; connect-src ${world.host.url}; frame-src ${world.host.url}; require-trusted-types-for 'script'${more}`,
        },
        body: `<!doctype html><html lang="en"><body><p>before</p>${body}<p>after</p></body></html>`,
      }),
    );
    await page.goto(url);
    return page;
  }
  const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  const cut = (page: Page) => page.locator('inlay-booking').getByRole('button', { name: /Cut and finish/ });

  it('popup: a trigger of the page opens a dialog; Escape closes it and gives the focus back', async () => {
    const page = await openPage(
      `${script()}<inlay-booking mode="popup" label="Book a visit"><button id="trigger">Book now</button></inlay-booking>`,
    );
    // When the loader alone has come: the click is kept.
    await page.waitForFunction(() => window.Inlay?.on);
    await page.locator('#trigger').click();
    const dialog = page.getByRole('dialog', { name: 'Book a visit' });
    await cut(page).waitFor();
    assert.ok(await dialog.isVisible());
    assert.deepEqual(await seen(page), ['open', 'ready']);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'trigger');
    await page.locator('#trigger').click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.length === 5);
    assert.deepEqual(await seen(page), ['open', 'ready', 'close', 'open', 'close']);
    assert.equal(await page.evaluate(() => document.body.getAttribute('style')), null);
    await page.context().close();
  });

  it('float: a launcher of ours stays in the corner and opens the widget', async () => {
    const page = await openPage(`${script()}<inlay-booking mode="float" label="Book a visit"></inlay-booking>`);
    const launcher = page.getByRole('button', { name: 'Book a visit' });
    await launcher.waitFor();
    const box = (await launcher.boundingBox())!;
    const { width, height } = page.viewportSize()!;
    assert.ok(box.x + box.width > width - 40 && box.y + box.height > height - 40, JSON.stringify(box));
    await launcher.click();
    await cut(page).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.includes('close'));
    assert.deepEqual(await seen(page), ['open', 'ready', 'close']);
    await page.context().close();
  });

  it('frame: the widget runs in a sandbox without an origin, and works', async () => {
    const page = await openPage(`${script()}<inlay-booking mode="frame" staff=""></inlay-booking>`);
    const frame = page.frameLocator('inlay-booking iframe');
    const beard = frame.getByRole('button', { name: /Beard trim/ });
    await beard.waitFor();
    assert.equal(
      await page.locator('inlay-booking iframe').getAttribute('sandbox'),
      'allow-scripts allow-forms allow-popups',
    );
    const inside = page.frames().find(one => one !== page.mainFrame())!;
    const reach = await inside.evaluate(async () => {
      const attempts = {
        parent: () => parent.document.title,
        cookies: () => document.cookie,
        storage: () => localStorage.length,
        top: () => {
          top!.location.href = 'about:blank';
        },
      };
      const done: string[] = [];
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          attempt();
          done.push(name);
        } catch {}
      }
      const fetched = await fetch('https://undeclared.example/').catch(() => null);
      return { done, fetched: fetched !== null, origin: self.origin };
    });
    assert.deepEqual(reach, { done: [], fetched: false, origin: 'null' });
    await page.evaluate(() => {
      for (const data of [null, undefined, 'inlay:hello', { type: 'height', height: 9 }, [1]]) postMessage(data, '*');
    });
    await beard.click();
    await frame.getByRole('heading', { name: 'When suits you?' }).waitFor();
    await frame
      .getByRole('button', { name: /^\d{1,2}:\d\d/ })
      .first()
      .click();
    await frame.getByRole('heading', { name: 'Your details' }).waitFor();
    await page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.includes('booking-held'));
    // The frame is as high as what it shows: nothing in it scrolls.
    await page.waitForFunction(() => {
      const { offsetHeight } = document.querySelector<HTMLElement>('inlay-booking')!;
      return offsetHeight > 200 && offsetHeight < 2000;
    });
    assert.deepEqual(await seen(page), ['ready', 'booking-held']);
    await page.context().close();
  });

  it('row 29: a chunk that is not the one that was built is refused', async () => {
    const { context } = await openContext(world.browser);
    await context.route('**/embed/c/inlay-booking-*.js', async route => {
      const reply = await route.fetch();
      await route.fulfill({ response: reply, body: `${await reply.text()};globalThis.tampered=1` });
    });
    const page = await context.newPage();
    await page.addInitScript(listen);
    await page.route(`${world.demo.embedOrigin}/ours`, route =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en">${script()}<inlay-booking></inlay-booking></html>`,
      }),
    );
    await page.goto(`${world.demo.embedOrigin}/ours`);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    assert.equal(await page.evaluate(() => 'tampered' in globalThis), false);
    assert.deepEqual(await seen(page), ['error UNREACHABLE']);
    await context.close();
  });

  it('a wrong key and a widget that is not enabled say so to the page, and leave no hole', async () => {
    const unknown = await openPage(`${script('site_aaaaaaaaaaaaaaaa')}<inlay-booking></inlay-booking>`);
    await unknown.getByRole('button', { name: 'Try again' }).waitFor();
    assert.deepEqual(await seen(unknown), ['error UNKNOWN_SITE']);
    const missing = await openPage(`${script()}<inlay-nothing></inlay-nothing>`);
    await missing.getByRole('button', { name: 'Try again' }).waitFor();
    assert.deepEqual(await seen(missing), ['error NOT_ENABLED']);
    await Promise.all([unknown.context().close(), missing.context().close()]);
  });
});
