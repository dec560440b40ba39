/**
 * The script a site pastes: finds Inlay tags now and later, loads their widgets and the session side by side, and
 * shows a way on where that fails. The edge replaces the string literal `"__INLAY_MANIFEST__"` by the site's manifest.
 * What stands here in an odd order stands in the one that brotli packs best (decision 0227).
 */
import type { EmbedManifest, EmbedSession } from '../schemas/protocol/embed.ts';
import type { InlayFunction, InlayTag, MountOptions, PageState } from './types.ts';

const manifest = '__INLAY_MANIFEST__' as unknown as EmbedManifest;
const waiting = window.Inlay;
const doc = document;
const script = doc.currentScript as HTMLScriptElement | null;
/** Where the script came from, so that one text serves a site's own domain too. */
const api = new URL(script?.src || manifest.api).origin;
const state: PageState = {};
/** Chunks by the path of their entry and sessions by their address, until somebody tries again. */
// biome-ignore lint/suspicious/noExplicitAny: whatever an address brings.
let asked: Record<string, Promise<any>> = {};
/** Whatever a page's own `console.warn` gives back, one warning is enough. */
let warned: unknown;
const modules = new Set<string>();

/** What a page calls: whatever it hands over, nothing is thrown back at it. */
const safely =
  <Input extends unknown[]>(work: (...input: Input) => unknown) =>
  (...input: Input) => {
    try {
      return { ok: true, ...(work(...input) as object) };
    } catch (error) {
      return { error: { code: 'INVALID_REQUEST', message: `${error}` }, ok: false };
    }
  };

const fail = (el: InlayTag, error: { code: string; detail?: string; title?: string }): undefined => {
  const detail = { code: error.code, message: error.detail || error.title };
  el.replaceChildren(
    manifest.words[0],
    make('button', {
      onclick() {
        asked = {};
        start(el);
      },
      textContent: manifest.words[1],
    }),
  );
  el.fallback = true;
  if (!warned) warned = [console.warn?.('Inlay:', detail)];
  el.dispatchEvent(new CustomEvent('inlay:error', { bubbles: true, composed: true, detail }));
};

const make = <T extends keyof HTMLElementTagNameMap>(tag: T, values?: object) =>
  Object.assign(doc.createElement(tag), values) as HTMLElementTagNameMap[T];

/** Asks for all that a tag needs, and says so in the tag where it does not come. */
const start = (el: InlayTag): undefined => {
  const widget = manifest.widgets[el.localName];
  if (!widget) return fail(el, manifest.missing);
  el.fallback = false;
  el.context = {
    ...manifest,
    ...widget,
    api,
    page: state,
    // One request for every module that has been found on the page: a module more is another address.
    open: stale => {
      const url = `${api}/embed/${manifest.key}/session?m=${[...modules]}&locale=${encodeURIComponent(
        el.getAttribute('locale') || doc.documentElement.lang || manifest.locale,
      )}`;
      // Without options, as a preload in the page's head would ask, so that it is not wasted; there are no cookies here.
      asked[url] =
        (asked[url] !== stale && asked[url]) ||
        fetch(url).then(reply => reply.json().then(body => (reply.ok ? body : Promise.reject(body))));
      return asked[url]!;
    },
  };
  Promise.race([
    Promise.all([
      task().then(el.context.open as () => Promise<EmbedSession>),
      load((el.getAttribute('mode') === 'frame' ? manifest : widget).files).then(({ show }) => show?.(el)),
    ]),
    // A page's own timers may pass no arguments on; a function around `reject` would hold on to a tag that has left.
    new Promise((_, reject) => setTimeout(reject, 4300, manifest.failure[2])),
  ]).catch(error => fail(el, error?.code ? error : manifest.failure[+navigator.onLine]!));
};

/** Starts the tags of ours among the elements, each once. */
const mount = (elements: InlayTag[]) => {
  const inline = elements
    .filter(el => /^inlay-/.test(el.localName) && el.fallback == null)
    .filter(el => {
      const widget = manifest.widgets[el.localName];
      el.fallback = false;
      if (widget) modules.add(widget.m);
      return /popup|float/.test(el.getAttribute('mode')!) ? onDemand(el) : !start(el);
    });
  // After all that goes over the network is under way, so that no frame comes before it, still before any upgrade, and
  // with one layout for all tags.
  if (inline[0])
    setTimeout(() => {
      // As a block the tag is exactly as high as the line its placeholder stood in, so nothing below it moves.
      inline.forEach(el => {
        el.style.display = 'block';
      });
      inline
        .map(
          el =>
            (!el.shadowRoot &&
              Math.max(el.offsetHeight, (el.firstElementChild?.getAttribute('height') as unknown as number) | 0)) ||
            el.context?.height,
        )
        .forEach((height, i) => {
          inline[i]!.style.minHeight = `${height}px`;
        });
    });
};

/** Fetches a module's files side by side; a file that is not the one that was built is refused by the browser. */
const load = (files: readonly string[]): Promise<{ show?(el: InlayTag): void }> =>
  (asked[files[0]!] ??= Promise.all(
    files.map(file =>
      task().then(() =>
        doc.head.append(
          make('link', {
            nonce: script?.nonce,
            integrity: manifest.integrity[file],
            rel: 'modulepreload',
            href: api + file,
          }),
        ),
      ),
    ),
  ).then(() => import(/* @vite-ignore */ api + files[0])));

/** Takes any node: what is no tag of ours is left alone by `mount`. */
const scan = (node: Node = doc) => {
  mount([node as InlayTag, ...((node as Element).querySelectorAll?.<InlayTag>(':not(:defined)') || [])]);
};

/** A tag that opens on demand is a trigger until somebody is about to use it. */
const onDemand = (el: InlayTag): undefined => {
  const go = (event?: Event) => {
    if (event && !el.shadowRoot) {
      event.preventDefault();
      el.setAttribute('open', '');
    }
    el.context || start(el);
  };
  el.addEventListener('click', go);
  setTimeout(go, 2500);
};

/** Until a task of its own has begun, so that none is long (a timer takes a promise's refusal for no delay). */
const task = () => new Promise(setTimeout as never);

if (!waiting?.on) {
  const inlay = safely((verb: string, tag: never, options: MountOptions) => {
    if (verb === 'mount') {
      const { target, ...attributes } = options;
      const element = make(tag) as InlayTag;
      const update = (values: Readonly<Record<string, unknown>>) => {
        for (const name in values)
          values[name] == null ? element.removeAttribute(name) : element.setAttribute(name, values[name] as string);
      };
      update(attributes);
      ((target as Element).append ? (target as Element) : doc.querySelector(target as string)!).append(element);
      mount([element]);
      return {
        element,
        update: safely(update),
        unmount() {
          element.remove();
        },
      };
    }
    state[verb as keyof PageState] = tag;
    doc.dispatchEvent(new CustomEvent(`inlay:${verb}`, { detail: tag }));
  }) as InlayFunction;
  window.Inlay = inlay;
  inlay.on = state;
  waiting?.q?.forEach?.(call => {
    (inlay as (...call: unknown[]) => unknown)(...call);
  });
  setTimeout(scan);
  new MutationObserver(records => {
    records.forEach(record => {
      record.addedNodes.forEach(scan);
    });
  }).observe(doc, { subtree: true, childList: true });
  // A tag that is defined calls for itself, out of the observer's sight too, as inside somebody's shadow root.
  doc.addEventListener('inlay:connect', event => mount(event.composedPath() as InlayTag[]));
  // Where it cannot be had, as behind a blocker, nothing is counted and nobody is told.
  if (manifest.beacon) setTimeout(() => load(manifest.beacon!).catch(error => error), 1500);
}
