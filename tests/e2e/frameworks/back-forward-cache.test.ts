import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startBrowser } from '../../support/browser.ts';
import { tag } from '../embed-proof/foreign-world.ts';
import { type AppWorld, service, staffStep, startAppWorld } from './app-page.ts';

describe('a page that the browser keeps', () => {
  let world: AppWorld;
  before(async () => {
    // The driver switches the cache off for its own ends.
    world = await startAppWorld(() => startBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] }));
  });
  after(() => world?.stop());

  it('comes back with the widget as it was, and works', async () => {
    const app = await world.open({
      head: world.script(),
      body: `${tag}<a href="/two">Two</a>`,
      source: `window.kept = []; addEventListener('pageshow', ({ persisted }) => window.kept.push(persisted));`,
      pages: { '/two': '<!doctype html><title>Two</title><h1>Two</h1>' },
    });
    const { page } = app;
    await service(page).click();
    await staffStep(page).waitFor();
    await page.getByRole('link', { name: 'Two' }).click();
    await page.getByRole('heading', { name: 'Two' }).waitFor();
    // A page that was kept does not load.
    await page.goBack({ waitUntil: 'commit' });
    await staffStep(page).waitFor();
    assert.deepEqual(
      await page.evaluate(() => (window as unknown as { kept: boolean[] }).kept),
      [false, true],
      'the page was kept',
    );
    await page
      .locator('inlay-booking')
      .getByRole('button', { name: /Elena|Rosa|Jakub/ })
      .first()
      .click();
    await page.locator('inlay-booking').getByRole('heading', { name: 'When suits you?' }).waitFor();
    assert.equal(app.sessions(), 1);
    assert.deepEqual(app.said, []);
    await app.close();
  });
});
