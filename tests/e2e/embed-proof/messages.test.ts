import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inFrame, inPage } from './steps.ts';
import type { Watched } from './watch.ts';

/** What an ill-willed window may send: the right words from the wrong place, and things that are no message at all. */
const forge = () => {
  const messages: unknown[] = [
    null,
    undefined,
    0,
    '',
    'inlay:hello',
    'inlay:ready',
    [],
    { type: null },
    { type: 'height', height: 5000 },
    { type: 'height', height: 'much' },
    { type: 'event', name: 'inlay:booking-confirmed', detail: { id: 'forged' } },
    { type: 'call', id: 1, action: 'hold', input: {}, write: true },
    { type: 'init', attributes: [['onclick', 'forged=1']], lang: 'xx', dir: 'rtl' },
    { type: 'attribute', name: 'staff', value: 'forged' },
    { type: 'result', id: 1, result: { ok: true, value: {} } },
    { get: new Map([[1, new Date()]]) },
  ];
  return messages;
};

/** Sends all of them from a window of ours, a sandboxed one without an origin, and the page itself, with and without ports. */
const attack = async (page: Page, messages: unknown[]): Promise<void> => {
  await page.evaluate(async list => {
    const channel = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = event => (window as unknown as { leaked: unknown[] }).leaked.push(event.data);
      return port2;
    };
    (window as unknown as { leaked: unknown[] }).leaked = [];
    const stranger = document.createElement('iframe');
    stranger.setAttribute('sandbox', 'allow-scripts');
    stranger.srcdoc = `<script>
      addEventListener('message', ({ data }) => {
        for (const message of data) {
          parent.postMessage(message, '*');
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = event => parent.postMessage({ leaked: event.data }, '*');
          parent.postMessage(message, '*', [port2]);
        }
      });
    </script>`;
    addEventListener('message', ({ data }) => {
      if (data?.leaked) (window as unknown as { leaked: unknown[] }).leaked.push(data.leaked);
    });
    const loaded = new Promise(resolve => stranger.addEventListener('load', resolve));
    document.body.append(stranger);
    await loaded;
    stranger.contentWindow!.postMessage(list, '*');
    for (const message of list) {
      postMessage(message, '*');
      postMessage(message, '*', [channel()]);
      const frame = document.querySelector('inlay-booking')?.shadowRoot?.querySelector('iframe')?.contentWindow;
      frame?.postMessage(message, '*');
      frame?.postMessage(message, '*', [channel()]);
    }
    await new Promise(resolve => setTimeout(resolve, 400));
    stranger.hidden = true;
  }, messages);
};

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
