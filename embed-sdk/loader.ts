/**
 * The script a site pastes: finds Inlay tags now and later, loads their widgets and the session side by side, and
 * shows a way on where that fails. The edge replaces the string literal `"__INLAY_MANIFEST__"` by the site's manifest.
 */
import type { EmbedManifest, EmbedSession } from '../schemas/protocol/embed.ts';
import type { InlayFunction, InlayTag, MountOptions } from './types.ts';

const { key, api, locale, theme, widgets } = '__INLAY_MANIFEST__' as unknown as EmbedManifest;
const doc = document;
const page = window;
const waiting = page.Inlay;
let sessions: Record<string, Promise<EmbedSession>> = {};
const seen = new WeakSet<Element>();
const selector = `${Object.keys(widgets)}`;
let warned: unknown;

const open = (m: string, lang: string, stale?: Promise<EmbedSession>) => {
  const query = `m=${m}&locale=${encodeURIComponent(lang)}`;
  if (!sessions[query] || sessions[query] === stale) {
    sessions[query] = fetch(`${api}/embed/${key}/session?${query}`, { credentials: 'omit' }).then(async reply => {
      const body = await reply.json();
      if (!reply.ok) throw body;
      return body;
    });
  }
  return sessions[query]!;
};

const load = (el: InlayTag, { m, v, src, also }: EmbedManifest['widgets'][string]) => {
  el.fallback = false;
  el.context = {
    api,
    m,
    v,
    theme,
    open: stale => open(m, el.getAttribute('locale') || doc.documentElement.lang || locale, stale),
  };
  Promise.race([
    Promise.all([el.context.open(), ...[src, ...also].map(url => import(/* @vite-ignore */ url))]),
    new Promise((_, fail) => setTimeout(fail, 4500, { code: 'TIMEOUT', title: 'no reply within 4.5 s' })),
  ]).catch(error => {
    const detail = { code: error.code || 'UNREACHABLE', message: error.detail || error.title || error.message };
    const text = doc.createElement('p');
    const again = doc.createElement('button');
    text.textContent = 'This part of the page could not be loaded. ';
    again.textContent = 'Try again';
    again.onclick = () => {
      sessions = {};
      load(el, widgets[el.localName]!);
    };
    text.append(again);
    el.replaceChildren(text);
    el.fallback = true;
    if (!warned) console.warn('Inlay:', detail);
    warned = detail;
    el.dispatchEvent(new CustomEvent('inlay:error', { detail, bubbles: true, composed: true }));
  });
};

const mount = (elements: Iterable<InlayTag>) => {
  const fresh = [...elements].filter(el => widgets[el.localName] && !seen.has(el));
  for (const el of fresh) {
    seen.add(el);
    // As a block the tag is exactly as high as the line its placeholder stood in, so nothing below it moves.
    el.style.display = 'block';
    load(el, widgets[el.localName]!);
  }
  // After all that goes over the network is under way, still before any upgrade, and with one layout for all tags.
  queueMicrotask(() => {
    const heights = fresh.map(el => (!el.shadowRoot && el.offsetHeight) || widgets[el.localName]!.height);
    fresh.forEach((el, i) => {
      el.style.minHeight = `${heights[i]}px`;
    });
  });
};

const scan = (node: Node) => {
  if ((node as Element).querySelectorAll)
    mount([node as InlayTag, ...(node as Element).querySelectorAll<InlayTag>(selector)]);
};

if (!waiting?.on && selector) {
  const inlay: InlayFunction = (_verb, tag: string, { target, ...attributes }: MountOptions) => {
    try {
      const element = doc.createElement(tag) as InlayTag;
      const update = (values: object) => {
        for (const [name, value] of Object.entries(values))
          value == null ? element.removeAttribute(name) : element.setAttribute(name, value);
      };
      update(attributes);
      (typeof target === 'string' ? doc.querySelector(target)! : target).append(element);
      mount([element]);
      return { ok: true, element, update, unmount: () => element.remove() };
    } catch (error) {
      return { ok: false, error: { code: 'INVALID_REQUEST', message: `${error}` } };
    }
  };
  inlay.on = 1;
  page.Inlay = inlay;
  scan(doc);
  new MutationObserver(records => {
    for (const { addedNodes } of records) addedNodes.forEach(scan);
  }).observe(doc, { childList: true, subtree: true });
  // A tag inside somebody's shadow root is out of the observer's sight; once defined, it calls for itself.
  doc.addEventListener('inlay:connect', event => mount([event.composedPath()[0] as InlayTag]));
  for (const call of waiting?.q || []) (inlay as (...call: unknown[]) => unknown)(...Array.from(call));
}
