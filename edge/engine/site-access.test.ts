import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entity, f } from '../../schemas/module/index.ts';
import { createTestEngine } from './testing.ts';
import { testModule } from './testing-module.ts';

const own = { where: { site: { eq: { var: 'actor.siteId' } } } } as const;
const visitors = { read: own, create: { presets: { site: { var: 'actor.siteId' } } }, update: own } as const;
const all = { read: true, create: true, update: true, delete: true } as const;
const board = testModule({
  id: 'inlay.boards',
  entities: {
    topic: entity({
      label: 'Topic',
      labelField: 'name',
      fields: { name: f.text().search(), site: f.text().optional().index() },
      access: { admin: all, public: visitors },
    }),
    reply: entity({
      label: 'Reply',
      fields: { topic: f.ref('topic'), text: f.text(), site: f.text().optional() },
      access: { admin: all, public: { read: true } },
    }),
  },
});

test('records that access binds to a site are nowhere for a visitor of another', async t => {
  const engine = createTestEngine({ modules: [{ module: board }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const { admin, visitor } = engine.actors;
  const other = { ...visitor, siteId: 'site-2' };
  const nowhere = { ...visitor, siteId: null };
  const mine = await engine.create(visitor, 'boards', 'topic', { name: 'Mine', site: 'site-2' });
  const theirs = await engine.create(other, 'boards', 'topic', { name: 'Theirs' });
  assert.deepEqual([mine['site'], theirs['site']], ['site-1', 'site-2']);
  for (const { id } of [mine, theirs]) await engine.create(admin, 'boards', 'reply', { topic: id, text: 'x' });
  const names = async (actor: typeof visitor, query = '') =>
    (await engine.list(actor, 'boards', 'topic', query)).map(({ name }) => name);
  assert.deepEqual(await names(visitor), ['Mine']);
  assert.deepEqual(await names(visitor, 'q=Theirs'), []);
  assert.deepEqual(await names(visitor, 'filter[site]=site-2'), []);
  await assert.rejects(names(nowhere), { code: 'INVALID_QUERY' });
  assert.equal((await names(admin)).length, 2);
  await assert.rejects(engine.get(visitor, 'boards', 'topic', theirs.id), { code: 'NOT_FOUND' });
  await assert.rejects(engine.update(visitor, 'boards', 'topic', theirs.id, { name: 'x' }), { code: 'NOT_FOUND' });
  const found = await engine.list(visitor, 'boards', 'reply', 'filter[topic.name]=Theirs');
  assert.deepEqual(found, []);
  assert.equal((await engine.list(visitor, 'boards', 'reply', 'filter[topic.name]=Mine')).length, 1);
});
