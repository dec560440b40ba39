import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveRoutes } from '../data/testing.ts';
import { startLibrary } from '../engine/testing-library.ts';
import { graphqlRoutes } from './routes.ts';

test('search finds nodes, relations cross modules, and what was deleted comes back', async t => {
  const engine = startLibrary();
  t.after(() => engine.close());
  const app = serveRoutes(engine, graphqlRoutes);
  const ask = async (query: string, variables: object = {}, actor = 'admin') => {
    const response = await app.request('http://inlay.test/api/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-actor': actor },
      body: JSON.stringify({ query, variables }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the test looks into many shapes
    return (await response.json()) as { data: any; errors?: { message: string }[] };
  };
  const { admin } = engine.actors;
  const ann = await engine.create(admin, 'people', 'author', { name: 'Ann Shoesmith' });
  for (const title of ['Shoes', 'Hats']) await engine.create(admin, 'library', 'book', { title, author: ann.id });
  const found = await ask(
    '{ search(q: "shoes") { data { entity label node { id ... on Library_Book { title } } } counts { entity count } } }',
  );
  assert.deepEqual(
    found.data.search.data.map((hit: { entity: string; label: string }) => [hit.entity, hit.label]),
    [
      ['Library_Book', 'Shoes'],
      ['People_Author', 'Ann Shoesmith'],
    ],
  );
  assert.equal(found.data.search.data[0].node.title, 'Shoes');
  const books = '{ peopleAuthors { nodes { name libraryBooks(sort: [title_ASC]) { nodes { title } } } } }';
  assert.deepEqual((await ask(books)).data.peopleAuthors.nodes[0].libraryBooks.nodes, [
    { title: 'Hats' },
    { title: 'Shoes' },
  ]);
  const sorted = await ask('{ libraryBooks(sort: [author_name_ASC, title_DESC], q: "shoes") { nodes { title } } }');
  assert.equal(sorted.data.libraryBooks.nodes[0].title, 'Shoes');
  await engine.remove(admin, 'people', 'author', ann.id);
  const gone = '{ peopleAuthors(deleted: ONLY) { nodes { name deletedAt } } }';
  assert.equal((await ask(gone)).data.peopleAuthors.nodes.length, 1);
  assert.match((await ask(gone, {}, 'staff')).errors![0]!.message, /"deleted"/);
  const restored = await ask('mutation ($id: ID!) { restorePeopleAuthor(id: $id) { name deletedAt } }', { id: ann.id });
  assert.deepEqual(restored.data.restorePeopleAuthor, { name: 'Ann Shoesmith', deletedAt: null });
});
