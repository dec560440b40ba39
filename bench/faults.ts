/** `npm run bench:faults`: the times of SECURITY.md's table of reliability, one JSON line for each, with its target and `meets`. */
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { drains } from './faults/drain.ts';
import { restarts } from './faults/restart.ts';
import { sickStore, troubles } from './faults/sick-store.ts';
import { startGenerator } from './load/run-load.ts';

const { values: options } = parseArgs({
  options: {
    /** Of each figure; the worst of them is compared with the target. */
    rounds: { type: 'string', default: '3' },
    /** Of one run of the neighbours. */
    seconds: { type: 'string', default: '5' },
  },
});
const [rounds, seconds] = [options.rounds, options.seconds].map(Number) as [number, number];
const print = (measured: string, figures: object) => console.log(JSON.stringify({ measured, ...figures }));

const [cpu] = cpus();
process.stderr.write(`${cpus().length} x ${cpu?.model.trim()}, Linux ${release()}, Node ${process.version}\n`);
const generator = startGenerator();
try {
  print('restart after kill -9 under load', await restarts(rounds));
  for (const trouble of troubles) {
    const { refusal, neighbours } = await sickStore(generator, trouble, { rounds, seconds });
    print(`503 of a store that is ${trouble}`, refusal);
    print(`neighbours of a store that is ${trouble}`, neighbours);
  }
  print('drain on SIGTERM', await drains(rounds));
} finally {
  generator.stop();
}
