/** The counting of one site for tests: real databases in a temporary folder, a clock that is set, and events made by a seeded generator. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalyticsDimension } from '../../schemas/protocol/index.ts';
import { createEmbeddedDatabases } from '../adapters/node/databases.ts';
import { openControl } from '../control/database.ts';
import { agency, client, site } from '../control/schema.ts';
import { type CollectorDeps, createCollector } from './collector.ts';
import { createLocalHours } from './local-hour.ts';
import { markOf } from './sketch.ts';
import { createAnalyticsStores } from './stores.ts';
import type { CountedEvent, Visit } from './tally.ts';

export const CLIENT = '0190aaaa-0000-7000-8000-000000000001';
export const SITE = '0190aaaa-0000-7000-8000-000000000002';
export const ZONE = 'Europe/Prague';

export async function createCounting(options: Partial<CollectorDeps> & { readonly now?: string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-analytics-'));
  const databases = createEmbeddedDatabases({ folder });
  const time = { now: Date.parse(options.now ?? '2026-03-10T11:00:00Z') };
  const clock = { now: () => time.now };
  const deferred: Promise<void>[] = [];
  const { db } = openControl({ databases, clock });
  await db.insert(agency).values({ id: 'a', name: 'Studio', createdAt: 0 });
  await db
    .insert(client)
    .values({ id: CLIENT, agencyId: 'a', name: 'Rosa', zone: ZONE, createdAt: 0, deletedAt: null });
  const ofSite = {
    name: 'Main',
    siteKey: 'site_aaaabbbbccccdddd',
    locale: 'en',
    theme: {},
    createdAt: 0,
    deletedAt: null,
  };
  await db.insert(site).values({ id: SITE, clientId: CLIENT, zone: ZONE, ...ofSite });
  const stores = createAnalyticsStores({ db, clock, databases });
  const collector = createCollector({
    stores,
    clock,
    chance: { next: Math.random },
    scheduler: { defer: task => void deferred.push(task()), every: () => {} },
    gatherMs: 0,
    ...options,
  });
  return {
    collector,
    databases,
    db,
    stores,
    time,
    asked: { id: SITE, zone: ZONE },
    /** Until what was planned has been written. */
    async settled() {
      while (deferred.length > 0) await deferred.shift();
    },
    async close() {
      await Promise.allSettled(deferred);
      databases.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const kinds = ['view', 'impression', 'start', 'step', 'complete', 'error', 'vital'] as const;
const pick = <T>(next: () => number, list: readonly T[]): T => list[Math.floor(next() ** 2 * list.length)]!;
const paths = Array.from({ length: 400 }, (_, index) => `/page/${index}`);
const hosts = ['', 'google.com', 'bing.com', 'news.test', 'friend.test'];
const campaigns = ['', '', 'spring', 'newsletter'];
const hourOf = createLocalHours();

/** One page's worth of events at an instant: some pages and campaigns far more often than others. */
export function madeVisit(next: () => number, at: number, people: number, weight = 1): Visit {
  const person = Math.floor(next() * people);
  const hash = new Uint8Array(8);
  const random = seeded(person);
  new DataView(hash.buffer).setUint32(0, random() * 2 ** 32);
  new DataView(hash.buffer).setUint32(4, random() * 2 ** 32);
  const events = Array.from({ length: 1 + Math.floor(next() * 3) }, (): CountedEvent => {
    const kind = pick(next, kinds);
    const widget = kind === 'view' ? '' : 'inlay-booking';
    const name =
      { step: 'booking-held', complete: 'booking-confirmed', error: 'TIMEOUT', vital: 'ready' }[kind as string] ?? '';
    const value = kind === 'vital' ? next() * 3000 : undefined;
    return { kind, name, module: widget && 'booking', widget, variant: widget && pick(next, ['', 'b']), value };
  });
  const values: Record<AnalyticsDimension, string> = {
    path: pick(next, paths),
    referrer: pick(next, hosts),
    source: pick(next, hosts),
    medium: '',
    campaign: pick(next, campaigns),
    device: pick(next, ['mobile', 'desktop', 'tablet']),
    country: pick(next, ['CZ', 'DE', '']),
    locale: 'cs',
  };
  return { siteId: SITE, hour: hourOf(at, ZONE), mark: markOf(hash), values, events, weight };
}
