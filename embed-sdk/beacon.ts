/**
 * Counts what happens on the page and with its widgets, without a trace in the browser: a chunk of its own that the loader fetches
 * late, where the site wants it. What it needs to know is in the fragment of its address (`BeaconSettings`).
 */
import type { BeaconSettings, EventBatch, EventKind, PageEvent } from '../schemas/protocol/analytics.ts';
import type { InlayTag } from './types.ts';

interface Entry extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput?: boolean;
  readonly interactionId?: number;
  readonly target?: Element | null;
}

const { origin, hash } = new URL(import.meta.url);
const { key, consent, widgets }: BeaconSettings = JSON.parse(decodeURIComponent(hash.slice(1)));
const doc = document;
const url = `${origin}/embed/${key}/events`;
const found = () => [...doc.querySelectorAll<InlayTag>(Object.keys(widgets).join() || 'x')];
const query = new URLSearchParams(location.search);
const utm = (name: string) => query.get(`utm_${name}`);
const referrer = doc.referrer && new URL(doc.referrer).hostname;

/** Empty until counting has begun. */
let path = '';
let queue: PageEvent[] = [];
let timer = 0;
/** When the page came into view, 0 while it is out of it. */
let since = 0;
/** What time in view is told as: the first of a document, or more of it. */
let spent = 'left';
/** Milliseconds in view; what somebody does counts for ten seconds. From ten on the page was looked at, which is told once. */
let interest = 0;

/** Asked of the loader each time: it has heard what was said before this file came. */
const allowed = () => {
  const answer = window.Inlay?.on?.consent?.analytics;
  return consent ? answer === true : answer !== false;
};

const flush = () => {
  clearTimeout(timer);
  timer = 0;
  if (!allowed()) queue = [];
  if (!queue.length) return;
  const body = JSON.stringify({
    path,
    referrer,
    source: utm('source'),
    medium: utm('medium'),
    campaign: utm('campaign'),
    locale: doc.documentElement.lang || navigator.language,
    device: innerWidth < 600 ? 'mobile' : matchMedia('(pointer:coarse)').matches ? 'tablet' : 'desktop',
    events: queue,
  } satisfies EventBatch);
  queue = [];
  // A string goes as text/plain, which needs no preflight. Unlike a beacon's, this request has the page's origin whatever its
  // referrer policy, and never a cookie.
  fetch(url, { method: 'POST', body, keepalive: true, credentials: 'omit' }).catch(() => {});
};

const push = (event: PageEvent) => {
  if (!allowed()) return;
  queue.push(event);
  if (queue.length > 19) flush();
  else timer ||= setTimeout(flush, 5000) as unknown as number;
};

/** Largest of each since they were told, by name, or by name and widget. */
const vitals: Record<string, number> = {};
const most = (name: string, value: number) => {
  vitals[name] = Math.max(vitals[name] ?? 0, value);
};

/** Ends a time in view, or out of it, and begins the next. */
const turn = () => {
  if (since) {
    interest += vitals[spent] = performance.now() - since;
    spent = 'time';
  }
  if (interest >= 1e4) {
    vitals['stay'] = 1;
    interest = -Infinity;
  }
  for (const id in vitals) {
    const [name, widget] = id.split(' ');
    push({ kind: 'vital', name, widget, value: vitals[id] });
    delete vitals[id];
  }
  flush();
  path = location.pathname;
  since = doc.hidden ? 0 : performance.now();
};

/** `inner`: not the first of this document. */
const view = (name?: string) => {
  turn();
  push({ kind: 'view', name });
};
const moved = () => {
  if (location.pathname === path) return;
  interest += 1e4;
  view('inner');
};

const tell = (el: Element, kind: EventKind, name?: string, value?: number) =>
  push({ kind, widget: el.localName, name, value, variant: el.getAttribute('variant') });

/** 0 seen, 1 used; what comes later includes what comes before. */
const reached = new WeakMap<Element, number>();
const reach = (el: Element, level: number) => {
  interest += level * 1e4;
  for (let now = reached.get(el) ?? 0; now <= level; ) {
    tell(el, now ? 'start' : 'impression');
    reached.set(el, ++now);
  }
};

const begin = () => {
  if (path) return;

  const seen = new WeakMap<Element, number>();
  const visible = new IntersectionObserver(
    entries => {
      for (const { target: el, intersectionRatio, intersectionRect } of entries) {
        clearTimeout(seen.get(el));
        if (!el.isConnected || reached.has(el)) visible.unobserve(el);
        else if (intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight / 2)
          seen.set(el, setTimeout(reach, 1000, el, 0) as unknown as number);
      }
    },
    { threshold: [0, 0.1, 0.3, 0.5] },
  );

  const on = (type: string, hear: (el: Element, event: Event) => void) =>
    doc.addEventListener(
      type,
      event => {
        const passed = event.composedPath() as HTMLAnchorElement[];
        // A link that is followed says that the page was looked at.
        if (passed.some(node => node.href)) interest += 1e4;
        const el = passed.find(node => widgets[node.localName]);
        if (el) hear(el, event);
      },
      true,
    );
  on('inlay:ready', el => visible.observe(el));
  // A key that presses a button clicks it.
  for (const type of ['click', 'input']) on(type, el => reach(el, 1));
  on('inlay:error', (el, event) => tell(el, 'error', (event as CustomEvent).detail?.code));
  for (const type of new Set(Object.values(widgets).flatMap(Object.keys)))
    on(`inlay:${type}`, el => {
      const kind = widgets[el.localName]![type];
      if (!kind) return;
      reach(el, 1);
      tell(el, kind, type);
    });

  const observe = (type: string, hear: (entry: Entry) => void) => {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
    if (type === 'layout-shift') most('cls', 0);
    new PerformanceObserver(list => (list.getEntries() as Entry[]).forEach(hear)).observe({
      type,
      buffered: true,
      durationThreshold: 40,
    } as PerformanceObserverInit);
  };
  let sum = 0;
  let first = 0;
  let last = 0;
  view();
  observe('largest-contentful-paint', ({ startTime }) => most('lcp', startTime));
  // The largest burst: shifts less than a second apart, five seconds at most.
  observe('layout-shift', ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return;
    if (startTime - last > 1000 || startTime - first > 5000) {
      sum = 0;
      first = startTime;
    }
    last = startTime;
    sum += value;
    most('cls', sum);
  });
  observe('event', ({ duration, interactionId, target }) => {
    if (!interactionId) return;
    most('inp', duration);
    if (target && widgets[target.localName]) most(`inp ${target.localName}`, duration);
  });
  const ready = new Set<string>();
  observe('mark', ({ name, startTime }) => {
    const el = !ready.has(name) && widgets[name] && doc.querySelector(name);
    if (!el) return;
    ready.add(name);
    tell(el, 'vital', 'ready', startTime);
  });
  for (const el of found()) {
    visible.observe(el);
    if (el.fallback) tell(el, 'error', 'NOT_LOADED');
  }

  doc.addEventListener('visibilitychange', turn);
  // Back from the browser's memory, or another page of one document.
  addEventListener('pageshow', event => event.persisted && view('inner'));
  (window as { readonly navigation?: EventTarget }).navigation?.addEventListener('navigatesuccess', moved);
};

const asks = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
if (!asks.globalPrivacyControl && asks.doNotTrack !== '1') {
  const heard = () => (allowed() ? begin() : flush());
  doc.addEventListener('inlay:consent', heard);
  heard();
}
