/**
 * Counts what happens on the page and with its widgets, without a trace in the browser: a chunk of its own that the loader fetches
 * late, where the site wants it. What it needs to know is in the fragment of its address (`BeaconSettings`).
 */
import type { BeaconSettings, EventBatch, EventKind, PageEvent } from '../schemas/protocol/analytics.ts';
import type { Consent, InlayTag } from './types.ts';

interface Entry extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput?: boolean;
  readonly interactionId?: number;
}

const { origin, hash } = new URL(import.meta.url);
const { key, consent, widgets }: BeaconSettings = JSON.parse(decodeURIComponent(hash.slice(1)));
const doc = document;
const url = `${origin}/embed/${key}/events`;
const found = () => [...doc.querySelectorAll<InlayTag>(Object.keys(widgets).join() || 'inlay-')];
const query = new URLSearchParams(location.search);
const utm = (name: string) => query.get(`utm_${name}`)?.slice(0, 200) || undefined;
const referrer = doc.referrer && new URL(doc.referrer).hostname;

let said: Consent | undefined;
let begun = false;
let path = '';
let queue: PageEvent[] = [];
let timer = 0;

const allowed = () => {
  const answer = (said ?? found().find(el => el.context)?.context?.page.consent)?.analytics;
  return consent ? answer === true : answer !== false;
};

const flush = () => {
  clearTimeout(timer);
  timer = 0;
  if (!queue.length) return;
  const batch: EventBatch = {
    path: path.slice(0, 2000),
    referrer,
    source: utm('source'),
    medium: utm('medium'),
    campaign: utm('campaign'),
    locale: doc.documentElement.lang || navigator.language,
    device: innerWidth < 600 ? 'mobile' : matchMedia('(pointer:coarse)').matches ? 'tablet' : 'desktop',
    events: queue,
  };
  const body = JSON.stringify(batch);
  queue = [];
  // A string goes as text/plain, which needs no preflight. Unlike a beacon's, this request has the page's origin whatever its
  // referrer policy, and never a cookie.
  if ('keepalive' in Request.prototype)
    fetch(url, { method: 'POST', body, keepalive: true, credentials: 'omit' }).catch(() => {});
  else navigator.sendBeacon(url, body);
};

const push = (event: PageEvent) => {
  if (!allowed()) return;
  queue.push(event);
  if (queue.length > 19) flush();
  else timer ||= setTimeout(flush, 5000) as unknown as number;
};

/** `inner`: not the first of this document. */
const view = (name?: string) => {
  flush();
  path = location.pathname;
  push({ kind: 'view', name });
};
const moved = () => location.pathname !== path && view('inner');

const tell = (el: Element, kind: EventKind, name?: string, value?: number) =>
  push({ kind, widget: el.localName, name, value, variant: el.getAttribute('variant')?.slice(0, 40) || undefined });

/** 1 seen, 2 used; what comes later includes what comes before. */
const reached = new WeakMap<Element, number>();
const reach = (el: Element, level: number) => {
  for (let now = reached.get(el) ?? 0; now < level; ) {
    tell(el, now ? 'start' : 'impression');
    reached.set(el, ++now);
  }
};

const begin = () => {
  if (begun) return;
  begun = true;

  const seen = new WeakMap<Element, number>();
  const visible = new IntersectionObserver(
    entries => {
      for (const { target: el, intersectionRatio, intersectionRect } of entries) {
        clearTimeout(seen.get(el));
        if (!el.isConnected || reached.has(el)) visible.unobserve(el);
        else if (intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight / 2)
          seen.set(el, setTimeout(reach, 1000, el, 1) as unknown as number);
      }
    },
    { threshold: [0, 0.1, 0.3, 0.5] },
  );

  const on = (type: string, hear: (el: Element, event: Event) => void) =>
    doc.addEventListener(
      type,
      event => {
        const el = (event.composedPath() as Element[]).find(node => widgets[node.localName]);
        if (el) hear(el, event);
      },
      true,
    );
  on('inlay:ready', el => visible.observe(el));
  on('pointerdown', el => reach(el, 2));
  on('keydown', (el, event) => (event as KeyboardEvent).key !== 'Tab' && reach(el, 2));
  on('inlay:error', (el, event) => tell(el, 'error', (event as CustomEvent).detail?.code));
  for (const type of new Set(Object.values(widgets).flat(2)))
    on(`inlay:${type}`, el => {
      const [steps, completes] = widgets[el.localName]!;
      const kind = completes.includes(type) ? 'complete' : steps.includes(type) && 'step';
      if (!kind) return;
      reach(el, 2);
      tell(el, kind, type);
    });

  const vitals: Record<string, number> = {};
  const observe = (type: string, hear: (entry: Entry) => void) => {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
    if (type === 'layout-shift') vitals['cls'] = 0;
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
  observe('largest-contentful-paint', ({ startTime }) => {
    vitals['lcp'] = startTime;
  });
  // The largest burst: shifts less than a second apart, five seconds at most.
  observe('layout-shift', ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return;
    if (startTime - last > 1000 || startTime - first > 5000) {
      sum = 0;
      first = startTime;
    }
    last = startTime;
    sum += value;
    vitals['cls'] = Math.max(vitals['cls']!, sum);
  });
  observe('event', ({ duration, interactionId }) => {
    if (interactionId) vitals['inp'] = Math.max(vitals['inp'] ?? 0, duration);
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

  const leave = () => {
    for (const name in vitals) {
      push({ kind: 'vital', name, value: vitals[name] });
      delete vitals[name];
    }
    flush();
  };
  doc.addEventListener('visibilitychange', () => doc.hidden && leave());
  addEventListener('pagehide', leave);
  // Back from the browser's memory, or another page of one document.
  addEventListener('pageshow', event => event.persisted && view('inner'));
  addEventListener('popstate', moved);
  (window as { navigation?: EventTarget }).navigation?.addEventListener('navigatesuccess', moved);
};

const asks = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
if (!asks.globalPrivacyControl && asks.doNotTrack !== '1') {
  doc.addEventListener('inlay:consent', event => {
    said = (event as CustomEvent<Consent>).detail;
    if (allowed()) begin();
    else queue = [];
  });
  if (allowed()) begin();
}
