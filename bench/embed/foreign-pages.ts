/** Websites that are not ours, as many as there are ways to embed: the demo's salon under other policies, twice, fifty times, in hostile CSS. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createDemoSite, demoPolicy } from '../../edge/demo/site.ts';
import { pageBefore } from './page-before.ts';

export interface PageParts {
  /** The snippet's script element and its tag. */
  readonly script: string;
  readonly tag: string;
  readonly apiOrigin: string;
  readonly siteKey: string;
  /** URL of the widget's module. */
  readonly widget: string;
  /** What the dashboard hands out to fetch ahead, for a popup, for a frame. */
  readonly head: string;
  readonly popup: string;
  readonly framed: string;
}

interface Variant {
  /** Put in the head. */
  readonly head?: string;
  /** In the snippet's place. */
  readonly snippet: string;
  /** None for a page without a policy. */
  readonly policy?: string;
  /** On an empty page in place of the salon's. */
  readonly bare?: boolean;
}

const NONCE = 'YmVuY2g';
const HERE = '<!--here-->';
const bare = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title><style>
body { margin: 0; font: 16px/1.5 Georgia, serif; color: #222; background: #fff; }
main { width: 640px; }
</style></head><body><main>${HERE}</main></body></html>`;
const hostile = readFileSync(new URL('./hostile.css', import.meta.url), 'utf8');

function variants({ script, tag, apiOrigin, siteKey, widget, head, popup, framed }: PageParts) {
  const snippet = `${script}\n${tag}`;
  const policy = demoPolicy(apiOrigin);
  const nonce = policy.replace(/script-src [^;]+/, `script-src 'nonce-${NONCE}' 'strict-dynamic'`);
  return {
    strict: { snippet, policy },
    nonce: { snippet: snippet.replace('<script', `<script nonce="${NONCE}"`), policy: nonce },
    'trusted-types': { snippet, policy: `${policy}; require-trusted-types-for 'script'` },
    floor: { snippet: `<script async src="${apiOrigin}/floor.js"></script>`, policy },
    'floor-once': { snippet: `<script async src="${apiOrigin}/floor-once.js"></script>`, policy },
    open: { snippet },
    without: { snippet: '' },
    preloaded: { snippet, policy, head },
    twice: {
      snippet: `${snippet}${script}${script.replace('.js"', '.js?copy"')}<script type="module" src="${widget}?copy"></script>`,
    },
    taken: {
      snippet: `<script>customElements.define('inlay-booking', class extends HTMLElement {})</script>${snippet}`,
    },
    crowd: { snippet: script + tag.repeat(50), policy },
    plain: { snippet, policy, bare: true },
    'plain-floor': { snippet: `<script async src="${apiOrigin}/floor.js"></script>`, policy, bare: true },
    'plain-floor-once': { snippet: `<script async src="${apiOrigin}/floor-once.js"></script>`, policy, bare: true },
    'plain-preloaded': { snippet, policy, bare: true, head },
    popup: { snippet: popup, policy, bare: true },
    framed: { snippet: framed, bare: true },
    'wrong-key': { snippet: snippet.replace(siteKey, 'site_aaaaaaaaaaaaaaaa'), policy },
    calm: { snippet, bare: true },
    hostile: { snippet, bare: true, head: `<style>${hostile}</style>` },
  } satisfies Record<string, Variant>;
}

export type PageName = keyof ReturnType<typeof variants>;

/** Pages are at `/page/{name}`; their fonts and styles are the demo's. */
export async function serveForeignPages(port: number, parts: PageParts): Promise<{ stop(): Promise<void> }> {
  const demo = createDemoSite({ apiOrigin: parts.apiOrigin, snippets: { '/': { snippet: HERE, contact: '' } } });
  const salon = await (await demo.request('/')).text();
  const app = new Hono();
  for (const [name, variant] of Object.entries<Variant>(variants(parts))) {
    const text = (variant.bare ? bare : salon)
      .replace(HERE, () => variant.snippet)
      .replace('</head>', () => `${variant.head ?? ''}</head>`);
    const headers: Record<string, string> = variant.policy ? { 'Content-Security-Policy': variant.policy } : {};
    app.get(`/page/${name}`, c => c.html(text, 200, headers));
  }
  app.route('/', pageBefore());
  app.route('/', demo);
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }) as Server;
  return {
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
