/** A deleted client can be had back for 30 days, by those who run its agency. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from '../../tests/support/control-world.ts';

test('a deleted client is listed with its day, comes back with its modules, and is nobody else’s to bring back', async t => {
  const world = createWorld();
  t.after(() => world.close());
  const owner = await world.signUp('owner@a.test', 'A');
  const other = await world.signUp('owner@b.test', 'B');
  const { id } = (await world.call(owner, 'POST', '/api/clients', { name: 'Rosa', zone: 'Europe/Prague' })).body.data;
  await world.call(owner, 'POST', `/api/clients/${id}/installations`, { module: 'booking' });
  const restore = (who: typeof owner) => world.call(who, 'POST', `/api/removed-clients/${id}/restore`, {});
  const removed = async (who: typeof owner) => (await world.call(who, 'GET', '/api/removed-clients')).body.data;
  assert.equal((await restore(owner)).status, 404, 'a client in use was not removed');
  assert.equal((await world.call(owner, 'DELETE', `/api/clients/${id}`)).status, 204);
  const [listed] = await removed(owner);
  assert.deepEqual([listed.id, listed.name], [id, 'Rosa']);
  assert.equal(Date.parse(listed.purgedAt) - Date.parse(listed.deletedAt), 30 * 86_400_000);
  assert.deepEqual(await removed(other), []);
  assert.equal((await restore(other)).status, 404);
  assert.equal((await restore(owner)).status, 200);
  assert.deepEqual(await removed(owner), []);
  const back = (await world.call(owner, 'GET', `/api/clients/${id}/installations`)).body.data;
  assert.ok(back.some(({ module }: { module: string }) => module === 'booking'));
});
