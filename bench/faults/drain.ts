/** How long a host takes from SIGTERM until it has ended, with writes under way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { lock, writeTo } from '../../tests/support/faults-world.ts';
import { startNodeProcess } from '../../tests/support/node-process.ts';
import { judged, withInstallation } from './installation.ts';

const TARGET_MS = 10_000;
const WRITES = 50;
/** The store is locked from before the writes until this long after the signal. */
const LOCKED_MS = 100;

export const drains = (rounds: number): Promise<object> =>
  withInstallation(async held => {
    const times: number[] = [];
    let acknowledged = 0;
    for (let round = 0; round < rounds; round++) {
      const { host, salon, folder } = held.world;
      const locked = lock(held.file);
      const writing = Array.from({ length: WRITES }, () =>
        writeTo(salon).then(
          reply => reply.status,
          () => undefined,
        ),
      );
      await sleep(300);
      const begun = performance.now();
      const ended = host.end('SIGTERM');
      await sleep(LOCKED_MS);
      locked.free();
      const code = await ended;
      times.push(performance.now() - begun);
      if (code !== 0) throw new Error(`It ended with ${code}.`);
      acknowledged += (await Promise.all(writing)).filter(status => status === 201).length;
      held.world = { ...held.world, host: await startNodeProcess({ port: Number(new URL(host.url).port), folder }) };
    }
    return { writes: WRITES * rounds, acknowledged, ...judged(times, TARGET_MS) };
  });
