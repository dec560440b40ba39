/** A real Chromium for end-to-end tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';
import { ensureChromium } from '../../tools/chromium.ts';
import { clockAhead, setClockAhead } from '../../tools/clock-ahead.ts';

/** What a browser of the tests is started with. */
export const browserFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that a test makes up has no address, and may ask the host on this machine all the same.
  '--disable-features=LocalNetworkAccessChecks',
];

export const startBrowser = (options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({ executablePath: ensureChromium(), args: [...browserFlags], ...options });

/**
 * A Chromium whose tabs are in front or behind as a person's are: the driver makes every page of its own contexts believe
 * that it is in front, so this one has the browser's first context alone.
 */
export async function startTabbedBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'inlay-profile-'));
  const args = [
    ...browserFlags,
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ];
  const process = spawn(ensureChromium(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    process.on('exit', () => reject(new Error(`Chromium did not start:\n${said}`)));
    process.stderr.on('data', text => {
      said += text;
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
  });
  const browser = await chromium.connectOverCDP(url, { noDefaults: true });
  const [context] = browser.contexts();
  const disconnect = browser.close.bind(browser);
  return Object.assign(browser, {
    newContext: async () => context!,
    async close() {
      const ended = new Promise(resolve => process.on('exit', resolve));
      await disconnect();
      process.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  });
}

/** What went wrong in a context's pages: console errors, exceptions, violations of a Content-Security-Policy. */
export interface Complaints {
  readonly found: string[];
}

/** A context whose pages report what a visitor's console would show. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; complaints: Complaints }> {
  const context = await browser.newContext({ timezoneId: 'Europe/Prague', locale: 'en-GB', ...options });
  if (clockAhead !== 0) await context.addInitScript(setClockAhead, clockAhead);
  const found: string[] = [];
  context.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text());
  });
  context.on('weberror', error => found.push(String(error.error())));
  return { context, complaints: { found } };
}

/** Signs in at the desk. Before anybody is, it is told 401, which the browser reports and which is not kept. */
export async function signInTo(
  page: Page,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
  complaints: Complaints,
): Promise<void> {
  await page.goto(`${url}/signin`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(at => !at.pathname.startsWith('/signin'));
  complaints.found.length = 0;
}
