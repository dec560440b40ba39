import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { check, openJudged } from './axe.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inFrame, inPage, steps } from './steps.ts';

describe('axe finds nothing serious, step by step', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());
  const open = (body: string, root?: string) => openJudged(world, body, undefined, root);

  it('sees what is wrong: a field without a name', async () => {
    const { page, close } = await open('<input>');
    await assert.rejects(check(page, 'control'), /label/);
    await close();
  });

  it('sees what is too small to hit, and what has to be scrolled sideways', async () => {
    const tiny = '<button style="all: unset; width: 12px; height: 12px; display: inline-block">x</button>';
    const { page, close } = await open(`${tiny.repeat(3)}<p style="width: 400px">wide</p>`);
    await assert.rejects(check(page, 'control'), error => {
      assert.match(`${error}`, /target-size/);
      assert.match(`${error}`, /light, 320: \d+ px too wide/);
      return true;
    });
    await close();
  });

  for (const [mode, dir] of [
    ['inline', 'ltr'],
    ['inline', 'rtl'],
    ['popup', 'ltr'],
    ['float', 'rtl'],
    ['frame', 'ltr'],
  ] as const)
    it(`booking, ${mode}, ${dir}, in every step`, { timeout: 110_000 }, async () => {
      const { page, heard, close } = await open(
        tag.replace('<inlay-booking', `<inlay-booking mode="${mode}" label="Make an appointment"`),
        `lang="en" dir="${dir}"`,
      );
      if (mode === 'popup' || mode === 'float') {
        await page.waitForFunction(() => window.Inlay?.on);
        await page.locator('inlay-booking').dispatchEvent('click');
      }
      await heard('ready');
      for (const step of steps) {
        await step.go(mode === 'frame' ? inFrame(page) : inPage(page));
        await check(page, step.name);
      }
      await close();
    });
});
