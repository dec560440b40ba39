/** Chromium as the rows need it: a page with an empty cache and the probe in it, asked through the debugging protocol, which no page policy touches. */
import { readFileSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../../tools/chromium.ts';

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

/** Opens a page that no inspector listens to, since each of its notes costs the page time; `slowdown` is of the processor. */
export async function openUnwatched(browser: Browser, url: string, slowdown: number): Promise<() => Promise<void>> {
  const root = await browser.newBrowserCDPSession();
  const { browserContextId } = await root.send('Target.createBrowserContext');
  const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await root.send('Target.attachToTarget', { targetId });
  let id = 0;
  const send = (method: string, params: object) =>
    root.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: ++id, method, params }) });
  await send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await send('Page.navigate', { url });
  return async () => {
    await root.send('Target.disposeBrowserContext', { browserContextId });
    await root.detach();
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
