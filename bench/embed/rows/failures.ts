/** What a visitor sees, and the host's console says, when we do not answer, answer wrongly or do not know the website. */
import { openPage, pause } from '../browser.ts';
import { print } from '../row.ts';
import type { Fault } from '../slow-proxy.ts';
import type { World } from '../world.ts';

const cases: Readonly<Record<string, { fault?: Fault; strange?: boolean }>> = {
  'API silent': { fault: { path: '/session', kind: 'silent' } },
  'API broken': { fault: { path: '/session', kind: 'broken' } },
  'files silent': { fault: { path: '/embed/c/', kind: 'silent' } },
  'files broken': { fault: { path: '/embed/c/', kind: 'broken' } },
  'unknown website': { strange: true },
};
const MOST_MS = 6500;

export async function failures({ browser, proxy, url, strangeUrl }: World): Promise<void> {
  for (const [name, { fault, strange }] of Object.entries(cases)) {
    const open = await openPage(browser);
    proxy.fault = fault;
    await open.page.goto((strange ? strangeUrl : url)('strict'), { waitUntil: 'commit' });
    const deadline = performance.now() + MOST_MS;
    let probed = await open.probed();
    while (performance.now() < deadline && probed?.fallback == null) {
      await pause(50);
      probed = await open.probed();
    }
    proxy.fault = undefined;
    await open.close();
    // The browser's own lines about a request that failed are not ours to keep back.
    const said = open.said.filter(text => !/^(?:Failed to load resource|Access to fetch)/.test(text));
    const value = (probed.fallback ?? Number.POSITIVE_INFINITY) / 1000;
    const detail = { events: probed.failed, uncaught: probed.errors, said };
    print({ name: `${name}: a way on shows after`, value, unit: 's', target: 5, detail });
    print({
      name: `${name}: lines in the console`,
      value: said.length + probed.errors.length,
      unit: 'lines',
      target: 1,
    });
  }
}
