import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createProcessScheduler } from './scheduler.ts';

describe('createProcessScheduler', () => {
  it('drains deferred work, also what that work defers', async () => {
    const scheduler = createProcessScheduler(() => {});
    const done: string[] = [];
    scheduler.defer(async () => {
      await sleep(5);
      scheduler.defer(async () => void done.push('inner'));
      done.push('outer');
    });
    assert.equal(await scheduler.drain(1000), true);
    assert.deepEqual(done, ['outer', 'inner']);
  });

  it('reports failed work and goes on', async () => {
    const errors: unknown[] = [];
    const scheduler = createProcessScheduler(error => errors.push(error));
    scheduler.defer(async () => {
      throw new Error('failed');
    });
    scheduler.defer(() => {
      throw new Error('failed at once');
    });
    await scheduler.drain(1000);
    assert.deepEqual(errors.map(String).sort(), ['Error: failed', 'Error: failed at once']);
  });

  it('gives up on work that does not end', async () => {
    const scheduler = createProcessScheduler(() => {});
    scheduler.defer(() => sleep(500));
    assert.equal(await scheduler.drain(20), false);
  });

  it('repeats a task one run at a time, until drained', async () => {
    const scheduler = createProcessScheduler(() => {});
    let runs = 0;
    let at = 0;
    let most = 0;
    scheduler.every(0.005, 'tick', async () => {
      runs += 1;
      most = Math.max(most, ++at);
      await sleep(20);
      at -= 1;
    });
    await sleep(80);
    await scheduler.drain(1000);
    const seen = runs;
    assert.ok(seen >= 2);
    assert.equal(most, 1);
    await sleep(30);
    assert.equal(runs, seen);
  });
});
