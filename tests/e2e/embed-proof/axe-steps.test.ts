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
  const open = (body: string) => openJudged(world, body);

  it('sees what is wrong: a field without a name', async () => {
    const { page, close } = await open('<input>');
    await assert.rejects(check(page, 'control'), /label/);
    await close();
  });

  for (const mode of ['inline', 'popup', 'frame'])
    it(`booking, ${mode}, in every step`, { timeout: 110_000 }, async () => {
      const { page, heard, close } = await open(
        tag.replace('<inlay-booking', `<inlay-booking mode="${mode}" label="Make an appointment"`),
      );
      if (mode === 'popup') {
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
