import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openContext, startBrowser } from '../support/browser.ts';
import { type ContactWorld, owner, pageOrigin, startContactWorld } from '../support/contact-world.ts';
import { openService, type ServiceAnswer } from '../support/turnstile-page.ts';
import { secretKey, serviceKey } from '../support/turnstile-server.ts';
import { bringJudge, check } from './embed-proof/axe.ts';

describe('Cloudflare Turnstile on a foreign page, chosen at the desk', () => {
  let world: ContactWorld;
  let browser: Browser;
  before(async () => {
    world = await startContactWorld();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  const asked: string[] = [];

  /** `answer` is what the network makes of the service's script; `frames` is what the page's policy lets in. */
  async function open(answer: ServiceAnswer, frames = world.host.url, mode = ''): Promise<Page> {
    const { context } = await openContext(browser, { viewport: { width: 390, height: 1000 } });
    await openService(context, world.service, {
      answer,
      hostname: new URL(world.host.url).hostname,
      seen: route => void asked.push(route.request().frame().url()),
    });
    if (answer === 'asks') await bringJudge(context);
    const { url } = world.host;
    const html = world.snippet.html.replace('<inlay-contact', `<inlay-contact${mode}`);
    await context.route(`${pageOrigin}/`, route =>
      route.fulfill({
        contentType: 'text/html',
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${url}; connect-src ${url}; frame-src ${frames}; require-trusted-types-for 'script'`,
        },
        body: `<!doctype html><html lang="en"><body>${html}</body></html>`,
      }),
    );
    const page = await context.newPage();
    await page.goto(`${pageOrigin}/`);
    return page;
  }

  type Place = Pick<Page, 'getByLabel' | 'getByRole'>;
  async function write(page: Page, name: string, place: Place = page): Promise<void> {
    await place.getByLabel('Name').fill(name);
    await place.getByLabel('E-mail').fill('eva@mail.example');
    await place.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await place.getByLabel(/I agree/).check();
    // Whatever is sent in less time was sent by nobody.
    await page.waitForTimeout(1_500);
    await place.getByRole('button', { name: 'Send' }).click();
  }
  const thanked = (place: Place) => place.getByRole('heading', { name: /Thank you/ }).waitFor({ timeout: 30_000 });
  const names = async () => (await world.enquiries()).map(({ name }) => name);
  const close = (page: Page) => (page.context() as BrowserContext).close();

  it('is chosen on the screen of the site, with a secret that the service knows', async () => {
    const { context, complaints } = await openContext(browser, { viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${world.host.url}/clients/${world.client.id}/sites/${world.site.id}`);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const panel = page.locator('desk-site-captcha');
    await panel.getByLabel('Cloudflare Turnstile').check();
    complaints.found.length = 0;
    await panel.getByLabel('Site key').fill(serviceKey);
    await panel.getByLabel('Secret key').fill('0x4AAAA-of-somebody-else');
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.getByText('Turnstile does not know this secret key.').waitFor();
    await panel.getByLabel('Secret key').fill(secretKey);
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.getByText('Leave it empty to keep the one that is saved.').waitFor();
    assert.equal(await panel.getByLabel('Site key').inputValue(), serviceKey);
    assert.equal(await panel.getByLabel('Secret key').inputValue(), '');
    await context.close();
  });

  it('proves a visitor unseen, in a frame of ours', async () => {
    const page = await open('gives');
    await write(page, 'Unseen');
    await thanked(page);
    assert.ok((await names()).includes('Unseen'));
    assert.deepEqual([...new Set(asked)], [`${world.host.url}/embed/${world.site.siteKey}/captcha`]);
    assert.equal(await page.locator('iframe').count(), 0);
    assert.equal(await page.evaluate(() => 'turnstile' in window), false);
    await close(page);
  });

  it('shows its question above the button, which axe finds nothing wrong with, and goes on once it is answered', async () => {
    const page = await open('asks');
    await write(page, 'Asked');
    const frame = page.frameLocator('inlay-contact iframe');
    await frame.getByRole('button', { name: 'I am human' }).waitFor();
    await check(page, 'captcha', 'body');
    await frame.getByRole('button', { name: 'I am human' }).click();
    await thanked(page);
    assert.ok((await names()).includes('Asked'));
    await close(page);
  });

  it('gives way to work where the script is blocked, where the page’s policy has no frames, and in a frame', async () => {
    const blocked = await open('is blocked');
    await write(blocked, 'Script blocked');
    await thanked(blocked);
    await close(blocked);
    const unframed = await open('gives', "'none'");
    await write(unframed, 'Frame blocked');
    await thanked(unframed);
    await close(unframed);
    const framed = await open('gives', world.host.url, ' mode="frame"');
    const place = framed.frameLocator('inlay-contact iframe') as unknown as Place;
    await write(framed, 'In a frame', place);
    await thanked(place);
    await close(framed);
    const kept = await names();
    for (const name of ['Script blocked', 'Frame blocked', 'In a frame']) assert.ok(kept.includes(name), name);
  });
});
