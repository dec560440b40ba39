import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { check, openJudged } from './axe.ts';
import { type Desk, toRating, toWriting, withDesk } from './chat-stops.ts';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { press, walk } from './walk.ts';

describe('axe finds nothing serious in a chat, and the focus goes on', { timeout: 600_000 }, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  it('chat that floats, from the launcher to the rating and back', async () => {
    const desk: Desk = { cut: true };
    const { page, close } = await openJudged(world, '<inlay-chat mode="float"></inlay-chat>', context =>
      withDesk(context, desk),
    );
    const chat = page.locator('inlay-chat');
    await chat.getByRole('button', { name: 'Chat with us' }).waitFor();
    await check(page, 'launcher');
    await press(chat, /^Chat with us/);
    await hasFocus(page, /^textarea /, 'panel');
    await check(page, 'panel');
    await walk({ page, name: 'chat', tag: 'inlay-chat', stops: [...toWriting, ...toRating(desk)] });
    // A phone that was turned: the panel that left the page in use has no room beside it any more.
    await page.setViewportSize({ width: 320, height: 640 });
    const { x, y, width, height } = (await chat.getByRole('dialog').boundingBox())!;
    assert.deepEqual([x, y, width, height], [0, 0, 320, 640]);
    await page.keyboard.press('Escape');
    await hasFocus(page, /^button .*Chat with us/s, 'closed');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await close();
  });
});
