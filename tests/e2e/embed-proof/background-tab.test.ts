import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startTabbedBrowser } from '../../support/browser.ts';
import { type ForeignPage, type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

/** Whether the page is behind another, and so whether frames are drawn in it. */
const behind = (page: Page) =>
  page.evaluate(async () => {
    const drawn = new Promise(resolve => requestAnimationFrame(() => resolve(true)));
    const waited = new Promise(resolve => setTimeout(resolve, 1500, false));
    return { hidden: document.hidden, drawn: await Promise.race([drawn, waited]) };
  });

describe('a tab behind another', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld(startTabbedBrowser);
  });
  after(() => world?.stop());

  /** Opens the page in a tab that was never in front. */
  const openBehind = async (body: string): Promise<ForeignPage> => {
    const foreign = await world.open('<p>not yet</p>');
    const { page } = foreign;
    const front = await page.context().newPage();
    await front.bringToFront();
    const html = `<!doctype html><html lang="en"><title>Salon</title><body><main>${body}</main>`;
    await page.route(`${world.demo.embedOrigin}/behind`, route =>
      route.fulfill({ contentType: 'text/html', body: html }),
    );
    await page.goto(`${world.demo.embedOrigin}/behind`);
    return foreign;
  };

  it('has a widget that works when it comes to the front', async () => {
    const { page, heard, watched, said } = await openBehind(`${world.script()}${tag}<p>after</p>`);
    assert.deepEqual(await behind(page), { hidden: true, drawn: false });
    await heard('ready');
    await page.bringToFront();
    assert.deepEqual(await behind(page), { hidden: false, drawn: true });
    for (const step of steps) await step.go(inPage(page));
    const { events, errors } = await watched();
    assert.deepEqual(events, ['ready', 'booking-held', 'booking-confirmed']);
    assert.deepEqual([errors, said], [[], []]);
    await page.close();
  });

  it('has no time-out that its slow timers bring about, and a popup that opens at the first click', async () => {
    const { page, watched } = await openBehind(
      `${world.script()}${tag}<inlay-booking mode="popup">Book</inlay-booking>`,
    );
    await sleep(6000);
    assert.deepEqual((await watched()).events, ['ready']);
    await page.bringToFront();
    await page.locator('inlay-booking[mode]').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Beard trim/ })
      .click();
    await page.getByRole('dialog').getByRole('heading', { name: 'When suits you?' }).waitFor();
    await page.close();
  });

  it('keeps the step that was reached while it is behind, and while the browser has it frozen', async () => {
    const { page, heard, watched } = await world.open(`${world.script()}${tag}`);
    await heard('ready');
    for (const step of steps.slice(0, 4)) await step.go(inPage(page));
    const front = await page.context().newPage();
    await front.bringToFront();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await sleep(2000);
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await page.bringToFront();
    for (const step of steps.slice(4)) await step.go(inPage(page));
    assert.deepEqual((await watched()).errors, []);
    await page.close();
  });
});
