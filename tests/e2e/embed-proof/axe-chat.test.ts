import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Route } from 'playwright-core';
import { cutOff, holdPatience, silent } from './answers.ts';
import { check, openJudged } from './axe.ts';
import { toDetails, toSent } from './chat-asked-stops.ts';
import { chatByKeyboard } from './chat-by-keyboard.ts';
import { type Desk, knownUser, nobody, says, setUser, withDesk } from './chat-desk.ts';
import { anywhere } from './chat-mode-stops.ts';
import { toRating, toWriting, write } from './chat-stops.ts';
import { talked } from './chat-talk-stops.ts';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { doubled, moving, narrow, spilt } from './visitor-settings.ts';
import { press, walk } from './walk.ts';

describe('axe finds nothing serious in a chat, and the focus goes on', { timeout: 900_000 }, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());
  const open = (body: string, desk: Desk, root?: string) =>
    openJudged(world, body, (context: BrowserContext) => withDesk(context, desk), root);

  it('chat that floats, from the launcher to the rating and back', async () => {
    const desk: Desk = { hello: nobody, answers: {} };
    const { page, close } = await open('<inlay-chat mode="float"></inlay-chat>', desk);
    const chat = page.locator('inlay-chat');
    await chat.getByRole('button', { name: 'Chat with us' }).waitFor();
    await check(page, 'launcher');
    await press(chat, /^Chat with us/);
    await hasFocus(page, /^textarea /, 'panel');
    // What closes it is within the chat's own header, not in a bar above it.
    const boxOf = async (selector: string) => (await chat.locator(selector).boundingBox())!;
    const [header, dismiss] = [await boxOf('dialog header'), await boxOf('dialog .dismiss')];
    assert.ok(dismiss.y >= header.y && dismiss.x > header.x + header.width / 2, 'the button that closes it');
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

  it('chat in its place: who is there, what it asks for, and a first message that is refused', async () => {
    const desk: Desk = { answers: {} };
    const { page, close } = await open('<inlay-chat></inlay-chat>', desk);
    await walk({ page, name: 'chat', tag: 'inlay-chat', stops: [...toDetails(page, desk), ...toSent(page, desk)] });
    await close();
  });

  it('chat of a user who is known: the history, those who answer, what becomes of it', async () => {
    const desk: Desk = { answers: {} };
    const { user, hash } = await knownUser(world);
    const { page, close } = await open(`<inlay-chat user="${user}" hash="${hash}"></inlay-chat>`, desk);
    await walk({ page, name: 'known', tag: 'inlay-chat', stops: talked(page, desk) });
    await close();
  });

  it('chat that loads and cannot be had, in its place and as a float, and what nobody has read', async () => {
    const desk: Desk = { hello: { asks: { name: 'off', email: 'off' } }, answers: {} };
    let session = silent as (route: Route) => Promise<void>;
    const { page, close, heard } = await openJudged(
      world,
      '<inlay-chat></inlay-chat><inlay-chat mode="float" label="Chat with us"></inlay-chat>',
      async context => {
        // The loader's patience, which is less than a judge's.
        await context.addInitScript(holdPatience);
        await withDesk(context, desk);
        await context.route(/\/session\?/, route => session(route));
      },
    );
    const [chat, float] = [page.locator('inlay-chat').first(), page.locator('inlay-chat[mode=float]')];
    await chat.locator('.bone').first().waitFor();
    await check(page, 'loading');
    await press(float, /^Chat with us/);
    await float.getByRole('dialog').locator('.bone').first().waitFor();
    await hasFocus(page, /^(?:dialog|button) /, 'panel while it loads');
    await check(page, 'panel while it loads');

    session = cutOff;
    await page.reload();
    await chat.getByRole('button', { name: 'Try again' }).waitFor();
    await float.getByRole('button', { name: 'Try again' }).waitFor();
    await check(page, 'failed');
    await press(float, /^Try again$/);
    await float.getByRole('dialog').waitFor();
    await float.getByRole('button', { name: 'Try again' }).waitFor();
    await check(page, 'failed again');
    session = route => route.fallback();
    await press(float, /^Try again$/);
    await float.getByRole('textbox').waitFor();
    await hasFocus(page, /^(?:textarea|button) /, 'tried again');
    await page.keyboard.press('Escape');
    await hasFocus(page, /^button .*Chat with us/s, 'tried again, and closed');
    await press(chat, /^Try again$/);
    await heard('ready', 2);
    await hasFocus(page, /^h2 /, 'tried again in its place');
    await check(page, 'tried again');

    await write(chat, 'Is anybody there?');
    await chat.getByText('Sent', { exact: true }).waitFor();

    desk.says = Array.from({ length: 12 }, (_, i) => says(900 + i, 'Yes!'));
    await page.evaluate(() => document.querySelector('inlay-chat')!.remove());
    await page.reload();
    await page.evaluate(() => document.querySelector('inlay-chat')!.remove());
    await float.getByRole('button', { name: /12 new messages/ }).waitFor();
    await check(page, 'launcher with unread messages', 'body');
    await close();
  });

  for (const [name, attributes, root] of [
    ['popup', 'mode="popup" label="Ask us"', 'lang="en" dir="rtl"'],
    [
      'float',
      'mode="float" label="Ask us"',
      'lang="es" dir="rtl"',
      '@media (forced-colors: none) { html body { color: #e8d9c0; background: #1d1208 } }',
    ],
    ['frame', 'mode="frame"', 'lang="de"'],
  ] as const)
    it(`chat in a ${name}, ${root}: what it asks, and a whole conversation`, async () => {
      const desk: Desk = { hello: nobody, answers: {} };
      const { page, close } = await open(`<inlay-chat ${attributes}></inlay-chat>`, desk, root);
      const framed = name === 'frame';
      if (!framed) await press(page.locator('main'), /^Ask us$/);
      const place = framed ? page.frameLocator('inlay-chat iframe') : page.locator('inlay-chat');
      await place.locator('.composer').waitFor();
      const user = await knownUser(world);
      const vouch = () => setUser(place, user);
      await walk({ page, name: `chat ${name}`, tag: 'inlay-chat', stops: anywhere(desk, vouch), framed });
      if (!framed) {
        await page.keyboard.press('Escape');
        await hasFocus(page, /^button .*Ask us/s, 'closed');
      }
      await close();
    });

  it('chat by keyboard alone, with text twice as large and nothing that moves', async () => {
    const desk: Desk = { hello: nobody, answers: {} };
    const { page, close } = await open('<inlay-chat mode="float" label="Ask us"></inlay-chat>', desk, doubled);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Ask us' }).waitFor();
    await narrow(page);
    await chatByKeyboard(page, desk, async state => {
      assert.deepEqual([await spilt(page), await moving(page)], [[], []], state);
      await check(page, `twice the text: ${state}`);
      await page.setViewportSize({ width: 320, height: 900 });
    });
    await close();
  });
});
