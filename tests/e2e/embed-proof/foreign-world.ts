/** A host with the demo in it, a browser, and pages of the salon's own website that a test makes up, under a policy or none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Demo } from '../../../edge/demo/seed.ts';
import { startHost, type TestHost } from '../../integration/host.ts';
import { openContext, startBrowser } from '../../support/browser.ts';
import { type Watched, watch } from './watch.ts';

/** `strict`: nothing but our origin; `nonce`: scripts by nonce and what they load; `trusted-types`: strict, and no text becomes code. */
export type Policy = 'strict' | 'nonce' | 'trusted-types';
export const policies: readonly Policy[] = ['strict', 'nonce', 'trusted-types'];

export interface PageOptions {
  readonly policy?: Policy;
  /** The page has scripts of its own origin, which make these Trusted Types policies. */
  readonly app?: { readonly trusts: readonly string[] };
  /** Text of a style sheet of the page. */
  readonly css?: string;
  /** In the head before anything else. */
  readonly head?: string;
  /** Attributes of the root element. */
  readonly root?: string;
  readonly context?: BrowserContextOptions;
  /** Called with the context before the page is asked for. */
  prepare?(context: BrowserContext): Promise<unknown>;
  /** In place of the salon's registered origin. */
  readonly origin?: string;
}

export interface ForeignPage {
  readonly page: Page;
  /** What the console said at level warning or error. */
  readonly said: readonly string[];
  watched(): Promise<Watched>;
  /** Resolves when `inlay:{type}` has been sent so many times. */
  heard(type: string, times?: number): Promise<void>;
  close(): Promise<void>;
}

export interface ForeignWorld {
  readonly host: TestHost;
  readonly browser: Browser;
  readonly demo: Demo;
  readonly siteKey: string;
  /** The script element of the salon's site, or of another key. */
  script(key?: string): string;
  open(body: string, options?: PageOptions): Promise<ForeignPage>;
  stop(): Promise<void>;
}

const NONCE = 'cHJvb2Y';
/** The loader's own is 4.3 s; a machine with more to do than this takes its time. */
const PATIENCE_MS = 20_000;

/** The tag with the placeholder that the dashboard's snippet has. */
export const tag =
  '<inlay-booking><svg width="1" height="420" display="block" aria-hidden="true"></svg></inlay-booking>';

const policyOf = (policy: Policy, host: string, app: PageOptions['app']): string => {
  const scripts = policy === 'nonce' ? `'nonce-${NONCE}' 'strict-dynamic'` : app ? `'self' ${host}` : host;
  // The npm package makes a policy of the same name as the widgets do, for the script's address.
  const names = ['lit-html', ...(app ? ["'allow-duplicates'", ...app.trusts] : [])].join(' ');
  const rest = policy === 'trusted-types' ? `; require-trusted-types-for 'script'; trusted-types ${names}` : '';
  return `default-src 'none'; script-src ${scripts}; connect-src ${host}; frame-src ${host}; style-src 'self'; base-uri 'none'; form-action 'none'${rest}`;
};

/** Starts all of it; `args` are further flags of the browser. */
export async function startForeignWorld(start: () => Promise<Browser> = startBrowser): Promise<ForeignWorld> {
  const host = await startHost({ demo: true });
  const demo = JSON.parse(readFileSync(join(host.dataFolder!, 'demo.json'), 'utf8')) as Demo;
  const browser = await start();
  const { siteKey } = demo.sites[0]!;
  return {
    host,
    browser,
    demo,
    siteKey,
    script: (key = siteKey) => `<script async nonce="${NONCE}" src="${host.url}/embed/${key}.js"></script>`,
    async open(body, { policy, app, css = '', head = '', root = 'lang="en"', context: options, prepare, origin } = {}) {
      const { context, complaints } = await openContext(browser, options);
      context.setDefaultTimeout(PATIENCE_MS);
      await context.addInitScript(watch);
      const site = origin ?? demo.embedOrigin;
      const text = `<!doctype html><html ${root}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Salon</title>${head}<link rel="stylesheet" href="/ours.css"></head><body><main>${body}</main></body></html>`;
      const headers: Record<string, string> = policy
        ? { 'Content-Security-Policy': policyOf(policy, host.url, app) }
        : {};
      await context.route(`${site}/ours`, route => route.fulfill({ contentType: 'text/html', headers, body: text }));
      await context.route(`${site}/ours.css`, route => route.fulfill({ contentType: 'text/css', body: css }));
      await prepare?.(context);
      const page = await context.newPage();
      await page.goto(`${site}/ours`);
      const watched = () => page.evaluate(() => (window as unknown as { watched: Watched }).watched);
      return {
        page,
        said: complaints.found,
        watched,
        async heard(type, times = 1) {
          await page.waitForFunction(
            ([name, count]) =>
              (window as unknown as { watched: Watched }).watched.events.filter(event => event.split(' ')[0] === name)
                .length >= count,
            [type, times] as const,
          );
        },
        close: () => context.close(),
      };
    },
    async stop() {
      await browser.close();
      await host.stop();
    },
  };
}
