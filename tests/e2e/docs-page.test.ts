import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openContext, startBrowser } from '../support/browser.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

describe('the page for developers', () => {
  let world: DemoWorld;
  let browser: Browser;
  before(async () => {
    world = await startDemoWorld();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.host.stop();
  });

  it("shows a key's modules, entities and actions with a line to try each, under its own policy", async () => {
    const { context, complaints } = await openContext(browser, { viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${world.host.url}/docs`);
    await page.getByLabel('API key').fill(world.salon.key);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('link', { name: 'Booking' }).waitFor();
    const entry = page.locator('#createBookingService');
    await entry.locator('summary').click();
    const line = await entry.locator('pre').innerText();
    assert.match(line, /^curl '.*\/api\/m\/booking\/v1\/service' \\\n\s+-X POST/);
    assert.match(line, /-d '\{"name"/);
    assert.ok(!(await page.content()).includes(world.salon.key));
    assert.ok((await entry.locator('tr').count()) > 5);
    assert.equal(await page.locator('#bookingHold').count(), 1);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(wide, false, 'nothing is wider than a phone');
    assert.deepEqual(complaints.found, []);
    await context.close();
  });

  it('says what is wrong with a key', async () => {
    const { context } = await openContext(browser);
    const page = await context.newPage();
    await page.goto(`${world.host.url}/docs`);
    await page.getByLabel('API key').fill('inlay_sk_wrong');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'Sign in first' }).waitFor();
    await context.close();
  });
});
