/** What is measured of an installation of one size. */
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { Pace } from '../pace.ts';
import { processorTime } from '../server-process.ts';
import { type FurnishedClient, owner } from './furnish.ts';
import { processFigures } from './process-figures.ts';
import { ask, draw, dropFromPageCache, type Rig } from './rig.ts';

const TARGET_COLD_MS = 50;
const CONNECTIONS = 32;
const WARM_STORES = 100;
const MOST_SAMPLES = 1_000;
const MOST_DROPPED = 300;
/** First hits a second: all of 10,000 stores within four minutes of a start. */
const ARRIVALS = 40;
const MOST_ARRIVALS = 1_200;
const SETTLE_MS = 1_000;
const NEIGHBOURS = 8;
const PROBE_MS = 250;
const DRAWN = 50_000;
const NO_END = 600;

/** First hits: the store is not open and the tenant not loaded. Every store is hit exactly once, so this comes first. */
export async function cold(rig: Rig): Promise<object> {
  const { clients } = rig.data;
  await sleep(SETTLE_MS);
  const idle = processFigures(rig.product.pid);
  const quarter = Math.ceil(clients.length / 4);
  const dropped = clients.slice(0, Math.min(quarter, MOST_DROPPED));
  const alone = clients.slice(dropped.length, dropped.length + Math.min(quarter, MOST_SAMPLES));
  const coming = clients.slice(dropped.length + alone.length).slice(0, Math.min(quarter, MOST_ARRIVALS));
  const rest = clients.slice(dropped.length + alone.length + coming.length);
  const hit = async (chosen: typeof clients, connections: number, arrivals?: number) => {
    if (chosen.length === 0) return undefined;
    const most = chosen.length;
    const before = processorTime(rig.product.pid) ?? Number.NaN;
    const asked = { of: 'product', clients: chosen, connections, seconds: NO_END, most } as const;
    const { p50, p99, rps } = await ask(rig, arrivals === undefined ? asked : { ...asked, arrivals });
    const spent = (processorTime(rig.product.pid) ?? Number.NaN) - before;
    return { stores: most, p50, p99, rps, cpuMs: Math.round((spent / most) * 100) / 100 };
  };
  // The first request of a process loads code; that is its start, no store's first hit.
  await fetch(`${rig.product.url}/api/m/booking/v1/service`);
  const isDropped = dropFromPageCache(rig.data, dropped);
  const fromDisk = await hit(dropped, 1);
  const fromMemory = await hit(alone, 1);
  const arriving = await hit(coming, CONNECTIONS, ARRIVALS);
  // As fast as it can: what a host bears, no visitor's wait, as each of these waits for the seven others.
  const eightAtOnce = await hit(rest, 8);
  const worst = Math.max(fromDisk?.p99 ?? 0, fromMemory?.p99 ?? 0, arriving?.p99 ?? 0);
  return {
    startMs: rig.startMs,
    idle,
    firstHitMs: {
      [isDropped ? 'notInPageCache' : 'inPageCacheToo']: fromDisk,
      inPageCache: fromMemory,
      [`arriving${ARRIVALS}EachSecond`]: arriving,
      eightAtOnce,
    },
    target: TARGET_COLD_MS,
    meets: worst <= TARGET_COLD_MS,
    everyStoreTouched: processFigures(rig.product.pid),
  };
}

/** Stores that stay open, and stores drawn from all; product and floor take turns. */
export async function warm(rig: Rig, { seconds, rounds }: Pace): Promise<object> {
  const few = rig.data.clients.slice(-WARM_STORES);
  const drawnOf = (from: readonly FurnishedClient[]) => draw(from, DRAWN);
  const alone = await ask(rig, { of: 'product', clients: drawnOf(few), connections: 1, seconds });
  const compare = async (from: readonly FurnishedClient[]) => {
    const clients = drawnOf(from);
    const pairs: { product: number; floor: number; p50: number; p99: number; floorP99: number }[] = [];
    for (let round = -1; round < rounds; round++) {
      const floor = await ask(rig, { of: 'floor', clients, connections: CONNECTIONS, seconds });
      const { rps, p50, p99 } = await ask(rig, { of: 'product', clients, connections: CONNECTIONS, seconds });
      if (round >= 0) pairs.push({ product: rps, floor: floor.rps, p50, p99, floorP99: floor.p99 });
    }
    const middle = (of: (pair: (typeof pairs)[number]) => number) =>
      pairs.map(of).toSorted((a, b) => a - b)[pairs.length >> 1]!;
    return {
      rps: middle(pair => pair.product),
      p50: middle(pair => pair.p50),
      p99: middle(pair => pair.p99),
      floorRps: middle(pair => pair.floor),
      floorP99: middle(pair => pair.floorP99),
      ratio: Math.round(middle(pair => pair.product / pair.floor) * 100) / 100,
    };
  };
  return {
    hitMs: { p50: alone.p50, p99: alone.p99 },
    openStores: { stores: few.length, ...(await compare(few)) },
    randomStores: { stores: rig.data.clients.length, ...(await compare(rig.data.clients)) },
    after: processFigures(rig.product.pid),
  };
}

/** The agency's own questions, with all clients in one agency. */
export async function controlPlane({ data, product }: Rig): Promise<object> {
  const api = new ApiClient(request => fetch(request), product.url);
  await api.send('/api/session', { body: { email: owner.email, password: owner.password } });
  const someone = data.clients[data.clients.length >> 1]!.id;
  const questions: Record<string, () => Promise<unknown>> = {
    firstPageOfClients: () => api.get('/api/clients?page[size]=50'),
    oneClient: () => api.get(`/api/clients/${someone}`),
    itsInstallations: () => api.get(`/api/clients/${someone}/installations`),
    itsSites: () => api.get(`/api/clients/${someone}/sites`),
    itsKeys: () => api.get(`/api/clients/${someone}/keys`),
    newestAudit: () => api.get('/api/audit?page[size]=50'),
    newClient: () => api.send('/api/clients', { body: { name: 'New', zone: 'UTC' } }),
  };
  const figures: Record<string, object> = {};
  for (const [name, question] of Object.entries(questions)) {
    const times: number[] = [];
    for (let n = 0; n < 100; n++) {
      const begun = performance.now();
      await question();
      times.push(performance.now() - begun);
    }
    figures[name] = percentiles(times);
  }
  return figures;
}

/** Every store is made due at once: how long until the sweeper has looked into all, and what its neighbours feel. */
export async function sweepOverAll(rig: Rig, mostSeconds: number): Promise<object> {
  const db = new Libsql(`${rig.data.folder}/stores/control.db`, { timeout: 5_000 });
  const due = db.prepare('SELECT count(*) FROM store WHERE next_due_at IS NOT NULL AND next_due_at <= ?').raw();
  const count = () => (due.get([Date.now()]) as number[])[0]!;
  const marked = Date.now();
  db.exec(`UPDATE store SET next_due_at = ${marked - 1}`);
  const all = count();
  const cpuBefore = processorTime(rig.product.pid) ?? Number.NaN;
  const neighbours = rig.data.clients.slice(-NEIGHBOURS);
  const times: number[] = [];
  let first: number | undefined;
  let left = all;
  while (left > 0 && Date.now() - marked < mostSeconds * 1_000) {
    const { p50, p99 } = await ask(rig, {
      of: 'product',
      clients: neighbours,
      connections: 1,
      seconds: NO_END,
      most: neighbours.length,
    });
    if (left < all) times.push(p50, p99);
    await sleep(PROBE_MS);
    left = count();
    if (left < all) first ??= Date.now();
  }
  const seconds = first === undefined ? undefined : Math.round((Date.now() - first) / 100) / 10;
  db.close();
  const cpuMs = (processorTime(rig.product.pid) ?? Number.NaN) - cpuBefore;
  return {
    due: all,
    left,
    seconds,
    cpuMsOfEach: Math.round((cpuMs / (all - left)) * 100) / 100,
    neighbourMs: percentiles(times),
  };
}

/** Processor time of a product that nobody asks anything, in milliseconds for a minute. */
export async function idleMinute(rigs: readonly Rig[], seconds: number): Promise<object[]> {
  const before = rigs.map(({ product }) => processorTime(product.pid) ?? Number.NaN);
  await sleep(seconds * 1_000);
  return rigs.map(({ data, product }, index) => {
    const spent = (processorTime(product.pid) ?? Number.NaN) - before[index]!;
    return { stores: data.clients.length, cpuMs: Math.round((spent * 60) / seconds), ...processFigures(product.pid) };
  });
}

/** Random stores for as long as is asked, memory and descriptors read every second; the first third warms up. */
export async function soak(rig: Rig, seconds: number): Promise<object> {
  const drawn = draw(rig.data.clients, DRAWN);
  const samples: { rss: number; fds: number }[] = [];
  const timer = setInterval(() => samples.push(processFigures(rig.product.pid)), 1_000);
  const { rps, p50, p99 } = await ask(rig, { of: 'product', clients: drawn, connections: 8, seconds });
  clearInterval(timer);
  const settled = samples.slice(Math.floor(samples.length / 3));
  const spread = (of: (sample: (typeof samples)[number]) => number) => {
    const values = settled.map(of).toSorted((a, b) => a - b);
    const [low, middle, high] = [values[0]!, values[values.length >> 1]!, values.at(-1)!];
    const percent = Math.round((Math.max(high - middle, middle - low) / middle) * 1_000) / 10;
    return { low, middle, high, percent, meets: percent <= 5 };
  };
  return { seconds, rps, p50, p99, rss: spread(sample => sample.rss), fds: spread(sample => sample.fds) };
}

function percentiles(times: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 100) / 100;
  return { p50: at(0.5), p99: at(0.99) };
}
