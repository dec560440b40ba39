import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';

const secret = '0x4AAA-canary-of-a-secret';
const serviceKey = '0x4AAAAAAAsitekey';

describe('how the visitors of a site prove themselves', () => {
  let world: World;
  let owner: Caller;
  let path: string;

  before(async () => {
    world = createWorld();
    owner = await world.signUp('owner@a.test');
    const client = await world.call(owner, 'POST', '/api/clients', { name: 'Rosa', zone: 'UTC' });
    const site = await world.call(owner, 'POST', `/api/clients/${client.body.data.id}/sites`, { name: 'Main' });
    path = `/api/sites/${site.body.data.id}/captcha`;
  });
  after(() => world.close());

  const put = (body: unknown) => world.call(owner, 'PUT', path, body);

  it('is a proof of work until it is chosen otherwise', async () => {
    assert.deepEqual((await world.call(owner, 'GET', path)).body.data, { provider: 'work' });
    const { body } = await put({ provider: 'turnstile', serviceKey });
    assert.deepEqual(
      body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/secret'],
    );
    assert.equal((await put({ provider: 'turnstile', serviceKey, secret: 'unknown-to-the-service' })).status, 422);
    assert.deepEqual((await world.call(owner, 'GET', path)).body.data, { provider: 'work' });
  });

  it('keeps a secret that nobody reads again', async () => {
    const saved = await put({ provider: 'turnstile', serviceKey, secret });
    assert.deepEqual([saved.status, saved.body.data], [200, { provider: 'turnstile', serviceKey }]);
    const other = await put({ provider: 'turnstile', serviceKey: `${serviceKey}2` });
    assert.equal(other.body.data.serviceKey, `${serviceKey}2`);
    const texts = [saved, other, await world.call(owner, 'GET', path), await world.call(owner, 'GET', '/api/audit')];
    for (const { text } of texts) assert.ok(!text.includes('canary'), text);
    for (const file of readdirSync(world.folder))
      assert.ok(!readFileSync(join(world.folder, file)).includes('canary'), file);
  });

  it('is forgotten with the choice of work', async () => {
    assert.deepEqual((await put({ provider: 'work' })).body.data, { provider: 'work' });
    assert.equal((await put({ provider: 'turnstile', serviceKey })).status, 422);
  });
});
