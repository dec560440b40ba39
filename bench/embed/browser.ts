/** Chromium as the rows need it: a page with an empty cache and the probe in it, asked through the debugging protocol, which no page policy touches. */
import { readFileSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../../tools/chromium.ts';
import { watchProcessors } from './undisturbed.ts';

/** What the probe has noted. */
export interface Probed {
  /** Milliseconds since the navigation began; null until a service's name has been painted. */
  readonly visible: number | null;
  readonly shift: number;
  readonly violations: readonly string[];
  readonly policies: readonly string[];
  readonly stored: readonly string[];
  readonly errors: readonly string[];
  /** Milliseconds from input to next paint, of each event of an interaction. */
  readonly interactions: readonly number[];
  /** How often a widget said that it is ready. */
  readonly ready: number;
  /** Codes of `inlay:error`. */
  readonly failed: readonly (string | undefined)[];
  /** Milliseconds until the way on after a failure was painted. */
  readonly fallback: number | null;
}

export interface OpenPage {
  readonly page: Page;
  readonly session: CDPSession;
  /** What the console said at level warning or error. */
  readonly said: readonly string[];
  evaluate<T>(expression: string): Promise<T>;
  probed(): Promise<Probed>;
  close(): Promise<void>;
}

const probe = readFileSync(new URL('./probe.js', import.meta.url), 'utf8');
const SHOWN_MS = 15_000;
/** Until a browser has done what it does for a new profile and a new process (a spare process is its last). */
const REST_MS = 3000;

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS] });

/** A page in a profile of its own. */
export async function openPage(browser: Browser): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const said: string[] = [];
  page.on('console', message => {
    if (message.type() === 'warning' || message.type() === 'error') said.push(message.text());
  });
  page.on('pageerror', error => said.push(`${error}`));
  await page.addInitScript({ content: probe });
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  };
  return {
    page,
    session,
    said,
    evaluate,
    probed: () => evaluate('window.__bench'),
    close: () => context.close(),
  };
}

export interface UnwatchedOptions {
  /** How many times slower than it is the processor is made to be. */
  readonly slowdown?: number;
  /** With the probe in it, whose notes `probed` reads. */
  readonly probing?: boolean;
}

export interface UnwatchedPage {
  /** The share of the processors' time, 0 to 1, that other machines have had since the navigation began. */
  disturbed(): number;
  probed(): Promise<Probed>;
  /** JSON of an expression's value. */
  evaluate<T>(expression: string): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens a page in a profile of its own that no inspector listens to, since each of its notes costs the page time. The
 * visitor comes from another page of the website, and the browser is at rest: nothing of ours is in a cache, and what
 * a new process costs is not the page's.
 */
export async function openUnwatched(
  browser: Browser,
  url: string,
  { slowdown = 1, probing = false }: UnwatchedOptions = {},
): Promise<UnwatchedPage> {
  const root = await browser.newBrowserCDPSession();
  const { browserContextId } = await root.send('Target.createBrowserContext');
  const target = { url: 'about:blank', browserContextId, width: 1200, height: 900 };
  const { targetId } = await root.send('Target.createTarget', target);
  const { sessionId } = await root.send('Target.attachToTarget', { targetId });
  const replies = new Map<number, (result: unknown) => void>();
  root.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: unknown };
    replies.get(id)?.(result);
  });
  let count = 0;
  const send = <T>(method: string, params: object): Promise<T> => {
    const id = ++count;
    const reply = new Promise<T>(resolve => replies.set(id, resolve as (result: unknown) => void));
    root.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    return reply;
  };
  const evaluate = async <T>(expression: string): Promise<T> => {
    const asked = { expression: `JSON.stringify(${expression})`, returnByValue: true };
    const { result } = await send<{ result: { value: string } }>('Runtime.evaluate', asked);
    return JSON.parse(result.value) as T;
  };
  if (slowdown > 1) await send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  if (probing) {
    await send('Page.enable', {});
    await send('Page.addScriptToEvaluateOnNewDocument', { source: probe });
  }
  await send('Page.navigate', { url: new URL('/before/', url).href });
  await pause(REST_MS);
  const disturbed = watchProcessors();
  await send('Page.navigate', { url });
  return {
    disturbed,
    evaluate,
    probed: () => evaluate('window.__bench'),
    async close() {
      await root.send('Target.disposeBrowserContext', { browserContextId });
      await root.detach();
    },
  };
}

/** Goes there and waits until the widget shows its content. */
export async function show(open: OpenPage, url: string): Promise<Probed> {
  await open.page.goto(url, { waitUntil: 'commit' });
  const deadline = performance.now() + SHOWN_MS;
  while (performance.now() < deadline) {
    const probed = await open.probed();
    if (probed?.visible != null) return probed;
    await pause(10);
  }
  return open.probed();
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
