/** A page changes under its widgets: they take on what it has become. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inFrame, inPage } from './steps.ts';

const css = `html { background: #fff; color: #222; font: 16px/1.5 serif }
  .dark, [data-theme=dark], [data-bs-theme=dark], [data-color-scheme=dark], [data-mode=dark] { background: #111; color: #eee }`;

describe('a page that changes', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const mode of ['inline', 'frame'])
    it(`${mode}: its dark looks, by whatever attribute, and back; then from right to left`, async () => {
      const foreign = await world.open(
        `${world.script()}${tag.replace('<inlay-booking', `<inlay-booking mode="${mode}"`)}`,
        {
          css,
        },
      );
      const { page } = foreign;
      await foreign.heard('ready');
      const place = mode === 'frame' ? inFrame(page) : inPage(page);
      const row = place.getByRole('button', { name: /Beard trim/ });
      await row.waitFor();
      const ink = () => row.evaluate(element => getComputedStyle(element).color);
      const becomes = async (wanted: string, after: string) => {
        for (let tries = 0; tries < 100 && (await ink()) !== wanted; tries++) await page.waitForTimeout(50);
        assert.equal(await ink(), wanted, after);
      };
      const light = await ink();
      assert.equal(light, 'rgb(34, 34, 34)');
      const dark = ['class', 'data-theme', 'data-bs-theme', 'data-color-scheme', 'data-mode'];
      for (const name of dark) {
        const set = (value: string) =>
          page.evaluate(([key, now]) => document.documentElement.setAttribute(key, now), [name, value] as const);
        await set('dark');
        await becomes('rgb(238, 238, 238)', `${name} is there`);
        await set('');
        await becomes(light, `${name} is gone`);
      }
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
      const direction = () => row.evaluate(element => getComputedStyle(element).direction);
      for (let tries = 0; tries < 100 && (await direction()) !== 'rtl'; tries++) await page.waitForTimeout(50);
      assert.equal(await direction(), 'rtl');
      assert.deepEqual((await foreign.watched()).errors, []);
      assert.deepEqual(foreign.said, []);
      await foreign.close();
    });
});
