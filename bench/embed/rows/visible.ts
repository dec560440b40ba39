/** How long until a visitor sees a service to book, over how many round trips, and what moved meanwhile. */
import { median, openPage, openUnwatched, pause, show } from '../browser.ts';
import type { PageName } from '../foreign-pages.ts';
import { print } from '../row.ts';
import { sequentialTrips } from '../slow-proxy.ts';
import { percentDisturbed, undisturbed } from '../undisturbed.ts';
import type { World } from '../world.ts';

const RUNS = 9;
/** Of the salon's pages, which are beside those that are judged. */
const RUNS_BESIDE = 3;
/** Milliseconds that a widget may add to a page that makes the same round trips for one text, and does nothing else. */
const MAY_ADD = 60;
/** For the widget to show. */
const SHOWN_MS = 500;
/** For late shifts, from the beginning on. */
const SETTLE_MS = 2000;

interface Visit {
  readonly visible: number;
  readonly shift: number;
  readonly disturbed: number;
  /** From when to when the page waited for each, in milliseconds since the navigation began. */
  readonly requests: readonly string[];
}

const REQUESTS = `performance.getEntriesByType('resource')
  .filter(({ name }) => /embed|floor/.test(name))
  .map(({ name, startTime, responseEnd }) => Math.round(startTime) + '-' + Math.round(responseEnd) + ' ' + new URL(name).pathname)`;

async function visit({ browser, url }: World, page: PageName): Promise<Visit> {
  const open = await openUnwatched(browser, url(page), { probing: true });
  await pause(SHOWN_MS);
  const disturbed = open.disturbed();
  await pause(SETTLE_MS - SHOWN_MS);
  const { visible, shift } = await open.probed();
  const requests = await open.evaluate<string[]>(REQUESTS);
  await open.close();
  return { visible: visible ?? Number.POSITIVE_INFINITY, shift, disturbed, requests };
}

/** Counted by the proxy, which sees preflights too, until the widget shows. */
async function tripsOf({ browser, proxy, url }: World, page: PageName): Promise<number> {
  const open = await openPage(browser);
  proxy.clear();
  await show(open, url(page));
  const trips = sequentialTrips(proxy.trips.filter(trip => trip.ended !== undefined));
  await open.close();
  return trips;
}

/** Whether the trigger of a popup is there while nothing of ours has answered. */
async function launcherWithoutUs({ browser, proxy, url }: World): Promise<boolean> {
  const open = await openPage(browser);
  proxy.fault = { path: '/embed/', kind: 'silent' };
  await open.page.goto(url('popup'), { waitUntil: 'commit' });
  await pause(SETTLE_MS);
  const isThere = await open.page.getByRole('button', { name: 'Book now' }).isVisible();
  proxy.fault = undefined;
  await open.close();
  return isThere;
}

const judged = ['plain-floor', 'plain-floor-once', 'plain', 'plain-preloaded'] as const;
const beside = ['floor', 'floor-once', 'strict', 'preloaded', 'open'] as const;
const pages = [...judged, ...beside];

export async function visibility(world: World): Promise<void> {
  const visits = new Map<PageName, Visit[]>(pages.map(page => [page, []]));
  /** Of every visit, taken again or not. */
  const shifts = new Map<PageName, number[]>(pages.map(page => [page, []]));
  const take = async (page: PageName) => {
    const taken = await visit(world, page);
    shifts.get(page)!.push(taken.shift);
    return taken;
  };
  // In turns, so that all of them meet the same weather.
  for (let run = 0; run < RUNS; run++)
    for (const page of run < RUNS_BESIDE ? pages : judged) visits.get(page)!.push(await undisturbed(() => take(page)));
  const times = (page: PageName) => visits.get(page)!.map(item => item.visible);
  const visible = (name: string, page: PageName, floorPage: PageName, target?: number) => {
    const detail = {
      runs: times(page).map(Math.round),
      percentDisturbed: percentDisturbed(visits.get(page)!),
      requests: visits.get(page)!.at(-1)!.requests,
    };
    const floor = { value: median(times(floorPage)), most: MAY_ADD };
    print({ name, value: median(times(page)), unit: 'ms', ...(target && { target }), floor, detail });
  };
  const trips = await tripsOf(world, 'plain');
  print({ name: 'sequential trips until content', value: trips, unit: 'trips', target: 2 });
  const launcher = await launcherWithoutUs(world);
  print({ name: 'sequential trips until a launcher', value: launcher ? 0 : 2, unit: 'trips', target: 1 });
  visible('visible, cold', 'plain', 'plain-floor', 300);
  visible('visible, preloaded', 'plain-preloaded', 'plain-floor-once', 200);
  visible("visible on the salon's page, cold", 'strict', 'floor');
  visible("visible on the salon's page, preloaded", 'preloaded', 'floor-once');
  const shift = (name: string, page: PageName) =>
    print({ name, value: Math.max(...shifts.get(page)!), unit: 'CLS', target: 0 });
  shift('layout shift, strict policy', 'strict');
  shift('layout shift, no policy', 'open');
}
