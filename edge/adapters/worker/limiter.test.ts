import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FixedWindows } from '../fixed-window.ts';
import { createShardedLimiter } from './limiter.ts';

it('createShardedLimiter sends a key to one shard always, and spreads keys over all', async () => {
  const shards = new Map<string, FixedWindows>();
  const limiter = createShardedLimiter({
    getByName(name) {
      const windows = shards.get(name) ?? new FixedWindows();
      shards.set(name, windows);
      return { take: async (key, limit, seconds, cost) => windows.take(key, limit, seconds, cost, 0) };
    },
  });
  assert.equal((await limiter.take('login:jana', 1, 60)).allowed, true);
  assert.equal((await limiter.take('login:jana', 1, 60)).allowed, false);
  for (let n = 0; n < 2000; n++) await limiter.take(`key-${n}`, 1, 60);
  assert.equal(shards.size, 64);
  for (const windows of shards.values()) assert.ok(windows.size < 100);
});
