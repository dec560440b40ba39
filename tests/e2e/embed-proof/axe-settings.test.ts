import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { check } from './axe.ts';
import { all, close, type FairPages, forms, shown, startFairPages, tagOf } from './fair-pages.ts';
import { type Host, hold } from './record-stops.ts';
import { doubled, moving, narrow, spilt } from './visitor-settings.ts';
import { press } from './walk.ts';

describe('widgets follow what a visitor has set: text twice as large, and nothing that moves', {
  timeout: 600_000,
}, () => {
  let fair: FairPages;
  before(async () => {
    fair = await startFairPages();
  });
  after(() => fair?.stop());

  it('nothing is cut off, and nothing has to be scrolled sideways, at 320 px', async () => {
    const { full } = fair.world;
    const body = `${all(full)}<hr><inlay-booth-voices></inlay-booth-voices><hr><inlay-booth-wall></inlay-booth-wall><hr><inlay-booth-apply></inlay-booth-apply>`;
    const page = await fair.open(body, full, undefined, doubled);
    await shown(page);
    await page.locator('inlay-booth-apply [name=sign] .pad').waitFor();
    await narrow(page);
    assert.deepEqual(await spilt(page), [], 'filled');
    await check(page, 'text doubled');
    await page.setViewportSize({ width: 320, height: 900 });
    for (const name of [...forms, 'booth-apply']) await press(page.locator(`inlay-${name}`), /^Send$/);
    for (const name of ['fair', 'fair-cards']) await press(page.locator(`inlay-${name}`), /Cheese/);
    await press(page.locator('inlay-booth-wall'), /^Rosa/);
    await page.locator('inlay-booth-wall').getByText('Main 1').waitFor();
    await page.locator('inlay-booth-apply [name=begins] #control').press('Alt+ArrowDown');
    await page.getByRole('grid').last().waitFor();
    assert.deepEqual(await spilt(page), [], 'faults and records');
    await check(page, 'text doubled, faults and records');
    await close(page);
    const popup = await fair.open(tagOf('fair-book', full, ' mode="popup" label="See more"'), full, undefined, doubled);
    await popup.getByRole('button', { name: 'See more' }).waitFor();
    await narrow(popup);
    await popup.getByRole('button', { name: 'See more' }).click();
    await shown(popup, ['fair-book']);
    assert.deepEqual(await spilt(popup), [], 'popup');
    await check(popup, 'text doubled, popup', 'html');
    await close(popup);
  });

  it('nothing moves for who has asked for that, and something does for others', async () => {
    const { full } = fair.world;
    const host: Host = { answer: route => route.continue(), release() {} };
    let session: 'held' | 'real' = 'held';
    let goOn = () => {};
    const waits = new Promise<void>(resolve => {
      goOn = resolve;
    });
    const page = await fair.open(all(full), full, async context => {
      await context.route('**/session?*', async route => {
        if (session === 'held') await waits;
        await route.continue();
      });
      await context.route('**/page', route => host.answer(route));
    });
    const still = async (state: string) => {
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      assert.notDeepEqual(await moving(page), [], state);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      assert.deepEqual(await moving(page), [], state);
    };
    await page.locator('inlay-fair .bone').first().waitFor();
    await still('loading');
    session = 'real';
    goOn();
    await shown(page);
    hold(host);
    await press(page.locator('inlay-fair-days'), /^Next month$/);
    await page.locator('inlay-fair-days table[aria-busy=true]').waitFor();
    await still('a month on its way');
    host.release();
    await page.locator('inlay-fair-days table[aria-busy=false]').waitFor();
    await press(page.locator('inlay-fair'), /Cheese/);
    assert.deepEqual(await moving(page), [], 'a record that opens');
    await close(page);
    const popup = await fair.open(tagOf('fair', full, ' mode="popup" label="See more"'), full);
    await popup.getByRole('button', { name: 'See more' }).click();
    await shown(popup, ['fair']);
    assert.deepEqual(await moving(popup), [], 'a popup that opens');
    await close(popup);
  });
});
