/** `npm run bench`: the product beside a hand-written floor, one JSON line for each question, with the ratio and its target. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addDays, toLocal } from '../schemas/time/index.ts';
import { freePort } from '../tools/free-port.ts';
import { startGenerator } from './load/run-load.ts';
import { summarise } from './profile.ts';
import { compare, runner } from './server/compare.ts';
import type { FloorPlan, MonthRead } from './server/floor-plan.ts';
import { type Product, type SeededFolder, seedFolder, startProduct } from './server/product.ts';
import { scenarios } from './server/scenarios.ts';
import type { SeededClient } from './server/seed.ts';
import { type ServerProcess, startProcess } from './server-process.ts';

const { values: options } = parseArgs({
  options: {
    /** Scenarios whose name contains this. */
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '32' },
    /** Shows where the product's time goes in place of the comparison. */
    profile: { type: 'boolean', default: false },
  },
});
const [rounds, seconds, connections] = [options.rounds, options.seconds, options.connections].map(Number) as [
  number,
  number,
  number,
];

const DAY = 86_400_000;
/** Days that the calendar reads on both sides of the span asked for. */
const AROUND = 4;

/** What the search for free times reads and answers, so that the floor does the same without the search. */
async function monthRead({ seeded }: SeededFolder, product: Product, client: SeededClient): Promise<MonthRead> {
  const { from, to } = seeded.month;
  const reply = await fetch(`${product.url}/api/m/booking/v1/actions/availability`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.keys[0]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ service: client.service, from, to, zone: 'Europe/Prague' }),
  });
  const [start, end] = [Date.parse(from) - AROUND * DAY, Date.parse(to) + AROUND * DAY];
  const dates = { firstDate: addDays(from, -AROUND), lastDate: addDays(toLocal(end, 'UTC').date, 0) };
  return { service: client.service, start, end, ...dates, reply: ((await reply.json()) as { data: unknown }).data };
}

async function startFloor(data: SeededFolder, product: Product): Promise<ServerProcess & { port: number }> {
  const { seeded, stores, folder } = data;
  const copy = (name: 'quiet' | 'busy' | 'written' | 'booked'): string => {
    const file = join(folder, `floor-${name}.db`);
    copyFileSync(stores.get(seeded[name].id)!, file);
    return file;
  };
  const script = await (await fetch(`${product.url}/embed/${seeded.quiet.siteKey}.js`)).text();
  const plan: FloorPlan = {
    port: await freePort(),
    stores: { quiet: copy('quiet'), busy: copy('busy'), written: copy('written'), booked: copy('booked') },
    script: 'x'.repeat(Buffer.byteLength(script)),
    availability: {
      quiet: await monthRead(data, product, seeded.quiet),
      busy: await monthRead(data, product, seeded.busy),
    },
    statements: { hold: 8, confirm: 10 },
  };
  const file = join(folder, 'floor.json');
  writeFileSync(file, JSON.stringify(plan));
  const server = await startProcess({
    file: join(import.meta.dirname, 'server/floor.ts'),
    env: { FLOOR_PLAN: file },
  });
  return { ...server, port: plan.port };
}

async function compareAll(data: SeededFolder): Promise<void> {
  const product = await startProduct(data.folder);
  const floor = await startFloor(data, product);
  const generator = startGenerator();
  for (const scenario of chosen(data)) {
    console.log(
      JSON.stringify(await compare(generator, scenario, { floor, product }, { rounds, seconds, connections })),
    );
  }
  generator.stop();
  await Promise.all([floor.stop(), product.stop()]);
}

async function profileAll(data: SeededFolder): Promise<void> {
  const generator = startGenerator();
  for (const [index, scenario] of chosen(data).entries()) {
    const folder = join(data.folder, `profile-${index}`);
    const product = await startProduct(data.folder, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
    const run = runner(generator, scenario, { floor: product, product }, connections);
    const { rps } = await run('product', seconds * rounds);
    await product.stop();
    console.log(`\n${scenario.name}: ${rps} operations a second while profiled\n${summarise(folder)}`);
  }
  generator.stop();
}

const chosen = ({ seeded }: SeededFolder) => scenarios(seeded).filter(({ name }) => name.includes(options.only));

const data = await seedFolder();
try {
  await (options.profile ? profileAll(data) : compareAll(data));
} finally {
  data.remove();
}
