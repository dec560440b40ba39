import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SiteOrigin } from '../../schemas/protocol/index.ts';
import { createWorld, type World } from '../../tests/support/control-world.ts';
import type { OriginNotes } from './origin-notes.ts';
import { createSeenOrigins } from './seen-origins.ts';

describe('addresses that have shown a widget', () => {
  let world: World;
  let seen: OriginNotes;
  let site: string;
  let list: () => Promise<SiteOrigin[]>;
  const work: Promise<void>[] = [];
  before(async () => {
    world = createWorld();
    const owner = await world.signUp('owner@a.test');
    const client = (await world.call(owner, 'POST', '/api/clients', { name: 'Rosa', zone: 'UTC' })).body.data;
    site = (await world.call(owner, 'POST', `/api/clients/${client.id}/sites`, { name: 'Main' })).body.data.id;
    for (const origin of ['https://one.example', 'https://two.example'])
      await world.call(owner, 'POST', `/api/sites/${site}/origins`, { origin });
    list = async () => {
      await Promise.all(work);
      return (await world.call(owner, 'GET', `/api/sites/${site}/origins`)).body.data;
    };
    const scheduler = { defer: (task: () => Promise<void>) => void work.push(task()), every: () => {} };
    seen = createSeenOrigins({ db: world.db, clock: { now: () => world.time.now }, scheduler });
  });
  after(() => world.close());

  it('say when, and nothing before', async () => {
    assert.deepEqual(
      (await list()).map(({ lastAt }) => lastAt),
      [null, null],
    );
    const at = world.time.now;
    seen.note(site, 'https://one.example');
    seen.note(site, 'https://foreign.example');
    assert.deepEqual(
      (await list()).map(({ origin, lastAt }) => [origin, lastAt]),
      [
        ['https://one.example', new Date(at).toISOString()],
        ['https://two.example', null],
      ],
    );
  });

  it('are written once in ten minutes, however many come', async () => {
    const before = work.length;
    for (let i = 0; i < 50; i++) seen.note(site, 'https://two.example');
    assert.equal(work.length, before + 1);
    world.time.now += 10 * 60_000;
    seen.note(site, 'https://two.example');
    assert.equal(work.length, before + 2);
    assert.equal((await list())[1]!.lastAt, new Date(world.time.now).toISOString());
  });
});
