/** One store in trouble: how long its client waits for the 503, and what its neighbours feel beside what they felt before. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiKey, Client } from '../../schemas/protocol/index.ts';
import {
  corrupt,
  type FaultsWorld,
  lock,
  readFrom,
  restart,
  unreachable,
  writeTo,
} from '../../tests/support/faults-world.ts';
import type { LoadGenerator } from '../load/run-load.ts';
import type { Pace } from '../pace.ts';
import { type Held, judged, withInstallation } from './installation.ts';

export const troubles = ['locked', 'corrupt', 'unreachable'] as const;
type Trouble = (typeof troubles)[number];

const TARGET_REFUSAL_MS = 2_000;
const TARGET_RATIO = 1.5;
/** So many that no key meets its limit of a minute. */
const KEYS = 8;
const ARRIVALS = 60;
const WARM_SECONDS = 1;
/** The client in trouble asks once in this time, before it is in trouble too. */
const ASKS_EVERY_MS = 100;
/** A store found in trouble is left alone for half a second. */
const LEFT_ALONE_MS = 700;

/** Before, sick, before, sick: pairs of runs on one machine, of which the middle ratio is told. */
export const sickStore = (generator: LoadGenerator, trouble: Trouble, { rounds, seconds }: Pace) =>
  withInstallation(async held => {
    const keys = await neighbourKeys(held.world);
    const ask = trouble === 'locked' ? writeTo : readFrom;
    const well = trouble === 'locked' ? 201 : 200;
    /** A process that has just begun is slow for its own reasons, so each run follows one that warms up. */
    const run = async (status: number) => {
      const warming = await besides(generator, held.world, { keys, seconds: WARM_SECONDS, status, ask });
      const measured = await besides(generator, held.world, { keys, seconds, status, ask });
      return { p99: measured.p99, waits: [...warming.waits, ...measured.waits] };
    };
    const refusals: number[] = [];
    const pairs: { before: number; beside: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      // What needs a start to begin is compared with what was started as lately.
      if (trouble !== 'locked') held.world = await restart(held.world, held.file, () => {});
      const before = await run(well);
      const end = await bring(held, trouble);
      const beside = await run(503);
      await end();
      refusals.push(Math.max(...beside.waits));
      pairs.push({ before: before.p99, beside: beside.p99 });
    }
    const ratios = pairs
      .map(({ before, beside }) => Math.round((beside / before) * 100) / 100)
      .toSorted((a, b) => a - b);
    const ratio = ratios[ratios.length >> 1]!;
    const p99 = { before: pairs.map(({ before }) => before), beside: pairs.map(({ beside }) => beside) };
    return {
      refusal: judged(refusals, TARGET_REFUSAL_MS),
      neighbours: { p99, ratios, ratio, target: TARGET_RATIO, meets: ratio <= TARGET_RATIO },
    };
  });

async function neighbourKeys({ api }: FaultsWorld): Promise<string[]> {
  const client = (await api.get<Client[]>('/api/clients')).find(({ name }) => name === 'Hudson Dental')!;
  const keys: string[] = [];
  for (let n = 0; n < KEYS; n++) {
    const body = { name: `Neighbour ${n}`, scopes: ['*'] };
    keys.push((await api.send<ApiKey>(`/api/clients/${client.id}/keys`, { body })).key!);
  }
  return keys;
}

interface Besides extends Pick<Pace, 'seconds'> {
  readonly keys: readonly string[];
  /** What the client in trouble is answered. */
  readonly status: number;
  readonly ask: typeof readFrom;
}

/** Neighbours read and write at a steady rate while the other client asks too. */
async function besides(generator: LoadGenerator, world: FaultsWorld, { keys, seconds, status, ask }: Besides) {
  const waits: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const begun = performance.now();
      const reply = await ask(world.salon);
      await reply.arrayBuffer();
      if (reply.status !== status) throw new Error(`The client was answered ${reply.status}, not ${status}.`);
      waits.push(performance.now() - begun);
      await sleep(ASKS_EVERY_MS);
    }
  })();
  const headers = { authorization: 'Bearer {key}' };
  const load = generator.run({
    port: Number(new URL(world.host.url).port),
    connections: 8,
    arrivals: ARRIVALS,
    seconds,
    most: 1_000_000,
    first: 0,
    steps: [
      { method: 'GET', path: '/api/m/party/v1/person?page[size]=1', headers, status: 200 },
      { method: 'POST', path: '/api/m/party/v1/person', headers, body: '{"name":"Neighbour {n}"}', status: 201 },
    ],
    vary: { key: [...keys] },
  });
  const { p99 } = await load.finally(() => {
    isOver = true;
  });
  await asking;
  return { p99, waits };
}

/** Brings the salon's store into trouble; what it resolves with ends that. */
async function bring(held: Held, trouble: Trouble): Promise<() => Promise<void>> {
  if (trouble === 'locked') {
    const locked = lock(held.file);
    return async () => locked.free();
  }
  let made: { restore(): void } | undefined;
  held.world = await restart(held.world, held.file, () => {
    made = trouble === 'corrupt' ? corrupt(held.file) : unreachable(held.file);
  });
  return async () => {
    made!.restore();
    await sleep(LEFT_ALONE_MS);
  };
}
