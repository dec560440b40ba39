/** SIGTERM in the middle of writes, on the host that gets one: what is under way is finished, and what was acknowledged stays. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock, startFaultsWorld, storeFile, writeTo } from '../support/faults-world.ts';
import { startNodeProcess } from '../support/node-process.ts';

/** A Worker is told nothing when it ends; the platform ends it when it has answered. */
const skip = process.env['INLAY_TEST_HOST'] === 'worker' && 'the platform ends a Worker, and tells it nothing';
const WRITES = 50;

test('SIGTERM with 50 writes under way: each is answered and kept, and the process ends by itself', {
  skip,
}, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-drain-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  let world = await startFaultsWorld(folder);
  t.after(() => world.host.end('SIGKILL'));
  const file = await storeFile(world, world.salon);
  // Nothing can be acknowledged before the signal.
  const locked = lock(file);
  let answered = 0;
  const writing = Array.from({ length: WRITES }, async (_, n) => {
    const name = `Under way ${n}`;
    // A connection that was not accepted in time has no answer, and nothing to keep.
    const reply = await writeTo(world.salon, name).catch(() => undefined);
    answered += 1;
    await reply?.body?.cancel();
    return { name, status: reply?.status };
  });
  await sleep(300);
  assert.equal(answered, 0, 'all are under way');
  const ended = world.host.end('SIGTERM');
  await sleep(100);
  locked.free();
  const results = await Promise.all(writing);
  assert.equal(await ended, 0);
  const statuses = new Set(results.map(({ status }) => status));
  assert.ok(statuses.has(201));
  assert.deepEqual(
    [...statuses].filter(status => status !== 201 && status !== undefined),
    [],
    'nothing that was taken on is refused',
  );
  const acknowledged = results.flatMap(({ name, status }) => (status === 201 ? [name] : []));
  t.diagnostic(`${acknowledged.length} of ${WRITES} were acknowledged`);
  assert.ok(acknowledged.length >= WRITES / 2, `${acknowledged.length} were acknowledged`);
  world = { ...world, host: await startNodeProcess({ port: Number(new URL(world.host.url).port), folder }) };
  const people = await world.salon.data<{ name: string }[]>('party/v1/person?page[size]=200&sort=-createdAt');
  const names = new Set(people.map(({ name }) => name));
  assert.deepEqual(
    acknowledged.filter(name => !names.has(name)),
    [],
  );
});
