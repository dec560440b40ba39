import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { buildBrowser } from '../../tools/build.ts';
import { root } from '../../tools/root.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { type Complaints, openContext, startBrowser } from '../support/browser.ts';

const axeFile = join(root, 'node_modules/axe-core/axe.min.js');

describe('/docs/elements', () => {
  let host: TestHost;
  let browser: Browser;
  before(async () => {
    const built = join(root, 'dist/public/embed/manifest.json');
    if (!existsSync(built) || !readFileSync(built, 'utf8').includes('inlaykit-dialog'))
      await buildBrowser({ dashboard: false });
    execFileSync(process.execPath, ['tools/elements.ts'], { cwd: root });
    host = await startHost();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  async function openPage(): Promise<{ page: Page; complaints: Complaints }> {
    const { context, complaints } = await openContext(browser, { colorScheme: 'light', reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${host.url}/docs/elements`);
    await page.waitForSelector('html[data-ready]');
    return { page, complaints };
  }

  /** Serious and critical findings in the whole page; the script comes by the debugger, past the page's policy. */
  async function findings(page: Page): Promise<string[]> {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: readFileSync(axeFile, 'utf8') });
    await session.detach();
    return page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof axeCore };
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.target} ${node.html}`.slice(0, 200)).join(' | ')}`);
    });
  }

  it('every element lives, and axe finds nothing serious in light, dark, right to left and with another accent', async () => {
    const { page, complaints } = await openPage();
    const tags = await page.$$eval('main > section', sections => sections.map(({ id }) => id));
    assert.ok(tags.length >= 11 && tags.includes('inlaykit-dialog') && tags.includes('inlay-booking'), `${tags}`);
    const dead = await page.evaluate(all => all.filter(tag => !customElements.get(tag)), tags);
    assert.deepEqual(dead, []);
    assert.deepEqual(await findings(page), [], 'light');
    await page.getByLabel('Dark', { exact: true }).check();
    assert.deepEqual(await findings(page), [], 'dark');
    await page.getByLabel('Plum').check();
    assert.deepEqual(await findings(page), [], 'plum and dark');
    await page.getByLabel('Light', { exact: true }).check();
    await page.getByLabel('Right to left').check();
    assert.deepEqual(await findings(page), [], 'right to left');
    assert.deepEqual(complaints.found, []);
    await page.context().close();
  });

  it('what opens has nothing serious in it either, and gives the focus back', async () => {
    const { page, complaints } = await openPage();
    const opening = [
      ['inlaykit-dialog', 'Cancel the visit'],
      ['inlaykit-popover', 'Opening hours'],
      ['inlaykit-menu', 'More'],
    ] as const;
    for (const [tag, name] of opening) {
      const trigger = page.locator(`#${tag} .stage`).getByRole('button', { name }).first();
      await trigger.click();
      await page.waitForFunction(
        one => document.querySelector(`${one}`)?.shadowRoot?.querySelector('[open], :popover-open'),
        `.stage ${tag}`,
      );
      assert.deepEqual(await findings(page), [], tag);
      await page.keyboard.press('Escape');
      await page.waitForFunction(
        one => !document.querySelector(`${one}`)?.shadowRoot?.querySelector('[open], :popover-open'),
        `.stage ${tag}`,
      );
      assert.ok(await trigger.evaluate(element => element === document.activeElement), `${tag} gives the focus back`);
    }
    await page.locator('#inlaykit-toasts .stage').getByRole('button').first().click();
    await page.getByText('The visit was moved to Tuesday.').first().waitFor();
    assert.deepEqual(complaints.found, []);
    await page.context().close();
  });

  it('is served under a policy that lets nothing foreign in, and fits a phone', async () => {
    const reply = await fetch(`${host.url}/docs/elements`);
    const policy = reply.headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'"])
      assert.ok(policy.includes(part), policy);
    const { page } = await openPage();
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    await page.context().close();
  });
});
