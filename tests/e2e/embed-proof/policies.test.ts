import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ForeignWorld, policies, startForeignWorld, tag } from './foreign-world.ts';
import { inFrame, inPage, steps } from './steps.ts';
import type { Watched } from './watch.ts';

const modes = {
  inline: tag,
  popup: '<inlay-booking mode="popup"><button>Make an appointment</button></inlay-booking>',
  frame: tag.replace('<inlay-booking', '<inlay-booking mode="frame"'),
};

describe('policies of the host page', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const policy of [undefined, ...policies])
    for (const [mode, body] of Object.entries(modes))
      it(`${mode}, ${policy ?? 'no policy'}: nothing is refused, nothing moves, the steps work`, async () => {
        const foreign = await world.open(`<p>before</p>${world.script()}${body}<p>after</p>`, policy && { policy });
        const { page } = foreign;
        if (mode === 'popup') await page.getByRole('button', { name: 'Make an appointment' }).click();
        await foreign.heard('ready');
        // Late shifts count too: the page's colours are sampled again after 400 ms.
        await page.waitForTimeout(600);
        const opened = (await foreign.watched()).moved;
        const place = mode === 'frame' ? inFrame(page) : inPage(page);
        for (const step of steps.slice(0, 5)) await step.go(place);
        const seen = await Promise.all(
          page.frames().map(frame => frame.evaluate(() => (window as unknown as { watched: Watched }).watched)),
        );
        assert.equal(seen.length, mode === 'frame' ? 2 : 1);
        assert.deepEqual(opened, []);
        assert.deepEqual(
          seen.flatMap(({ violations, errors }) => [...violations, ...errors]),
          [],
        );
        for (const { policies: made } of seen) assert.ok(new Set(made).size <= 1, `${made}`);
        assert.deepEqual(foreign.said, []);
        await foreign.close();
      });

  it('a page that lets nothing of ours in is told of it: the suite sees a refusal', async () => {
    const foreign = await world.open(
      `${world.script()}${tag}<p style="color: red">an attribute that the policy forbids</p>`,
      { policy: 'strict' },
    );
    assert.equal((await foreign.watched()).violations.length, 1);
    await foreign.close();
  });
});
