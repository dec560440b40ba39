/** A process for tests to kill: runs the errands module over a folder, and stands still where it is told to. */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestEngine } from '../testing.ts';
import { type Errand, errandsModule } from '../testing-errands.ts';

/** `pause`: the errand that says so before its commit and then waits. `log`: a file that gets a line for each begin and end. */
export interface VictimOptions {
  readonly folder: string;
  readonly now: number;
  readonly pause?: Errand;
  readonly pauseMs: number;
  readonly log: string;
  readonly say?: string;
}

const options = JSON.parse(process.argv[2]!) as VictimOptions;
const note = (line: string) => appendFileSync(options.log, `${line}\n`);
const module = errandsModule({
  before: (errand, text) => note(`begin ${errand} ${text} ${process.pid}`),
  async after(errand, text) {
    if (errand === options.pause) {
      console.log('paused');
      await sleep(options.pauseMs);
    }
    note(`end ${errand} ${text} ${process.pid}`);
  },
});
const engine = createTestEngine({ modules: [module], now: options.now, folder: options.folder });
const send = engine.runtime.ports.mailer.send;
(engine.runtime.ports.mailer as { send: typeof send }).send = async mail => {
  note(`mail ${mail.key}`);
  await send(mail);
};
if (options.say) await engine.call(engine.actors.admin, 'errands', 'tell', { text: options.say, key: 'one' });
await engine.deliver();
console.log('done');
