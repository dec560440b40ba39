import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { getRecord, listRecords, queryRecords } from '../records/index.ts';
import type { TestEngine } from '../testing.ts';
import { callBy, startLibrary, targetOf } from '../testing-library.ts';
import { queryOfBody } from './input.ts';

describe('the query grammar', () => {
  let engine: TestEngine;
  let admin: Actor;
  const ids: Record<string, string> = {};
  const author = async (name: string, draft: object = {}) => {
    ids[name] = (await engine.create(admin, 'people', 'author', { name, ...draft })).id;
  };
  const book = async (title: string, draft: object) => {
    ids[title] = (await engine.create(admin, 'library', 'book', { title, ...draft })).id;
  };
  before(async () => {
    engine = startLibrary();
    admin = engine.actors.admin;
    const brno = (await engine.create(admin, 'people', 'town', { name: 'Brno' })).id;
    await author('Ann', { town: brno, diary: 'x' });
    await author('Bob', { active: false });
    await author('Cyd');
    await book('A', {
      author: ids['Ann'],
      pages: 10,
      tags: ['x', 'y'],
      helpers: [ids['Bob'], ids['Cyd']],
      price: { amount: 500, currency: 'CZK' },
    });
    await book('B', {
      author: ids['Bob'],
      pages: 20,
      tags: ['y'],
      chapters: [
        { name: 'i', pages: 3 },
        { name: 'ii', pages: 9 },
      ],
      price: { amount: 700, currency: 'CZK' },
    });
    await book('C', { author: ids['Ann'], pages: 30, tags: [], helpers: [ids['Cyd']] });
    await book('D', { pages: null });
    for (const [title, days] of [
      ['A', 3],
      ['A', 9],
      ['B', 5],
    ] as const) {
      await engine.create(admin, 'library', 'loan', { book: ids[title], days });
    }
  });
  after(() => engine.close());

  const titles = async (query: string, actor = admin) =>
    (await engine.list<{ title: string }>(actor, 'library', 'book', `sort=title&${query}`))
      .map(row => row.title)
      .join('');
  const reply = async (query: string, actor = admin) =>
    JSON.parse(
      (
        await listRecords(
          engine.runtime,
          callBy(engine, actor),
          targetOf(engine, 'library', 'book'),
          new URLSearchParams(query),
        )
      ).body,
    );
  const tree = (filter: object) => titles(`filter=${encodeURIComponent(JSON.stringify(filter))}`);

  test('between takes both ends, and parts of money compare', async () => {
    assert.equal(await titles('filter[pages][between]=10,20'), 'AB');
    assert.equal(await titles('filter[price.amount][gt]=500'), 'B');
    assert.equal(await titles('filter[price.currency][eq]=CZK'), 'AB');
    assert.equal(await tree({ pages: { between: [20, 30] } }), 'BC');
    await assert.rejects(titles('filter[pages][between]=10'), { code: 'INVALID_QUERY' });
    await assert.rejects(titles('filter[price][eq]=1'), { code: 'INVALID_QUERY' });
  });

  test('some and every look into lists of values, of objects and of references', async () => {
    assert.equal(await titles('filter[tags][some][eq]=x'), 'A');
    assert.equal(await titles('filter[tags][every][eq]=y'), 'BCD');
    assert.equal(await titles('filter[chapters][some][pages][gt]=5'), 'B');
    assert.equal(await tree({ chapters: { some: { pages: { lt: 5 }, name: { eq: 'ii' } } } }), '');
    assert.equal(await titles('filter[helpers][some][name][eq]=Bob'), 'A');
    assert.equal(await titles(`filter[helpers][some][eq]=${ids['Cyd']}`), 'AC');
    assert.equal(await tree({ helpers: { every: { name: { eq: 'Cyd' } } }, tags: { every: { eq: 'z' } } }), 'CD');
    assert.equal(await titles('filter[helpers.name][eq]=Cyd'), 'AC');
  });

  test('paths follow references, also across modules and backwards', async () => {
    assert.equal(await titles('filter[author.name][eq]=Ann'), 'AC');
    assert.equal(await titles('filter[author.town.name][eq]=Brno'), 'AC');
    assert.equal(await titles('filter[author][some][name][startsWith]=b'), 'B');
    assert.equal(await titles('filter[author][every][name][eq]=Bob'), 'BD');
    assert.equal(await titles('filter[loan:book][some][days][gt]=4'), 'AB');
    assert.equal(await titles('filter[loan:book][every][days][gt]=4'), 'BCD');
    assert.equal(await titles('filter[loan:book.days][eq]=3'), 'A');
    assert.equal(await tree({ not: { 'author.name': { eq: 'Ann' } }, or: [{ pages: { gt: 15 } }] }), 'B');
    const names = await engine.list<{ name: string }>(
      admin,
      'people',
      'author',
      'filter[library.book:author][some][pages][gte]=30',
    );
    assert.deepEqual(
      names.map(row => row.name),
      ['Ann'],
    );
  });

  test('sorts follow references, and cursors walk such a list once', async () => {
    for (const sort of ['author.name', '-author.name', 'author.town.name,-pages', 'price.amount']) {
      const seen: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: { data: { title: string }[]; page: { after: string | null } } = await reply(
          `sort=${sort}&page[size]=1${next ? `&page[after]=${next}` : ''}`,
        );
        seen.push(...page.data.map(row => row.title));
        next = page.page.after;
      }
      assert.equal([...seen].sort().join(''), 'ABCD', sort);
      if (sort === 'author.name') assert.equal(seen.join(''), 'DACB');
      if (sort === '-author.name') assert.equal(seen.join(''), 'BCAD');
    }
  });

  test('each hop needs the right to read what it leads to, and its limits hold', async () => {
    const { visitor, staff } = engine.actors;
    const seenBy = (query: string) => titles(query, visitor);
    assert.equal(await seenBy('filter[author.name][eq]=Ann'), 'AC');
    assert.equal(await seenBy('filter[author.name][eq]=Bob'), '', 'Bob is not active, so a visitor sees no Bob');
    const said = async (run: Promise<unknown>) =>
      run.then(
        () => 'allowed',
        error => String(error.message),
      );
    const words = (name: string) => `"${name}" is not a field of book`;
    for (const name of ['author.diary', 'author.town.name', 'author.secret', 'author.nope', 'notes', 'nope.name']) {
      assert.equal(await said(seenBy(`filter[${name}][eq]=x`)), words(name));
      assert.equal(await said(seenBy(`sort=${name}`)), words(name));
    }
    assert.equal(await said(seenBy('filter[loan:book][some][days][gt]=1')), words('loan:book'));
    assert.equal(await said(titles('filter[loan:book][some][days][gt]=1', staff)), words('loan:book'));
    assert.equal(await said(titles('filter[nothing:book][some][days][gt]=1', staff)), words('nothing:book'));
    assert.equal(await said(titles('filter[author][some][secret][eq]=x')), words('author.secret'));
  });

  test('depth and leaves are bounded through hops too', async () => {
    let deep: object = { name: { eq: 'x' } };
    for (let i = 0; i < 8; i++) deep = { not: deep };
    await assert.rejects(tree({ author: { some: deep } }), { code: 'INVALID_QUERY' });
    const wide = { or: Array.from({ length: 60 }, () => ({ 'author.name': { eq: 'x' } })) };
    await assert.rejects(tree(wide), { code: 'INVALID_QUERY' });
    await assert.rejects(tree({ tags: { some: Object.fromEntries([['some', { eq: 'x' }]]) } }), {
      code: 'INVALID_QUERY',
    });
    for (const query of [
      'filter[author][eq][x]=1',
      'filter[]=1',
      'filter[a=1',
      'filter[author.__proto__][eq]=x',
      'filter[tags][some]=x',
    ]) {
      await assert.rejects(titles(query), { code: 'INVALID_QUERY' }, query);
    }
  });

  test('include: one read for each level, null for what the caller may not read', async () => {
    const { data, included } = await reply(
      'include=author,helpers,author.town&fields=title&fields[people.author]=name&sort=title',
    );
    assert.deepEqual(Object.keys(data[0]), ['id', 'createdAt', 'updatedAt', 'rev', 'title']);
    assert.equal(included['people.author'][ids['Ann']!].name, 'Ann');
    assert.equal('active' in included['people.author'][ids['Ann']!], false);
    assert.equal(Object.keys(included['people.author']).length, 3);
    assert.deepEqual(
      Object.values<{ name: string }>(included['people.town']).map(town => town.name),
      ['Brno'],
    );
    const forVisitor = await reply('include=author', engine.actors.visitor);
    assert.equal(forVisitor.included['people.author'][ids['Bob']!], null);
    assert.deepEqual(Object.keys(forVisitor.included['people.author'][ids['Ann']!]), [
      'id',
      'createdAt',
      'updatedAt',
      'rev',
      'deletedAt',
      'name',
      'active',
    ]);
    for (const query of [
      'include=author.town.x',
      'include=pages',
      'include=loan:book',
      'include=nope',
      'fields[people.town]=name',
    ]) {
      await assert.rejects(reply(query), { code: 'INVALID_QUERY' }, query);
    }
    await assert.rejects(reply('include=author.town', engine.actors.visitor), {
      message: '"author.town" is not a field of book',
    });
  });

  test('include adds one read batch for each level, however many rows', async () => {
    let reads = 0;
    const runtime = {
      ...engine.runtime,
      stores: {
        ...engine.runtime.stores,
        open: async (...args: Parameters<typeof engine.runtime.stores.open>) => {
          const db = await engine.runtime.stores.open(...args);
          const read: typeof db.read = statements => {
            reads += 1;
            return db.read(statements);
          };
          return { read, write: db.write.bind(db) };
        },
      },
    };
    for (const [include, expected] of [
      ['', 1],
      ['author', 2],
      ['author,helpers', 2],
      ['author.town,helpers', 3],
    ] as const) {
      reads = 0;
      await listRecords(
        runtime,
        callBy(engine, admin),
        targetOf(engine, 'library', 'book'),
        new URLSearchParams({ include, count: 'exact' }),
      );
      assert.equal(reads, expected, include);
    }
  });

  test('one record takes fields and include', async () => {
    const get = async (query: string) =>
      getRecord(
        engine.runtime,
        callBy(engine, admin),
        targetOf(engine, 'library', 'book'),
        ids['A']!,
        new URLSearchParams(query),
      );
    const { data, included } = JSON.parse((await get('fields=title&include=author')).body);
    assert.equal(data.title, 'A');
    assert.equal('pages' in data, false);
    assert.equal(included['people.author'][ids['Ann']!].name, 'Ann');
    await assert.rejects(get('sort=title'), { code: 'INVALID_QUERY' });
  });

  test('a JSON body says the same, and its members are checked', async () => {
    const ask = async (body: unknown) =>
      JSON.parse(
        (
          await queryRecords(engine.runtime, callBy(engine, admin), targetOf(engine, 'library', 'book'), () =>
            queryOfBody(body),
          )
        ).body,
      );
    const found = await ask({
      filter: { or: [{ 'author.name': { eq: 'Bob' } }, { pages: { between: [25, 40] } }] },
      sort: ['-title'],
      page: { size: 1 },
      fields: { 'library.book': ['title'] },
      include: ['author'],
      count: 'exact',
    });
    assert.equal(found.data[0].title, 'C');
    assert.equal(found.page.total, 2);
    const rest = await ask({
      filter: { or: [{ 'author.name': { eq: 'Bob' } }, { pages: { between: [25, 40] } }] },
      sort: '-title',
      page: { size: 1, after: found.page.after },
    });
    assert.equal(rest.data[0].title, 'B');
    for (const body of [
      { nonsense: 1 },
      { page: { size: 0 } },
      { filter: [] },
      { sort: 3 },
      [],
      null,
      { filter: { and: {} } },
    ]) {
      await assert.rejects(ask(body), { code: 'INVALID_QUERY' }, JSON.stringify(body));
    }
  });

  test('pages from both ends are the same pages, whatever is null in them', async () => {
    const ask = async (query: string) =>
      JSON.parse(
        (
          await listRecords(
            engine.runtime,
            callBy(engine, admin),
            targetOf(engine, 'library', 'book'),
            new URLSearchParams(query),
          )
        ).body,
      ) as { data: { id: string }[]; page: { after: string | null; before?: string | null } };
    for (const sort of ['pages', '-pages,title', 'author.name']) {
      const walk = async (way: 'after' | 'before', first: string) => {
        const ids: string[][] = [];
        for (let page = await ask(`sort=${sort}&page[size]=2${first}`); ; ) {
          ids.push(page.data.map(({ id }) => id));
          const next = page.page[way];
          if (!next) return ids;
          page = await ask(`sort=${sort}&page[size]=2&page[${way}]=${next}`);
        }
      };
      const forward = await walk('after', '');
      const backward = await walk('before', '&page[before]=end');
      assert.deepEqual(backward.reverse().flat(), forward.flat(), sort);
      assert.ok(forward.length > 1);
    }
    const start = await ask('page[size]=1');
    assert.equal(start.page.before, undefined, 'the first page has none before it');
    const second = await ask(`page[size]=1&page[after]=${start.page.after}`);
    const before = await ask(`page[size]=1&page[before]=${second.page.before}`);
    assert.deepEqual([before.data, before.page.before], [start.data, null]);
    await assert.rejects(ask('page[before]=x&page[after]=y'), { code: 'INVALID_QUERY' });
    await assert.rejects(ask('page[after]=end'), { code: 'INVALID_QUERY' });
  });
});
