import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getRecord, restoreRecord } from './records/index.ts';
import { callBy, startLibrary, targetOf } from './testing-library.ts';

test('a deleted record is out of sight, seen by admins who ask, and comes back', async t => {
  const engine = startLibrary();
  t.after(() => engine.close());
  const { admin, staff, visitor } = engine.actors;
  const ann = await engine.create(admin, 'people', 'author', { name: 'Ann', email: 'a@x.test' });
  const book = await engine.create(admin, 'library', 'book', { title: 'A', author: ann.id });
  await engine.remove(admin, 'people', 'author', ann.id);

  const names = async (query = '', actor = admin) =>
    (await engine.list<{ name: string }>(actor, 'people', 'author', query)).map(row => row.name);
  assert.deepEqual([await names(), await names('deleted=with'), await names('deleted=only')], [[], ['Ann'], ['Ann']]);
  assert.deepEqual(await names('q=ann'), []);
  assert.deepEqual(await names('q=ann&deleted=only'), ['Ann']);
  assert.equal((await engine.list(admin, 'library', 'book', 'filter[author.name][eq]=Ann')).length, 0);
  await assert.rejects(engine.get(admin, 'people', 'author', ann.id), { code: 'NOT_FOUND' });
  await assert.rejects(engine.remove(admin, 'people', 'author', ann.id), { code: 'NOT_FOUND' });
  await assert.rejects(engine.update(admin, 'people', 'author', ann.id, { name: 'B' }), { code: 'NOT_FOUND' });
  await assert.rejects(names('deleted=only', staff), { code: 'FORBIDDEN' });
  await assert.rejects(names('deleted=only', visitor), { code: 'FORBIDDEN' });
  await assert.rejects(names('deleted=all'), { code: 'INVALID_QUERY' });
  await assert.rejects(engine.list(admin, 'library', 'book', 'deleted=only'), { code: 'INVALID_QUERY' });

  const authors = targetOf(engine, 'people', 'author');
  const one = async (query: string) =>
    JSON.parse(
      (await getRecord(engine.runtime, callBy(engine, admin), authors, ann.id, new URLSearchParams(query))).body,
    );
  assert.equal((await one('deleted=with')).data.deletedAt, '2026-01-05T09:00:00Z');

  const restore = (actor: typeof admin, id = ann.id) =>
    restoreRecord(engine.runtime, callBy(engine, actor), authors, id);
  await assert.rejects(restore(staff), { code: 'FORBIDDEN' });
  await assert.rejects(restore(visitor), { code: 'FORBIDDEN' });
  await assert.rejects(restore(admin, 'nope'), { code: 'NOT_FOUND' });
  await assert.rejects(
    restoreRecord(engine.runtime, callBy(engine, admin), targetOf(engine, 'library', 'book'), book.id),
    {
      code: 'NOT_FOUND',
    },
  );

  const other = await engine.create(admin, 'people', 'author', { name: 'New Ann', email: 'a@x.test' });
  await assert.rejects(restore(admin), { code: 'ALREADY_EXISTS' });
  await engine.remove(admin, 'people', 'author', other.id);
  const back = await restore(admin);
  assert.deepEqual([back.status, back.etag], [200, '"3"']);
  assert.deepEqual(await names(), ['Ann']);
  await assert.rejects(restore(admin), { code: 'NOT_FOUND' });
});
