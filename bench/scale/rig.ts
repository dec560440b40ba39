/** One size of installation under measurement: product and floor over copies of the same files, and a way to ask either. */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../tools/free-port.ts';
import { createChance } from '../load/chance.ts';
import type { Step } from '../load/job.ts';
import type { LoadGenerator } from '../load/run-load.ts';
import { type Product, startProduct } from '../server/product.ts';
import { type ServerProcess, startProcess } from '../server-process.ts';
import type { Furnished, FurnishedClient, Template } from './furnish.ts';

export interface Rig {
  readonly data: Furnished;
  readonly product: Product;
  /** Milliseconds until the product listened. */
  readonly startMs: number;
  readonly floor: ServerProcess & { readonly port: number };
  readonly template: Template;
  readonly generator: LoadGenerator;
}

export interface Ask {
  readonly of: 'product' | 'floor';
  readonly clients: readonly FurnishedClient[];
  readonly connections: number;
  /** Requests that come each second whatever becomes of those before, each timed from when it was due. */
  readonly arrivals?: number;
  readonly seconds: number;
  /** Requests at most. */
  readonly most?: number;
}

const NO_BOUND = 10_000_000;

export async function startRig(template: Template, data: Furnished, generator: LoadGenerator): Promise<Rig> {
  const copy = join(data.folder, 'floor-stores');
  cpSync(join(data.folder, 'stores'), copy, { recursive: true });
  const port = await freePort();
  const file = join(import.meta.dirname, 'floor.ts');
  const env = { FLOOR_STORES: copy, FLOOR_PORT: `${port}` };
  const floor = { ...(await startProcess({ file, env })), port };
  const begun = performance.now();
  const product = await startProduct(data.folder);
  return { template, data, generator, floor, product, startMs: Math.round(performance.now() - begun) };
}

/** Reads one row of each client in turn, with a key of its own. Throws with the first reply that is not a 200. */
export function ask({ generator, product, floor, template }: Rig, { of, clients, most = NO_BOUND, ...pace }: Ask) {
  const step: Step =
    of === 'product'
      ? {
          method: 'GET',
          path: `/api/m/booking/v1/service/${template.service}`,
          headers: { authorization: 'Bearer {key}' },
          status: 200,
        }
      : { method: 'GET', path: `/row/{store}/${template.service}`, status: 200 };
  const vary = { key: keysInTurn(clients), store: clients.map(({ store }) => store) };
  const { port } = of === 'product' ? product : floor;
  return generator.run({ ...pace, port, most, first: 0, steps: [step], vary });
}

/** A client that comes up again uses its next key. */
function keysInTurn(clients: readonly FurnishedClient[]): string[] {
  const turns = new Map<string, number>();
  return clients.map(({ id, keys }) => {
    const turn = turns.get(id) ?? 0;
    turns.set(id, turn + 1);
    return keys[turn % keys.length]!;
  });
}

/** `count` clients at random, any of them any number of times; the same in every run. */
export function draw(clients: readonly FurnishedClient[], count: number): FurnishedClient[] {
  const chance = createChance();
  return Array.from({ length: count }, () => clients[Math.floor(chance() * clients.length)]!);
}

/** Takes the stores' files out of this system's page cache; false where it has no such tool. */
export function dropFromPageCache({ folder }: Furnished, clients: readonly FurnishedClient[]): boolean {
  return clients.every(
    ({ store }) =>
      spawnSync('dd', [`if=${join(folder, `stores/${store}.db`)}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
        .status === 0,
  );
}

export async function stopRig({ product, floor }: Rig): Promise<void> {
  await Promise.all([product.stop(), floor.stop()]);
}
