/** How long until a visitor sees a service to book, over how many round trips, and what moved meanwhile. */
import { median, openPage, pause, show } from '../browser.ts';
import type { PageName } from '../foreign-pages.ts';
import { print } from '../row.ts';
import { sequentialTrips } from '../slow-proxy.ts';
import type { World } from '../world.ts';

const RUNS = 7;
/** Late shifts count too. */
const SETTLE_MS = 1000;

interface Visit {
  readonly visible: number;
  readonly trips: number;
  readonly shift: number;
  /** From when to when the page waited for each, in milliseconds since the navigation began. */
  readonly requests: readonly string[];
}

const REQUESTS = `performance.getEntriesByType('resource')
  .filter(({ name }) => name.includes('/embed/'))
  .map(({ name, startTime, responseEnd }) => Math.round(startTime) + '-' + Math.round(responseEnd) + ' ' + new URL(name).pathname)`;

async function visit({ browser, proxy, url }: World, page: PageName): Promise<Visit> {
  const open = await openPage(browser);
  proxy.clear();
  const { visible } = await show(open, url(page));
  const needed = proxy.trips.filter(trip => trip.ended !== undefined);
  const trips = sequentialTrips(needed);
  await pause(SETTLE_MS);
  const { shift } = await open.probed();
  const requests = await open.evaluate<string[]>(REQUESTS);
  await open.close();
  return { visible: visible ?? Number.POSITIVE_INFINITY, trips, shift, requests };
}

const pages = ['floor', 'strict', 'preloaded', 'preloaded-all', 'open'] as const;

export async function visibility(world: World): Promise<void> {
  const visits = new Map<PageName, Visit[]>(pages.map(page => [page, []]));
  // In turns, so that all of them meet the same weather.
  for (let run = 0; run < RUNS; run++) for (const page of pages) visits.get(page)!.push(await visit(world, page));
  const of = (page: PageName, name: 'trips' | 'visible' | 'shift') => visits.get(page)!.map(item => item[name]);
  const detail = (page: PageName) => ({
    runs: of(page, 'visible').map(Math.round),
    trips: median(of(page, 'trips')),
    requests: visits.get(page)![RUNS >> 1]!.requests,
  });
  const floor = median(of('floor', 'visible'));
  const visible = (name: string, page: PageName, target: number) => {
    const value = median(of(page, 'visible'));
    const more = { ...detail(page), pageOfTwoTrips: Math.round(floor), ofOurs: Math.round(value - floor) };
    print({ name, value, unit: 'ms', target, detail: more });
  };
  print({ name: 'sequential trips until content', value: median(of('strict', 'trips')), unit: 'trips', target: 2 });
  visible('visible, cold', 'strict', 300);
  visible('visible, script and session preloaded', 'preloaded', 200);
  visible('visible, widget preloaded too', 'preloaded-all', 200);
  const shift = (name: string, page: PageName) =>
    print({ name, value: Math.max(...of(page, 'shift')), unit: 'CLS', target: 0 });
  shift('layout shift, strict policy', 'strict');
  shift('layout shift, no policy', 'open');
}
