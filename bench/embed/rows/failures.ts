/** What a visitor sees, and the host's console says, when we do not answer, answer wrongly or do not know the website. */
import type { BrowserContext } from 'playwright-core';
import { openPage, pause } from '../browser.ts';
import type { PageName } from '../foreign-pages.ts';
import { print } from '../row.ts';
import type { Fault } from '../slow-proxy.ts';
import type { World } from '../world.ts';

interface Failure {
  readonly fault?: Fault;
  readonly page?: PageName;
  readonly strange?: boolean;
  /** What stands between the visitor and us. */
  prepare?(context: BrowserContext): Promise<unknown>;
}

const ours = /\/session\?|\/embed\/c\//;
const cases: Readonly<Record<string, Failure>> = {
  'API silent': { fault: { path: '/session', kind: 'silent' } },
  'API broken': { fault: { path: '/session', kind: 'broken' } },
  'files silent': { fault: { path: '/embed/c/', kind: 'silent' } },
  'files broken': { fault: { path: '/embed/c/', kind: 'broken' } },
  'ad-blocked': { prepare: context => context.route(ours, route => route.abort('blockedbyclient')) },
  'offline after the script': { prepare: context => context.route(ours, route => route.abort('internetdisconnected')) },
  'wrong key': { page: 'wrong-key' },
  'unknown website': { strange: true },
};
const MOST_MS = 6500;

export async function failures({ browser, proxy, url, strangeUrl }: World): Promise<void> {
  for (const [name, { fault, page = 'strict', strange, prepare }] of Object.entries(cases)) {
    const open = await openPage(browser);
    proxy.fault = fault;
    await prepare?.(open.page.context());
    await open.page.goto((strange ? strangeUrl : url)(page), { waitUntil: 'commit' });
    const deadline = performance.now() + MOST_MS;
    let probed = await open.probed();
    while (performance.now() < deadline && probed?.fallback == null) {
      await pause(50);
      probed = await open.probed();
    }
    proxy.fault = undefined;
    await open.close();
    // The browser's own lines about a request that failed are not ours to keep back.
    const said = open.said.filter(text => !/^(?:Failed to load resource|Access to|Failed to preload)/.test(text));
    const value = (probed.fallback ?? Number.POSITIVE_INFINITY) / 1000;
    const detail = { uncaught: probed.errors, said };
    print({ name: `${name}: a way on shows after`, value, unit: 's', target: 5, detail });
    print({
      name: `${name}: lines in the console`,
      value: said.length + probed.errors.length,
      unit: 'lines',
      target: 1,
    });
    // One, or whoever counts failures counts one visitor twice.
    const off = Math.abs(probed.failed.length - 1);
    print({ name: `${name}: inlay:error, off from one`, value: off, unit: 'events', target: 0, detail: probed.failed });
  }
}
