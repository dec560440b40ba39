import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryLimiter } from '../node/limiter.ts';
import { createWorkerScheduler } from './scheduler.ts';

describe('createWorkerScheduler', () => {
  it('hands deferred work to the request that asked for it', async () => {
    const errors: unknown[] = [];
    const scheduler = createWorkerScheduler(createMemoryLimiter({ now: () => 0 }), error => errors.push(error));
    const waited: Record<string, Promise<unknown>[]> = { a: [], b: [] };
    const done: string[] = [];
    const request = (name: string) =>
      scheduler.within({ waitUntil: work => waited[name]!.push(work) }, async () => {
        await Promise.resolve();
        scheduler.defer(async () => void done.push(name));
      });
    await Promise.all([request('a'), request('b')]);
    await Promise.all([...waited['a']!, ...waited['b']!]);
    assert.deepEqual([waited['a']!.length, waited['b']!.length], [1, 1]);
    assert.deepEqual(done.sort(), ['a', 'b']);
    scheduler.within({ waitUntil: work => waited['a']!.push(work) }, () => {
      scheduler.defer(async () => {
        throw new Error('failed');
      });
    });
    await Promise.all(waited['a']!);
    assert.deepEqual(errors.map(String), ['Error: failed']);
  });

  it('runs a repeated task once in its period, whichever isolate ticks', async () => {
    let now = 0;
    const limiter = createMemoryLimiter({ now: () => now });
    let runs = 0;
    const isolates = [1, 2].map(() => createWorkerScheduler(limiter, () => {}));
    for (const scheduler of isolates) {
      scheduler.every(120, 'sweep', async () => {
        runs += 1;
      });
    }
    const seen: number[] = [];
    for (now = 0; now < 300_000; now += 60_000) {
      for (const scheduler of isolates) await scheduler.tick();
      seen.push(runs);
    }
    assert.deepEqual(seen, [1, 1, 2, 2, 3]);
  });
});
