import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProcessAlarms } from './alarms.ts';
import { createProcessScheduler } from './scheduler.ts';

test('alarms of one moment ring a few at a time, each once', async () => {
  const scheduler = createProcessScheduler(() => {});
  const alarms = createProcessAlarms({ now: Date.now }, scheduler);
  const rung: string[] = [];
  let ringing = 0;
  let most = 0;
  const keys = Array.from({ length: 100 }, (_, n) => `client-${n}`);
  const all = Promise.withResolvers<void>();
  alarms.listen(async key => {
    ringing += 1;
    most = Math.max(most, ringing);
    await new Promise(resolve => setImmediate(resolve));
    ringing -= 1;
    rung.push(key);
    if (rung.length === keys.length) all.resolve();
    if (key === 'client-3') throw new Error('one that fails does not hold up the others');
  });
  const at = Date.now() + 5;
  for (const key of keys) alarms.set(key, at);
  // Timers of alarms alone do not keep a process alive.
  const alive = setInterval(() => {}, 1_000);
  await all.promise;
  clearInterval(alive);
  alarms.stop();
  assert.deepEqual(rung.toSorted(), keys.toSorted());
  assert.ok(most > 1 && most <= 8, `${most} at a time`);
});
