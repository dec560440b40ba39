import { after, before, describe, it } from 'node:test';
import { type Answers, answerAs } from './answers.ts';
import { openJudged } from './axe.ts';
import { toThanks } from './contact-stops.ts';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { press, walk } from './walk.ts';

describe('axe finds nothing serious in a contact form, and the focus goes on', { timeout: 600_000 }, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const [mode, dir] of [
    ['inline', 'ltr'],
    ['popup', 'rtl'],
    ['float', 'rtl'],
    ['frame', 'ltr'],
  ] as const)
    it(`${mode} ${dir}, from the empty form to the thanks`, async () => {
      const says: Answers = {};
      const { page, close } = await openJudged(
        world,
        `<inlay-contact mode="${mode}" label="Ask us"></inlay-contact>`,
        context => answerAs(context, says),
        `lang="en" dir="${dir}"`,
      );
      const framed = mode === 'frame';
      const onDemand = mode === 'popup' || mode === 'float';
      if (onDemand) await press(page.locator('main'), /^Ask us$/);
      await walk({ page, name: `contact ${mode}`, tag: 'inlay-contact', stops: toThanks(says), framed });
      if (onDemand) {
        await page.keyboard.press('Escape');
        await hasFocus(page, /^button .*Ask us/s, `contact ${mode} closed`);
      }
      await close();
    });
});
