/** What the published packages of others do where ours is measured: bytes, time, shift, policies, listeners, forged messages. */
import { brotliCompressSync, constants } from 'node:zlib';
import { transformSync } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { type Anchor, anchors as all, fetchAnchor } from '../anchors.ts';
import { median, type OpenPage, openPage, pause } from '../browser.ts';
import { print, printOpen } from '../row.ts';
import { DELAY, type World } from '../world.ts';

const RUNS = 3;
const MOUNTS = 50;
const SETTLE_MS = 1200;
const home = 'https://website.example/';
const policies = {
  strict: (hosts: string) =>
    `default-src 'none'; script-src ${hosts}; connect-src ${hosts}; frame-src ${hosts}; img-src *; style-src ${hosts}`,
  'trusted-types': (hosts: string) => `${policies.strict(hosts)}; require-trusted-types-for 'script'`,
} as const;
/** When the first frame has loaded, or for a widget without one, when its tag has been upgraded. */
const SHOWN = `new Promise(resolve => {
  const look = () => window.__shown || (document.querySelector('lite-youtube button') && performance.now());
  const again = () => { const at = look(); if (at || performance.now() > 6000) resolve(at || null); else setTimeout(again, 5); };
  again();
})`;
const NOTE_FRAMES = `document.addEventListener('load', ({ target }) => {
  if (target.localName === 'iframe') window.__shown ??= performance.now();
}, true)`;
const NAMES = 'Object.getOwnPropertyNames(window)';
const FORGE = `(async () => {
  for (const data of [null, undefined, '', 0, [], { type: null }, { originator: 'CAL', type: null, data: null }, { type: 'form-height-changed', height: 9 }])
    postMessage(data, '*');
  await new Promise(resolve => setTimeout(resolve, 300));
})()`;

/** Every request to anybody takes as long as one to us; what is not the anchor's script is an app that shows one line. */
async function mock(
  context: BrowserContext,
  anchor: Anchor,
  script: Buffer,
  policy: string | undefined,
  empty = false,
): Promise<void> {
  await context.addInitScript({ content: NOTE_FRAMES });
  await context.route('**/*', async route => {
    const url = route.request().url();
    if (url === home) {
      const headers: Record<string, string> = policy ? { 'Content-Security-Policy': policy } : {};
      const body = `<!doctype html><html lang="en"><title>Website</title><body><p>before</p>${empty ? '' : anchor.snippet}<p>after</p></body></html>`;
      return route.fulfill({ contentType: 'text/html', headers, body });
    }
    await pause(DELAY);
    const headers = { 'access-control-allow-origin': '*' };
    if (url === anchor.address) return route.fulfill({ contentType: 'text/javascript', headers, body: script });
    if (url.endsWith('/init.js')) return route.fulfill({ contentType: 'text/javascript', headers, body: anchor.init });
    return route.fulfill({ contentType: 'text/html', headers, body: '<!doctype html><p>Cut and finish</p>' });
  });
}

async function visit(
  world: World,
  anchor: Anchor,
  script: Buffer,
  policy?: string,
  empty?: boolean,
): Promise<OpenPage> {
  const open = await openPage(world.browser);
  await mock(open.page.context(), anchor, script, policy, empty);
  await open.page.goto(home, { waitUntil: 'commit' });
  return open;
}

async function listeners({ session }: OpenPage): Promise<number> {
  let count = 0;
  for (const expression of ['window', 'document', 'document.body']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    count += (await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! })).listeners.length;
  }
  return count;
}

async function behaviour(world: World, anchor: Anchor, script: Buffer): Promise<void> {
  const row = (name: string, value: number, unit: string, target: number, detail?: unknown) =>
    print({ name: `${anchor.name}: ${name}`, value, unit, target, foreign: true, detail });
  const hosts = `${new URL(anchor.address).origin} https://vendor.example https://form.typeform.com https://www.youtube-nocookie.com`;
  const times: number[] = [];
  const shifts: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const open = await visit(world, anchor, script);
    times.push((await open.evaluate<number | null>(SHOWN)) ?? Number.POSITIVE_INFINITY);
    await pause(SETTLE_MS);
    shifts.push((await open.probed()).shift);
    await open.close();
  }
  row('visible, cold', median(times), 'ms', 300, { runs: times.map(Math.round) });
  row('layout shift, no policy', Math.max(...shifts), 'CLS', 0);
  for (const [name, text] of Object.entries(policies)) {
    const open = await visit(world, anchor, script, text(hosts));
    const shown = await open.evaluate<number | null>(SHOWN);
    await pause(SETTLE_MS);
    const { violations, errors } = await open.probed();
    row(`policy violations, ${name}`, violations.length, 'violations', 0, {
      shows: shown !== null,
      violations,
      errors,
    });
    await open.close();
  }
  const without = await visit(world, anchor, script, undefined, true);
  await pause(SETTLE_MS);
  const known = new Set(await without.evaluate<string[]>(NAMES));
  await without.close();
  const open = await visit(world, anchor, script);
  await open.evaluate(SHOWN);
  const added = (await open.evaluate<string[]>(NAMES)).filter(
    // Frames are properties of the window by their number.
    name => !known.has(name) && name !== '__shown' && !/^\d+$/.test(name),
  );
  row('globals added', added.length, 'names', 1, added);
  if (anchor.cycle) {
    const before = await listeners(open);
    await open.evaluate(`(async () => { for (let index = 0; index < ${MOUNTS}; index++) ${anchor.cycle} })()`);
    await pause(SETTLE_MS);
    row(
      `${MOUNTS} mounts: listeners left on window and document`,
      Math.max(0, (await listeners(open)) - before),
      'listeners',
      0,
    );
  }
  const { length } = (await open.probed()).errors;
  await open.evaluate(FORGE);
  const thrown = (await open.probed()).errors.slice(length);
  row('forged messages that throw', thrown.length, 'errors', 0, [...new Set(thrown)]);
  await open.close();
}

export async function anchors(world: World): Promise<void> {
  for (const anchor of all) {
    const script = fetchAnchor(anchor);
    if (script === undefined) {
      printOpen(anchor.name, `${anchor.spec} could not be fetched`);
      continue;
    }
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    // Some packages are published as they were written; a website would minify those.
    const { code } = transformSync(script.toString(), { minify: true });
    const bytes = Math.min(...[script, code].map(text => brotliCompressSync(text, options).length));
    print({
      name: `${anchor.name}: bytes of its script`,
      value: bytes,
      unit: 'brotli bytes',
      target: 1300,
      foreign: true,
      detail: anchor.spec,
    });
    if (anchor.snippet) await behaviour(world, anchor, script);
  }
}
