/** Fifty widgets on one page: what they ask for together, and how the page answers to a click. */
import { openPage, pause, show } from '../browser.ts';
import { print } from '../row.ts';
import type { World } from '../world.ts';

const CLICKS = 12;

export async function crowd({ browser, proxy, url }: World): Promise<void> {
  const open = await openPage(browser);
  proxy.clear();
  await show(open, url('crowd'));
  await pause(1500);
  const { ready } = await open.probed();
  const asked = (part: string) => proxy.trips.filter(trip => trip.path.includes(part)).length;
  const requests = {
    manifest: asked('/embed/site_') - asked('/session'),
    session: asked('/session'),
    runtime: asked('/runtime-'),
  };
  for (let index = 0; index < CLICKS; index++) {
    const spot = await open.evaluate<{ x: number; y: number }>(`(() => {
      const tag = document.querySelectorAll('inlay-booking')[${index * 4}];
      tag.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = tag.shadowRoot.querySelector('button.row').getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    })()`);
    await pause(100);
    await open.page.mouse.click(spot.x, spot.y);
    await pause(250);
  }
  const { interactions } = await open.probed();
  await open.close();
  const detail = { shown: ready, ...requests };
  print({ name: '50 widgets: manifests', value: requests.manifest, unit: 'requests', target: 1, detail });
  print({ name: '50 widgets: sessions', value: requests.session, unit: 'requests', target: 1 });
  print({ name: '50 widgets: runtimes', value: requests.runtime, unit: 'requests', target: 1 });
  const latency = { clicks: CLICKS, over16ms: interactions.length };
  print({
    name: '50 widgets: slowest click',
    value: Math.max(0, ...interactions),
    unit: 'ms',
    target: 100,
    detail: latency,
  });
}
