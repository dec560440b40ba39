/** Messages that nobody of ours has sent, and a page that sends them from everywhere. */
import type { Page } from 'playwright-core';

/** What an ill-willed window may send: the right words from the wrong place, and things that are no message at all. */
export const forge = () => {
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

/** Resolves once what could be answered has been; answers are in the page's `leaked`. Sends all of them from a window of ours, a sandboxed one without an origin, and the page itself, with and without ports. */
export const attack = async (page: Page, messages: unknown[]): Promise<void> => {
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
