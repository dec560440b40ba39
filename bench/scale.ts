/** `npm run bench:scale`: one host with 10, 100, 1,000 and 10,000 stores, one JSON line for each size and question, so that growth is seen. */
import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { startGenerator } from './load/run-load.ts';
import { cold, controlPlane, idleMinute, soak, sweepOverAll, warm } from './scale/figures.ts';
import { furnish, makeTemplate } from './scale/furnish.ts';
import { type Rig, startRig, stopRig } from './scale/rig.ts';

const { values: options } = parseArgs({
  options: {
    stores: { type: 'string', default: '10,100,1000,10000' },
    rounds: { type: 'string', default: '2' },
    /** Of one run. */
    seconds: { type: 'string', default: '1' },
    /** How long nothing is asked of any of them; 0 leaves it out. */
    idle: { type: 'string', default: '20' },
    /** Minutes of random access to all stores of the largest; 0 leaves it out. */
    soak: { type: 'string', default: '0.5' },
    /** Seconds that a sweep over all stores of the largest may take; 0 leaves it out. */
    sweep: { type: 'string', default: '50' },
  },
});
const sizes = options.stores.split(',').map(Number);
const [rounds, seconds, idle, soakMinutes, sweep] = [
  options.rounds,
  options.seconds,
  options.idle,
  options.soak,
  options.sweep,
].map(Number) as [number, number, number, number, number];

const print = (measured: string, stores: number, figures: object) =>
  console.log(JSON.stringify({ measured, stores, ...figures }));
const say = (text: string) => process.stderr.write(`${text}\n`);

const [cpu] = cpus();
const gigabytes = Math.round(totalmem() / 2 ** 30);
say(`${cpus().length} x ${cpu?.model.trim()}, ${gigabytes} GB, Linux ${release()}, Node ${process.version}`);
const generator = startGenerator();
const template = await makeTemplate();
const rigs: Rig[] = [];
try {
  for (const size of sizes) {
    say(`${size} stores: copying`);
    rigs.push(await startRig(template, furnish(template, size), generator));
  }
  for (const rig of rigs) {
    const size = rig.data.clients.length;
    say(`${size} stores: first hits`);
    print('cold', size, await cold(rig));
    say(`${size} stores: warm`);
    print('warm', size, await warm(rig, { seconds, rounds }));
    print('control plane', size, await controlPlane(rig));
  }
  const largest = rigs.at(-1);
  if (sweep > 0 && largest) {
    say('a sweep over all');
    print('sweep', largest.data.clients.length, await sweepOverAll(largest, sweep));
  }
  if (soakMinutes > 0 && largest) {
    say('soak');
    print('soak', largest.data.clients.length, await soak(largest, soakMinutes * 60));
  }
  if (idle > 0) {
    say('idle');
    for (const figures of await idleMinute(rigs, idle)) print('idle minute', Number.NaN, figures);
  }
} finally {
  generator.stop();
  await Promise.all(rigs.map(stopRig));
  template.remove();
}
