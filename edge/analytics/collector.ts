/** Takes events as fast as they come and writes them together: a second's worth for each client in one batch. */
import { uuidv7 } from 'uuidv7';
import type { Chance, Clock, Scheduler } from '../../schemas/ports/index.ts';
import type { AnalyticsStores } from './stores.ts';
import { KnownValues, Tally, type Visit } from './tally.ts';
import { writeTally } from './write-tally.ts';

export interface CollectorDeps {
  readonly stores: AnalyticsStores;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  /** How long counts are gathered before they are written; a crash loses as much at most. */
  readonly gatherMs?: number;
  /** Batches of one site that are all counted in a second. */
  readonly fullRate?: number;
  /** Hears of a client whose counts were written. */
  readonly written?: (clientId: string) => Promise<void>;
}

export interface Collector {
  /** How many batches the next one of this site stands for, or 0 where it is left out. */
  weigh(siteId: string): number;
  add(clientId: string, visit: Visit): void;
  /** Writes what there is. What fails is kept and tried again with the next. Throws the first failure. */
  flush(): Promise<void>;
}

interface Waiting {
  readonly clientId: string;
  readonly id: string;
  readonly tally: Tally;
}

/** A tally with more rows is written at once. */
const MOST_ROWS = 50_000;
/** Tallies that could not be written, over all clients; past it the oldest are lost. */
const MOST_WAITING = 200;
/** A request that was to write and is gone by now was dropped by its host. */
const LOST_MS = 10_000;

export function createCollector({
  stores,
  clock,
  chance,
  scheduler,
  gatherMs = 1_000,
  fullRate = 500,
  written,
}: CollectorDeps): Collector {
  const known = new KnownValues();
  const open = new Map<string, Tally>();
  let waiting: Waiting[] = [];
  /** When the write that is planned was planned; epoch milliseconds. */
  let plannedAt: number | undefined;
  let second = 0;
  const rates = new Map<string, number>();

  const close = (clientId: string, tally: Tally) => {
    open.delete(clientId);
    waiting.push({ clientId, id: uuidv7(), tally });
  };

  async function flush(): Promise<void> {
    for (const [clientId, tally] of open) close(clientId, tally);
    const batch = waiting;
    waiting = [];
    const failures: unknown[] = [];
    await Promise.all(
      batch.map(async item => {
        try {
          await writeTally(await stores.make(item.clientId), item.id, item.tally, clock.now());
        } catch (error) {
          failures.push(error);
          waiting.push(item);
          return;
        }
        await written?.(item.clientId).catch(error => failures.push(error));
      }),
    );
    waiting = waiting.slice(-MOST_WAITING);
    if (failures.length > 0) throw failures[0];
  }

  const plan = () => {
    const now = clock.now();
    if (plannedAt !== undefined && now - plannedAt < LOST_MS) return;
    plannedAt = now;
    scheduler.defer(async () => {
      await new Promise(resume => setTimeout(resume, gatherMs));
      plannedAt = undefined;
      await flush();
    });
  };

  return {
    weigh(siteId) {
      const now = Math.floor(clock.now() / 1000);
      if (now !== second) {
        rates.clear();
        second = now;
      }
      const count = rates.get(siteId) ?? 0;
      rates.set(siteId, count + 1);
      if (count < fullRate) return 1;
      // Decided by the number of batches alone, so that what is counted is right in expectation.
      const weight = 2 ** Math.ceil(Math.log2((count + 1) / fullRate));
      return chance.next() * weight < 1 ? weight : 0;
    },
    add(clientId, visit) {
      let tally = open.get(clientId);
      if (!tally) {
        tally = new Tally(known);
        open.set(clientId, tally);
      }
      tally.add(visit);
      if (tally.size > MOST_ROWS) close(clientId, tally);
      plan();
    },
    flush,
  };
}
