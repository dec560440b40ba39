import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createWorld, type World } from '../../tests/support/control-world.ts';
import type { OriginNotes } from './origin-notes.ts';
import { createRefusedOrigins, refusedOf } from './refused-origins.ts';

const hour = 3_600_000;

describe('pages that were refused', () => {
  let world: World;
  let refused: OriginNotes;
  let site: string;
  let work: Promise<void>[] = [];
  const list = async () => {
    await Promise.all(work);
    return (await refusedOf(world.db, site, world.time.now)).map(({ origin }) => origin);
  };
  before(async () => {
    world = createWorld();
    const owner = await world.signUp('owner@a.test');
    const client = (await world.call(owner, 'POST', '/api/clients', { name: 'Rosa', zone: 'UTC' })).body.data;
    site = (await world.call(owner, 'POST', `/api/clients/${client.id}/sites`, { name: 'Main' })).body.data.id;
    const scheduler = { defer: (task: () => Promise<void>) => void work.push(task()), every: () => {} };
    refused = createRefusedOrigins({ db: world.db, clock: { now: () => world.time.now }, scheduler });
  });
  after(() => world.close());

  it('are written once an hour at most, and twenty of a site at most, the latest first', async () => {
    for (let i = 0; i < 50; i++) refused.note(site, 'https://one.example');
    assert.equal(work.length, 1);
    for (let i = 0; i < 30; i++) {
      world.time.now += 1000;
      refused.note(site, `https://${i}.example`);
      await Promise.all(work);
    }
    const found = await list();
    assert.equal(found.length, 20);
    assert.equal(found[0], 'https://29.example');
    world.time.now += hour;
    refused.note(site, 'https://one.example');
    assert.equal((await list())[0], 'https://one.example');
  });

  it('are origins as browsers send them, and nothing else', async () => {
    work = [];
    const none = [
      'null',
      '',
      'https://a.example/',
      'https://A.example',
      'https://u@a.example',
      'https://a.example:443',
    ];
    for (const origin of [...none, 'javascript:alert(1)', 'ftp://a.example', `https://${'a'.repeat(300)}.example`])
      refused.note(site, origin);
    assert.deepEqual(work, []);
  });

  it('are forgotten after thirty days', async () => {
    world.time.now += 31 * 24 * hour;
    assert.deepEqual(await list(), []);
  });
});
