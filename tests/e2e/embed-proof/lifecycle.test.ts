import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../../../tools/chromium.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage } from './steps.ts';

const flags = [...CHROMIUM_ARGS, '--disable-features=LocalNetworkAccessChecks'];

/** With pages kept for going back, which the driver switches off. */
const startBrowser = () =>
  chromium.launch({
    executablePath: ensureChromium(),
    args: flags,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });

describe('pages that come and go', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld(startBrowser);
  });
  after(() => world?.stop());

  it('going away and back: the step that was reached is still there and works', async () => {
    const foreign = await world.open(`${world.script()}${tag}`);
    const { page } = foreign;
    const other = `${world.demo.embedOrigin}/other`;
    await page.route(other, route => route.fulfill({ contentType: 'text/html', body: '<p>other</p>' }));
    await page.evaluate(() =>
      addEventListener('pageshow', event => {
        (window as unknown as { kept: boolean }).kept = event.persisted;
      }),
    );
    await foreign.heard('ready');
    const widget = inPage(page);
    await widget.getByRole('button', { name: /Beard trim/ }).click();
    await widget.getByRole('heading', { name: 'When suits you?' }).waitFor();
    await page.goto(other);
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForTimeout(300);
    const kept = await page.evaluate(() => (window as unknown as { kept?: boolean }).kept);
    await widget.getByRole('heading', { name: kept ? 'When suits you?' : 'What would you like to book?' }).waitFor();
    if (!kept) await widget.getByRole('button', { name: /Beard trim/ }).click();
    await widget
      .getByRole('button', { name: /^\d{1,2}:\d\d/ })
      .first()
      .click();
    await widget.getByRole('heading', { name: 'Your details' }).waitFor();
    assert.deepEqual((await foreign.watched()).errors, []);
    await foreign.close();
  });
});
