/** How long until a host that was killed under load answers again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readFrom, writeTo } from '../../tests/support/faults-world.ts';
import { startNodeProcess } from '../../tests/support/node-process.ts';
import { judged, withInstallation } from './installation.ts';

const TARGET_MS = 2_000;
const WRITERS = 8;
const LOAD_MS = 500;

/** From the new process to the first record that it reads; the address is asked every few milliseconds. */
export const restarts = (rounds: number): Promise<object> =>
  withInstallation(async held => {
    const times: number[] = [];
    let written = 0;
    for (let round = 0; round < rounds; round++) {
      const { host, salon, folder } = held.world;
      let isOver = false;
      const writing = Array.from({ length: WRITERS }, async () => {
        while (!isOver) {
          const reply = await writeTo(salon).catch(() => undefined);
          if (reply?.status === 201) written += 1;
          await reply?.arrayBuffer().catch(() => undefined);
        }
      });
      await sleep(LOAD_MS);
      isOver = true;
      await Promise.all([host.end('SIGKILL'), ...writing]);
      const begun = performance.now();
      held.world = { ...held.world, host: await startNodeProcess({ port: Number(new URL(host.url).port), folder }) };
      const reply = await readFrom(salon);
      if (reply.status !== 200) throw new Error(`The first read was answered ${reply.status}.`);
      times.push(performance.now() - begun);
    }
    return { written, ...judged(times, TARGET_MS) };
  });
