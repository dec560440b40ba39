import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { FairSite } from '../../support/fair-world.ts';
import { holdPatience } from './answers.ts';
import { check, judge } from './axe.ts';
import { all, close, type FairPages, forms, shown, startFairPages, type Tag, tagOf, tags } from './fair-pages.ts';
import { hasFocus } from './reach-checks.ts';
import { press } from './walk.ts';

describe('axe finds nothing serious in any widget of a manifest, in any state', { timeout: 600_000 }, () => {
  let fair: FairPages;
  let world: FairPages['world'];
  before(async () => {
    fair = await startFairPages();
    world = fair.world;
  });
  after(() => fair?.stop());
  const open: FairPages['open'] = (...given) => fair.open(...given);

  it('while they load, and when nothing comes', async () => {
    const loading = await open(all(world.full), world.full, context =>
      context.route('**/session?*', () => new Promise<void>(() => {})),
    );
    await loading.locator('inlay-fair .bone').first().waitFor();
    await check(loading, 'loading');
    await close(loading);
    const failed = await open(all(world.full), world.full, context =>
      context.route('**/session?*', route => route.abort()),
    );
    await failed.getByRole('button', { name: 'Try again' }).first().waitFor();
    await check(failed, 'failed');
    await close(failed);
  });

  it('with nothing in them, with much, and from right to left', async () => {
    const empty = await open(all(world.empty), world.empty);
    await empty.locator('inlay-fair').getByText('There is nothing here yet.').waitFor();
    await shown(empty);
    await check(empty, 'empty');
    await close(empty);
    for (const root of ['lang="en"', 'lang="ar" dir="rtl"']) {
      const full = await open(all(world.full), world.full, undefined, root);
      await shown(full);
      await check(full, `filled ${root}`);
      await close(full);
    }
  });

  it('a record that is open, a search with hits and with none, another month', async () => {
    const page = await open(all(world.full), world.full);
    await shown(page);
    for (const name of ['fair', 'fair-cards'] as const) {
      await page
        .locator(`inlay-${name}`)
        .getByRole('button', { name: /Cheese/ })
        .first()
        .click();
      await page.locator(`inlay-${name}`).getByRole('button', { name: 'Back' }).waitFor();
    }
    const search = page.locator('inlay-fair-find').getByRole('searchbox');
    await search.fill('brie');
    await search.press('Enter');
    await page.locator('inlay-fair-find').getByText('1 found').waitFor();
    await page.locator('inlay-fair-days').getByRole('button', { name: 'Next month' }).click();
    await check(page, 'opened');
    const list = page.locator('inlay-fair');
    await press(list, /^Back$/);
    await hasFocus(page, /^button .*Cheese/s, 'back at the list');
    await page.context().setOffline(true);
    await press(list, /Cheese/);
    await list.getByRole('alert').waitFor();
    await hasFocus(page, /^h2 .*Cheese/s, 'a record without a connection');
    await check(page, 'opened without a connection');
    await page.context().setOffline(false);
    await press(list, /^Try again$/);
    await list.getByRole('alert').waitFor({ state: 'detached' });
    await hasFocus(page, /^h2 .*Cheese/s, 'a record asked for again');
    await search.fill('nowhere');
    await search.press('Enter');
    await page.locator('inlay-fair-find').getByText('Nothing found.').waitFor();
    await check(page, 'nothing found');
    await close(page);
  });

  it('forms with faults, without a connection, and done', async () => {
    const page = await open(forms.map(name => tagOf(name, world.full)).join('<hr>'), world.full);
    await shown(page, forms);
    for (const name of forms) await page.locator(`inlay-${name}`).getByRole('button', { name: 'Send' }).click();
    await page.locator('inlay-fair-ask').getByText('Fill this in').first().waitFor();
    await page.locator('inlay-fair-book').getByText('This is needed.').first().waitFor();
    await hasFocus(page, /^(?:input|select|textarea) /, 'faults');
    await check(page, 'faults');
    await page.waitForTimeout(1_500);
    const ask = page.locator('inlay-fair-ask');
    await ask.getByLabel('Email').fill('ada@example.com');
    await ask.getByRole('textbox', { name: 'Text' }).fill('Is there cheese?');
    await page.context().setOffline(true);
    await ask.getByRole('button', { name: 'Send' }).click();
    await ask.getByRole('alert').waitFor();
    await check(page, 'offline');
    await page.context().setOffline(false);
    await ask.getByRole('button', { name: 'Send' }).click();
    await ask.getByRole('heading', { name: /Thank you/ }).waitFor();
    await hasFocus(page, /^h2 .*Thank you/s, 'done');
    await check(page, 'done');
    await close(page);
  });

  it('in frames: while they load, when nothing comes, with nothing in them, and from right to left; a popup that nothing comes for', async () => {
    const framed = ' mode="frame"';
    const inFrames = async (page: Page, selector: string) => {
      for (const name of tags) await page.frameLocator(`inlay-${name} iframe`).locator(selector).first().waitFor();
    };
    const loading = await open(all(world.full, framed), world.full, async context => {
      await context.route('**/session?*', () => new Promise<void>(() => {}));
      await context.addInitScript(holdPatience);
    });
    // A frame begins once there is something to show in it.
    for (const name of tags) await loading.waitForSelector(`inlay-${name} iframe`, { state: 'attached' });
    const [, guest] = loading.frames();
    assert.deepEqual(await judge(guest!, 'html'), []);
    await loading.evaluate(() => {
      for (const end of (window as unknown as { ends: (() => void)[] }).ends) end();
    });
    await loading.getByRole('button', { name: 'Try again' }).first().waitFor();
    await check(loading, 'failed in frames', 'html');
    await close(loading);
    const empty = await open(all(world.empty, framed), world.empty);
    await inFrames(empty, 'h2');
    await check(empty, 'empty in frames', 'html');
    await close(empty);
    const turned = await open(all(world.full, framed), world.full, undefined, 'lang="ar" dir="rtl"');
    await inFrames(turned, ':is(h2, h3)');
    await check(turned, 'right to left in frames', 'html');
    await close(turned);
    const failed = await open(tagOf('fair', world.full, ' mode="popup" label="See more"'), world.full, context =>
      context.route('**/session?*', route => route.abort()),
    );
    await failed.getByRole('button', { name: 'Try again' }).waitFor();
    await check(failed, 'failed popup', 'html');
    await close(failed);
  });

  it('popups while they load, with nothing in them, and done', async () => {
    const popup = async (name: Tag, site: FairSite, prepare?: (context: BrowserContext) => Promise<unknown>) => {
      const page = await open(tagOf(name, site, ' mode="popup" label="See more"'), site, prepare);
      await page.getByRole('button', { name: 'See more' }).click();
      return page;
    };
    const loading = await popup('fair', world.full, context =>
      context.route('**/session?*', () => new Promise<void>(() => {})),
    );
    await loading.locator('inlay-fair .bone').first().waitFor();
    await check(loading, 'loading popup', 'html');
    await close(loading);
    const empty = await popup('fair', world.empty);
    await empty.locator('inlay-fair').getByText('There is nothing here yet.').waitFor();
    await check(empty, 'empty popup', 'html');
    await close(empty);
    const done = await popup('fair-ask', world.full);
    await shown(done, ['fair-ask']);
    // A form that is sent too soon after it was shown is a machine's.
    await done.waitForTimeout(1_500);
    const ask = done.locator('inlay-fair-ask');
    await ask.getByLabel('Email').fill('ada@example.com');
    await ask.getByRole('textbox', { name: 'Text' }).fill('Is there cheese?');
    await ask.getByRole('button', { name: 'Send' }).click();
    await ask.getByRole('heading', { name: /Thank you/ }).waitFor();
    await check(done, 'done popup', 'html');
    await close(done);
  });

  it('the chosen day of a calendar is told in forced colours', async () => {
    const page = await open(tagOf('fair-days', world.full), world.full);
    await page.emulateMedia({ forcedColors: 'active' });
    await shown(page, ['fair-days']);
    const days = page.locator('inlay-fair-days');
    await days.locator('td.free').first().click();
    const looks = await days.locator('td[aria-selected=true]').evaluate(chosen => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.cssText = 'forced-color-adjust: none; background: Highlight; color: HighlightText';
      const of = (element: Element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color];
      return { chosen: of(chosen), system: of(probe) };
    });
    assert.deepEqual(looks.chosen, looks.system);
    await close(page);
  });

  for (const mode of ['popup', 'frame', 'float'])
    it(`each as a ${mode}`, async () => {
      for (const name of tags) {
        const page = await open(tagOf(name, world.full, ` mode="${mode}" label="See more"`), world.full);
        if (mode === 'frame') {
          const frame = await (
            await page.waitForSelector(`inlay-${name} iframe`, { state: 'attached' })
          ).contentFrame();
          await shown(frame!, [name]);
        } else {
          await page.getByRole('button', { name: 'See more' }).click();
          await shown(page, [name]);
        }
        await check(page, `${name} ${mode}`, 'html');
        // Frames from right to left are judged all at once, above.
        if (mode === 'popup') {
          await page.evaluate(() => {
            document.documentElement.dir = 'rtl';
          });
          await check(page, `${name} ${mode} right to left`, 'html');
        }
        await close(page);
      }
    });
});
