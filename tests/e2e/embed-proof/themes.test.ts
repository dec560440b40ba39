import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bringJudge, judge } from './axe.ts';
import { painted, themes } from './foreign-themes.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

describe('themes unlike the demo', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const [name, { css, font, radius, fill }] of Object.entries(themes))
    it(`${name}: font, corners and colour are the page’s, and every text has its contrast`, async () => {
      const body = `<h1>Salon</h1><button class="cta">Call us</button>${world.script()}${tag}`;
      const foreign = await world.open(body, {
        css,
        prepare: bringJudge,
      });
      const { page } = foreign;
      await foreign.heard('ready');
      // Pictures for people, where somebody asks for them.
      const folder = process.env['INLAY_PICTURES'];
      if (folder) mkdirSync(folder, { recursive: true });
      for (const step of steps.slice(0, 4)) {
        await step.go(inPage(page));
        assert.deepEqual(await judge(page.mainFrame(), 'inlay-booking'), [], step.name);
        if (folder) await page.screenshot({ path: join(folder, `${name} ${step.name}.png`.replaceAll(' ', '-')) });
      }
      const seen = await painted(page);
      assert.match(seen.font, font);
      assert.deepEqual({ radius: seen.radius, fill: seen.fill }, { radius, fill });
      await foreign.close();
    });
});
