/** Shows a tag's widget in a sandboxed frame of an opaque origin: the page keeps the token, the frame gets words, looks and results. */
import { createClient } from '../../../embed-sdk/client.ts';
import type { Client, InlayTag } from '../../../embed-sdk/types.ts';
import { sampleLooks, watchPage } from '../chameleon.ts';
import { hello, parseToHost, type ToGuest } from './messages.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  ':host{display:block!important;padding:0!important;border:0!important;transition:none!important}iframe{all:initial;display:block;width:100%}span{all:initial}',
);

/** Frames by what the browser may still need of them: a tag that is gone takes its frame along. */
const hosts = new Set<WeakRef<FrameHost>>();

const each = (work: (host: FrameHost) => void): void => {
  for (const reference of hosts) {
    const host = reference.deref();
    if (host) work(host);
    else hosts.delete(reference);
  }
};

/** Windows that have said hello: a frame that has led itself elsewhere is the same one, a frame that was moved is another. */
const met = new WeakSet<object>();

addEventListener('message', ({ data, origin, ports, source }) => {
  if (data !== hello || origin !== 'null' || !ports[0] || met.has(source!)) return;
  each(host => {
    if (host.iframe.contentWindow !== source) return;
    met.add(source!);
    host.connect(ports[0]!);
  });
});
watchPage(() => each(host => host.look()), new AbortController().signal);

class FrameHost {
  readonly iframe = document.createElement('iframe');
  readonly #probe = document.createElement('span');
  readonly #el: InlayTag;
  readonly #client: Client;
  #port?: MessagePort;

  constructor(el: InlayTag) {
    const { api, key } = el.context!;
    this.#el = el;
    this.#client = createClient(el.context!);
    this.iframe.setAttribute('sandbox', 'allow-scripts allow-forms allow-popups');
    this.iframe.title = el.getAttribute('label') ?? el.localName.replace(/^inlay-/, '');
    this.iframe.style.height = el.style.minHeight;
    this.iframe.src = `${api}/embed/${key}/frame/${el.localName}#${location.origin}`;
    const root = el.shadowRoot ?? el.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.#probe, this.iframe);
    new MutationObserver(records => {
      for (const { attributeName: name } of records)
        this.#post({ type: 'attribute', name: name!, value: el.getAttribute(name!) });
      this.look();
    }).observe(el, { attributes: true });
  }

  /** The loader's text in the tag is seen in the frame's place. */
  giveWay(): void {
    this.iframe.replaceWith(document.createElement('slot'));
  }

  /** The frame has loaded, or loaded anew after the tag was moved. */
  async connect(port: MessagePort): Promise<void> {
    this.#port?.close();
    this.#port = port;
    port.onmessage = ({ data }) => this.#take(data);
    this.look();
    const { lang } = document.documentElement;
    const { direction: dir } = getComputedStyle(this.#el);
    const attributes = [...this.#el.attributes].map(({ name, value }) => [name, value] as const);
    attributes.push(['prefill', this.#prefill()]);
    const room = this.iframe.style.height;
    this.#post({ type: 'init', attributes, lang, dir, room, opening: await this.#client.open() });
  }

  #post(message: ToGuest): void {
    this.#port?.postMessage(message);
  }

  /** Values for fields, the tag's own before those of the page, as the tag's own in there. */
  #prefill(): string {
    const own = this.#el.getAttribute('prefill') ?? '{}';
    try {
      return JSON.stringify({ ...this.#el.context!.page.prefill, ...JSON.parse(own) });
    } catch {
      return own;
    }
  }

  /** Tells the frame what the page looks like around the tag and gives its fields, where there is one. */
  look(): void {
    if (!this.#port || !this.#el.isConnected) return;
    const theme = this.#el.getAttribute('theme') ?? undefined;
    this.#post({ type: 'looks', looks: sampleLooks(this.#el, this.#probe, this.#el.context!.theme, theme) });
    this.#post({ type: 'attribute', name: 'prefill', value: this.#prefill() });
    this.#post({ type: 'attribute', name: 'dir', value: getComputedStyle(this.#el).direction });
  }

  async #take(data: unknown): Promise<void> {
    const message = parseToHost(data, this.#el.context!.events);
    if (message?.type === 'looks') this.look();
    else if (message?.type === 'height') {
      this.iframe.style.height = `${message.height}px`;
      this.#el.style.minHeight = '';
    } else if (message?.type === 'event') {
      const { name, detail } = message;
      this.#el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    } else if (message?.type === 'call') {
      const { id, action, input, write, proof } = message;
      this.#post({ type: 'result', id, result: await this.#client.call(action, input, { write, proof }) });
    }
  }
}

/** Kept with the tag, so that they live as long as it does. */
const shown = new WeakMap<Element, FrameHost>();

document.addEventListener('inlay:error', event => {
  const el = event.composedPath()[0] as InlayTag;
  if (el.fallback) shown.get(el)?.giveWay();
});

/** Called by the loader for `mode="frame"` and for modules that nobody has reviewed. */
export const show = (el: InlayTag): void => {
  // The session has failed before this script came.
  if (el.fallback) return;
  const host = new FrameHost(el);
  shown.set(el, host);
  hosts.add(new WeakRef(host));
};
