import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { attack, forge } from './forged-messages.ts';
import { inFrame, inPage } from './steps.ts';
import type { Watched } from './watch.ts';

/** The page and the widget's frame, if there is one. */
const ours = (page: Page) => page.frames().filter(frame => !frame.url().startsWith('about:'));

describe('forged messages', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const mode of ['inline', 'frame'])
    it(`${mode}: none is accepted, none throws, in the page or in the frame`, async () => {
      const foreign = await world.open(
        `${world.script()}${tag.replace('<inlay-booking', `<inlay-booking mode="${mode}"`)}`,
      );
      const { page } = foreign;
      await foreign.heard('ready');
      await page.waitForTimeout(500);
      const looks = () =>
        Promise.all(
          ours(page).map(frame =>
            frame.evaluate(() => {
              const el = document.querySelector<HTMLElement>('inlay-booking')!;
              return [el.outerHTML, el.offsetHeight, document.documentElement.lang, document.documentElement.dir];
            }),
          ),
        );
      const before = await looks();
      assert.equal(before.length, mode === 'frame' ? 2 : 1);
      await attack(page, forge());
      assert.deepEqual(await looks(), before);
      const seen = await Promise.all(
        ours(page).map(frame => frame.evaluate(() => (window as unknown as { watched: Watched }).watched)),
      );
      assert.deepEqual(
        seen.flatMap(({ errors }) => errors),
        [],
      );
      assert.deepEqual(seen[0]!.events, ['ready']);
      assert.deepEqual(await page.evaluate(() => (window as unknown as { leaked: unknown[] }).leaked), []);
      assert.deepEqual(foreign.said, []);
      // It works on as if nothing had been said.
      const place = mode === 'frame' ? inFrame(page) : inPage(page);
      await place.getByRole('button', { name: /Beard trim/ }).click();
      await place.getByRole('heading', { name: 'When suits you?' }).waitFor();
      await foreign.close();
    });
});
