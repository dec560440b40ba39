import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Caller, cookieOf, createWorld, PASSWORD, type World } from '../../tests/support/control-world.ts';

const day = 86_400_000;
let world: World;
let owner: Caller;
let at: string;
let client: string;
before(async () => {
  world = createWorld();
  owner = await world.signUp('owner@removed.test');
  client = (await world.call(owner, 'POST', '/api/clients', { name: 'R', zone: 'UTC' })).body.data.id;
  at = `/api/clients/${client}/installations`;
});
after(() => world.close());

async function later(days: number): Promise<void> {
  world.time.now += days * day;
  const answer = await world.call({}, 'POST', '/api/session', { email: 'owner@removed.test', password: PASSWORD });
  owner = { cookie: cookieOf(answer) };
}
const send = async (method: string, path: string, body?: unknown) => {
  const answer = await world.call(owner, method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body?.data;
};

test('a removed module says until when it can be had back, comes back within 30 days, and begins anew after them', async () => {
  await send('POST', at, { module: 'booking' });
  await send('PATCH', `${at}/booking`, { settings: { leadTime: 5 } });
  const required = await world.call(owner, 'DELETE', `${at}/party`);
  assert.deepEqual([required.status, required.body.code], [409, 'IN_USE']);
  assert.match(required.body.detail, /booking requires party/);
  await send('DELETE', `${at}/booking`);
  const [shown] = await send('GET', `/api/clients/${client}/removed-modules`);
  const removedAt = new Date(world.time.now).toISOString();
  const dropsAt = new Date(world.time.now + 30 * day).toISOString();
  assert.deepEqual(shown, { module: 'booking', version: '1.0.0', removedAt, dropsAt });
  assert.equal((await world.call(owner, 'GET', `${at}`)).body.data.length, 1);

  await later(29);
  assert.deepEqual((await send('POST', at, { module: 'booking' })).settings, { leadTime: 5 });
  assert.deepEqual(await send('GET', `/api/clients/${client}/removed-modules`), []);
  await send('DELETE', `${at}/booking`);
  await later(30);
  assert.deepEqual((await send('POST', at, { module: 'booking' })).settings, {});
  assert.deepEqual(await send('GET', `/api/clients/${client}/removed-modules`), []);
  const actions = (await send('GET', `/api/audit?clientId=${client}`)).map((entry: { action: string }) => entry.action);
  assert.ok(actions.includes('installation.drop'));
});
