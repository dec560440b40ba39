/** A module of somebody else, with an element of its own, on a page in a real browser: where it runs, what it may tell, what it is told. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import { openContext, startBrowser } from '../../support/browser.ts';
import { type StrangerWorld, startStrangerWorld, strangerOrigin } from '../../support/stranger-world.ts';
import { type Watched, watch } from './watch.ts';

interface Stranger {
  strangerRanAt?: string;
  strangerPost(message: unknown): void;
}

const css = `
  html { background: #fff; color: #222; font: 16px/1.5 serif; --inlay-accent: rgb(179, 19, 79) }
  html.dark { background: #111; color: #eee; --inlay-accent: rgb(255, 176, 0) }`;

describe('a module that nobody has reviewed', () => {
  let world: StrangerWorld;
  let browser: Browser;
  before(async () => {
    world = await startStrangerWorld();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  /** The page with the bell in it, once it shows; `fetched`: which of its files were asked for, and from where. */
  async function open() {
    const { context, complaints } = await openContext(browser);
    context.setDefaultTimeout(8000);
    await context.addInitScript(watch);
    const page = await context.newPage();
    const fetched: { url: string; frame: Frame }[] = [];
    page.on('request', request => fetched.push({ url: request.url(), frame: request.frame() }));
    const body = `<!doctype html><html lang="en"><head><title>Square</title><style>${css}</style></head><body>
      <script>heard = []; for (const type of ['bell-rung', 'bell-broken', 'connect']) addEventListener('inlay:' + type, ({ detail }) => heard.push([type, detail]))</script>
      <script async src="${world.host.url}/embed/${world.siteKey}.js"></script><inlay-bell></inlay-bell><p id="below">below</p></body></html>`;
    await page.route(`${strangerOrigin}/`, route => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(strangerOrigin);
    await page.waitForFunction(() =>
      (window as unknown as { watched: Watched }).watched.events.some(event => /^(?:ready|error)/.test(event)),
    );
    // With `isTrusted` gone there is none.
    const frame = page.frames().find(one => one !== page.mainFrame());
    return { page, frame: frame!, fetched, said: complaints.found, close: () => context.close() };
  }
  const bell = (frame: Frame) => frame.getByRole('button', { name: 'Ring' });
  const heard = (page: Page) =>
    page.evaluate(() => (window as unknown as { heard: [type: string, detail: unknown][] }).heard);
  const watched = (place: Page | Frame) => place.evaluate(() => (window as unknown as { watched: Watched }).watched);
  const post = (frame: Frame, message: unknown) =>
    frame.evaluate(one => (window as unknown as Stranger).strangerPost(one), message);

  it('has none of its code in the page: it runs in a sandbox without an origin', async () => {
    const { page, frame, fetched, said, close } = await open();
    assert.ok(frame, 'there is a frame');
    const own = fetched.filter(({ url }) => world.files.includes(url));
    assert.ok(own.length > 0 && world.files.length > 0);
    for (const { url, frame: asked } of own) assert.equal(asked, frame, `${url} was asked for by ${asked.url()}`);
    const ran = () => [(window as unknown as Stranger).strangerRanAt, !!customElements.get('inlay-bell'), self.origin];
    assert.deepEqual(await page.evaluate(ran), [undefined, false, strangerOrigin]);
    assert.deepEqual(await frame.evaluate(ran), [frame.url(), true, 'null']);
    assert.equal(
      await page.locator('inlay-bell iframe').getAttribute('sandbox'),
      'allow-scripts allow-forms allow-popups',
    );
    assert.deepEqual((await watched(page)).events, ['ready']);
    assert.deepEqual(said, []);
    await close();
  });

  it('tells over its port what its manifest declares; the rest is dropped, and nothing throws', async () => {
    const { page, frame, said, close } = await open();
    await bell(frame).click();
    await page.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length === 1);
    assert.deepEqual(await heard(page), [['bell-rung', { heard: 'ding' }]]);
    const height = () => page.locator('inlay-bell').evaluate(el => (el as HTMLElement).offsetHeight);
    const before = await height();
    for (const message of [
      null,
      undefined,
      7,
      'looks',
      [],
      {},
      { type: 'init', attributes: [['onclick', 'forged']] },
      { type: 'result', id: 1, result: { ok: true, value: 'forged' } },
      { type: 'height', height: Number.NaN },
      { type: 'height', height: Number.POSITIVE_INFINITY },
      { type: 'height', height: -1 },
      { type: 'height', height: '1px;position:fixed' },
      { type: 'event', name: 'inlay:bell-broken' },
      { type: 'event', name: 'inlay:booking-confirmed', detail: { id: 'forged' } },
      { type: 'event', name: 'inlay:consent', detail: { analytics: true, storage: true } },
      { type: 'event', name: 'inlay:prefill', detail: { name: 'forged' } },
      { type: 'event', name: 'inlay:connect' },
      { type: 'event', name: 'inlay:bell-rung', detail: 'x'.repeat(70_000) },
      { type: 'event', name: 'click' },
      { type: 'call', id: 'one', action: 'ring', input: { note: 'forged' } },
      { type: 'call', id: 1, action: '../../booking/v1/actions/hold', input: {} },
    ])
      await post(frame, message);
    await post(frame, { type: 'event', name: 'inlay:bell-rung', detail: 'the last' });
    await page.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 1);
    assert.deepEqual(await heard(page), [
      ['bell-rung', { heard: 'ding' }],
      ['bell-rung', 'the last'],
    ]);
    assert.equal(await height(), before);
    const { events, errors } = await watched(page);
    assert.deepEqual({ events, errors }, { events: ['ready'], errors: [] });
    assert.equal(await page.evaluate(() => window.Inlay!.on!.consent), undefined);
    assert.deepEqual((await watched(frame)).errors, []);
    assert.deepEqual(said, []);
    await close();
  });

  it('calls what its widget declares; another of its actions is forbidden', async () => {
    const { frame, close } = await open();
    const call = (action: string, input: object) =>
      frame.evaluate(
        ([name, value]) => {
          const el = document.querySelector('inlay-bell') as unknown as {
            client: { call(action: string, input: unknown): Promise<unknown> };
          };
          return el.client.call(name, value);
        },
        [action, input] as const,
      );
    assert.deepEqual(await call('ring', { note: 'dong' }), { ok: true, value: { heard: 'dong' } });
    const { ok, error } = (await call('peal', {})) as { ok: boolean; error: { code: string } };
    assert.deepEqual([ok, error.code], [false, 'FORBIDDEN']);
    await close();
  });

  it('looks like the page, also once that turns dark', async () => {
    const { page, frame, close } = await open();
    const fill = () => bell(frame).evaluate(button => getComputedStyle(button).backgroundColor);
    const paper = () => frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const become = async (want: readonly string[]) => {
      for (let tries = 0; tries < 300; tries++) {
        if ([await fill(), await paper()].join() === want.join()) return;
        await page.waitForTimeout(50);
      }
      assert.deepEqual([await fill(), await paper()], want);
    };
    await become(['rgb(179, 19, 79)', 'rgb(255, 255, 255)']);
    await page.evaluate(() => document.documentElement.classList.add('dark'));
    await become(['rgb(255, 176, 0)', 'rgb(17, 17, 17)']);
    await page.evaluate(() => document.documentElement.classList.remove('dark'));
    await become(['rgb(179, 19, 79)', 'rgb(255, 255, 255)']);
    // A word of the page's for this tag alone.
    await page.locator('inlay-bell').evaluate(el => el.setAttribute('theme', 'dark'));
    const [night] = ['rgb(22, 24, 27)'];
    for (let tries = 0; tries < 300 && (await paper()) !== night; tries++) await page.waitForTimeout(50);
    assert.equal(await paper(), night);
    await close();
  });

  it('is as high as what it shows', async () => {
    const { page, frame, close } = await open();
    const grow = (pixels: number) =>
      frame.evaluate(height => {
        document
          .querySelector('inlay-bell')!
          .shadowRoot!.querySelector<HTMLElement>('.room')!.style.height = `${height}px`;
      }, pixels);
    const top = async () => (await page.locator('#below').boundingBox())!.y;
    const inside = () => frame.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    const settled = async (test: () => Promise<boolean>) => {
      for (let tries = 0; tries < 300 && !(await test()); tries++) await page.waitForTimeout(50);
      assert.ok(await test(), `below at ${await top()}, ${await inside()} hidden`);
    };
    await settled(async () => (await inside()) === 0);
    const small = await top();
    await grow(700);
    await settled(async () => (await top()) >= small + 600 && (await inside()) === 0);
    await grow(0);
    await settled(async () => Math.abs((await top()) - small) < 1);
    await close();
  });
});
