import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMemoryLimiter } from './limiter.ts';

it('createMemoryLimiter counts by the clock it is given', () => {
  let now = 0;
  const limiter = createMemoryLimiter({ now: () => now });
  assert.deepEqual(limiter.take('a', 1, 60), { allowed: true, limit: 1, remaining: 0, resetSeconds: 60 });
  assert.deepEqual(limiter.take('a', 1, 60), { allowed: false, limit: 1, remaining: 0, resetSeconds: 60 });
  now = 60_000;
  assert.deepEqual(limiter.take('a', 1, 60), { allowed: true, limit: 1, remaining: 0, resetSeconds: 60 });
});
