import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { cutOff, heldBack, holdPatience } from './answers.ts';
import { check, openJudged } from './axe.ts';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { button, press } from './walk.ts';

/** Beside the booking's own walk, by the module whose site has them. */
const tagsOf = {
  booking: ['inlay-contact', 'inlay-booking-manage', 'inlay-chat'],
  shop: ['inlay-shop', 'inlay-shop-order'],
} as const;

describe('axe finds nothing serious in what waits for its content, and in what does not get it', {
  timeout: 600_000,
}, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const [site, tags] of Object.entries(tagsOf)) {
    const open = async (names: readonly string[], mode: string, dir: string) => {
      const late = heldBack();
      const prepare = async (context: BrowserContext) => {
        await context.addInitScript(holdPatience);
        await context.route('**/session?*', late.answer);
      };
      const body = names
        .map(name => `<${name} token="none" mode="${mode}" label="Look closer"></${name}>`)
        .join('<hr>');
      const key = world.demo.sites.find(({ module = 'booking' }) => module === site)!.siteKey;
      const opened = await openJudged(world, body, prepare, `lang="en" dir="${dir}"`, key);
      return { ...opened, late, main: opened.page.locator('main') };
    };

    for (const mode of ['inline', 'frame'])
      it(`${site}: all ${mode}`, async () => {
        const { page, late, main, close } = await open(tags, mode, 'rtl');
        // A frame begins once there is something to show in it.
        for (const name of mode === 'inline' ? tags : []) await page.locator(`${name} .bone`).first().waitFor();
        await check(page, `loading ${mode}`, 'html');
        late.go(cutOff);
        await main
          .getByRole('button', { name: 'Try again' })
          .nth(tags.length - 1)
          .waitFor();
        await check(page, `failed ${mode}`, 'html');
        await close();
      });

    for (const name of tags)
      for (const [mode, dir] of [
        ['popup', 'rtl'],
        ['float', 'ltr'],
      ] as const)
        it(`${name}, ${mode}`, async () => {
          const { page, late, main, close } = await open([name], mode, dir);
          await press(main, /^Look closer$/);
          await page.locator(`${name} .bone`).first().waitFor();
          await check(page, `loading ${mode}`, 'html');
          late.go(cutOff);
          const again = button(main, /^Try again$/);
          await again.waitFor();
          await check(page, `failed ${mode}`, 'html');
          await page.context().unroute('**/session?*');
          await again.press('Enter');
          await again.waitFor({ state: 'detached' });
          await page.locator(`${name} dialog .sheet :is(h2, .notice)`).first().waitFor();
          await page.keyboard.press('Escape');
          await hasFocus(page, /^button .*Look closer/s, `${mode} closed`);
          await close();
        });
  }
});
