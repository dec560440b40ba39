import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { listRecords } from '../records/index.ts';
import type { TestEngine } from '../testing.ts';
import { callBy, startLibrary, targetOf } from '../testing-library.ts';
import { searchAll, searchOfParams } from './search.ts';

describe('search', () => {
  let engine: TestEngine;
  let admin: Actor;
  before(async () => {
    engine = startLibrary();
    admin = engine.actors.admin;
    for (const [title, code] of [
      ['Crème brûlée', 'AB-12/3'],
      ['Příliš žluťoučký kůň', 'CD-9'],
      ['Shoes', 'X1'],
      ['Brown shoes, brown laces, brown soles', 'X2'],
    ]) {
      await engine.create(admin, 'library', 'book', { title, code });
    }
    await engine.create(admin, 'people', 'author', { name: 'Ann Shoesmith', diary: 'quarrels' });
    await engine.create(admin, 'people', 'author', { name: 'Bob Shoesmith', active: false });
  });
  after(() => engine.close());

  const titles = async (q: string, actor = admin) =>
    (await engine.list<{ title: string }>(actor, 'library', 'book', `q=${encodeURIComponent(q)}`)).map(
      row => row.title,
    );
  const everywhere = async (q: string, actor = admin) =>
    JSON.parse(
      (await searchAll(engine.runtime, callBy(engine, actor), searchOfParams(new URLSearchParams({ q })))).body,
    ) as {
      data: { entity: string; label: string; id: string }[];
      counts: { entity: string; count: number }[];
    };

  test('SE-01 "creme brulee" finds "Crème brûlée"', async () => {
    assert.deepEqual(await titles('creme brulee'), ['Crème brûlée']);
    assert.deepEqual(await titles('CRÈME'), ['Crème brûlée']);
    assert.deepEqual(
      (await everywhere('brul')).data.map(row => row.label),
      ['Crème brûlée'],
    );
  });

  test('SE-02 Czech "prilis zlutoucky" finds "Příliš žluťoučký"', async () => {
    assert.deepEqual(await titles('prilis zlutoucky'), ['Příliš žluťoučký kůň']);
    assert.deepEqual(await titles('kun zlut'), ['Příliš žluťoučký kůň'], 'words in any order, by their start');
    assert.deepEqual(await titles('kun creme'), [], 'every word must be there');
  });

  test('SE-03 rights are part of the query, counts too', async () => {
    const mine = await everywhere('shoes');
    assert.deepEqual(
      mine.counts.map(({ entity, count }) => [entity, count]),
      [
        ['library.book', 2],
        ['people.author', 2],
      ],
    );
    const theirs = await everywhere('shoes', engine.actors.visitor);
    assert.deepEqual(
      theirs.counts.map(({ entity, count }) => [entity, count]),
      [
        ['library.book', 2],
        ['people.author', 1],
      ],
    );
    assert.deepEqual(
      theirs.data.filter(row => row.entity === 'people.author').map(row => row.label),
      ['Ann Shoesmith'],
    );
    assert.equal((await everywhere('quarrels')).data.length, 1);
    assert.deepEqual(
      (await everywhere('quarrels', engine.actors.visitor)).counts,
      [],
      'a field that is not shown is not searched',
    );
    assert.deepEqual(await titles('X1', engine.actors.visitor), []);
    const key = { ...admin, kind: 'key' as const, role: null, scopes: ['people:read'] };
    assert.deepEqual(
      (await everywhere('shoes', key)).counts.map(({ entity }) => entity),
      ['people.author'],
    );
  });

  test('SE-04 a misspelt word is taken for the nearest one: two edits from five letters on, one below', async () => {
    const shoes = ['Shoes', 'Brown shoes, brown laces, brown soles'];
    for (const q of ['sheos', 'shose', 'shoess', 'hsoes', 'choes', 'brwon shoes', 'brown sheos']) {
      const found = await titles(q);
      assert.ok(found.length > 0 && found.every(title => shoes.includes(title)), `${q}: ${found}`);
    }
    assert.deepEqual(await titles('creem bruele'), ['Crème brûlée']);
    assert.deepEqual(await titles('zlutuocky'), ['Příliš žluťoučký kůň']);
    assert.deepEqual(await titles('kuun'), ['Příliš žluťoučký kůň']);
    assert.deepEqual(await titles('kxxn'), [], 'two edits are too many for four letters');
    assert.deepEqual(await titles('sheos nowhere'), []);
    const everywhereShoes = await everywhere('sheos');
    assert.deepEqual(
      everywhereShoes.counts.map(({ entity, count }) => [entity, count]),
      [['library.book', 2]],
    );
    assert.deepEqual(
      (await everywhere('quarels', engine.actors.visitor)).data,
      [],
      'words of hidden fields are no help',
    );
    assert.equal((await everywhere('quarels')).data.length, 1);
  });

  test('SE-05 a code is found with and without its marks', async () => {
    for (const q of ['ab123', 'AB-12', 'AB-12/3', 'ab12', 'AB']) assert.deepEqual(await titles(q), ['Crème brûlée'], q);
  });

  test('SE-06 FTS syntax in what is typed never errors', async () => {
    const hostile = [
      '"',
      '""',
      '*',
      'NEAR',
      'NEAR(',
      'a NEAR/2 b',
      'AND',
      'OR',
      'NOT x',
      '(',
      ')',
      '{x}:',
      'title:shoes',
      '^shoes',
      '-shoes',
      '+',
      ':',
      'a"b',
      '"a',
      "'",
      ';--',
      '\0',
      'a\0b',
      '—',
      '😀',
      ' ',
      '',
      'x'.repeat(5000),
      Array(500).fill('a').join(' '),
    ];
    for (const q of hostile) {
      assert.ok(Array.isArray(await titles(q)), JSON.stringify(q));
      assert.ok(Array.isArray((await everywhere(q)).data), JSON.stringify(q));
    }
    assert.deepEqual(await titles('"shoes" -'), await titles('shoes'));
  });

  test('SE-07 what a commit changed is found by the next request', async () => {
    const made = await engine.create(admin, 'library', 'book', { title: 'Umbrella' });
    assert.deepEqual(await titles('umbrella'), ['Umbrella']);
    await engine.update(admin, 'library', 'book', made.id, { title: 'Parasol' });
    assert.deepEqual([await titles('umbrella'), await titles('parasol')], [[], ['Parasol']]);
    await engine.remove(admin, 'library', 'book', made.id);
    assert.deepEqual(await titles('parasol'), []);
  });

  test('SE-08 counts of entities leave out the choice of entities', async () => {
    const chosen = searchOfParams(new URLSearchParams({ q: 'shoes', entities: 'people.author' }));
    const { data, counts } = JSON.parse((await searchAll(engine.runtime, callBy(engine, admin), chosen)).body);
    assert.deepEqual(new Set(data.map((row: { entity: string }) => row.entity)), new Set(['people.author']));
    assert.deepEqual(counts, (await everywhere('shoes')).counts);
    assert.equal(counts.length, 2);
  });

  test('SE-09 text without spaces is found by any run of its characters', async () => {
    for (const title of ['東京都渋谷区の美容室', '北京ラーメンAB店', '서울특별시 강남구']) {
      await engine.create(admin, 'library', 'book', { title });
    }
    const cases: [string, string[]][] = [
      ['渋谷', ['東京都渋谷区の美容室']],
      ['京都', ['東京都渋谷区の美容室']],
      ['美容室', ['東京都渋谷区の美容室']],
      ['室', ['東京都渋谷区の美容室']],
      ['東京都渋谷区の美容室', ['東京都渋谷区の美容室']],
      ['ラーメン', ['北京ラーメンAB店']],
      ['メンAB', ['北京ラーメンAB店']],
      ['특별', ['서울특별시 강남구']],
      ['강남 서울', ['서울특별시 강남구']],
      ['京渋', []],
      ['都東', []],
    ];
    for (const [q, expected] of cases) assert.deepEqual(await titles(q), expected, q);
    assert.equal((await titles('京')).length, 2);
    assert.equal((await everywhere('渋谷')).counts[0]!.count, 1);
  });

  test('the best match comes first, pages follow, and a sort overrules', async () => {
    assert.equal((await titles('shoes'))[0], 'Shoes');
    const page = async (query: string) =>
      JSON.parse(
        (
          await listRecords(
            engine.runtime,
            callBy(engine, admin),
            targetOf(engine, 'library', 'book'),
            new URLSearchParams(query),
          )
        ).body,
      );
    const first = await page('q=shoes&page[size]=1&count=exact');
    assert.equal(first.page.total, 2);
    const second = await page(`q=shoes&page[size]=1&page[after]=${first.page.after}`);
    assert.deepEqual(
      [first.data[0].title, second.data[0].title, second.page.after],
      ['Shoes', 'Brown shoes, brown laces, brown soles', null],
    );
    assert.equal((await page('q=shoes&sort=title')).data[0].title, 'Brown shoes, brown laces, brown soles');
    assert.equal((await page('q=shoes&filter[code][eq]=X2')).data.length, 1);
    await assert.rejects(engine.list(admin, 'library', 'loan', 'q=x'), { code: 'INVALID_QUERY' });
  });

  test('a store from before the index has its rows in it, also when VACUUM renumbers them', async () => {
    const { stores, ports } = engine.runtime;
    const db = await stores.open(engine.tenant.store, engine.tenant.modules);
    const triggers = (
      await db.read([{ sql: `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%.fts.%'` }])
    )[0]!.rows;
    assert.ok(triggers.length >= 6);
    await db.write([
      ...triggers.map(([name]) => ({ sql: `DROP TRIGGER "${name}"` })),
      { sql: 'DROP TABLE "library_book.words"' },
      { sql: 'DROP TABLE "library_book.fts"' },
      { sql: 'DROP TABLE "library_book.doc"' },
      { sql: `DELETE FROM "_migration" WHERE "module" IN ('library', 'people')` },
    ]);
    stores.forget(engine.tenant.store);
    assert.deepEqual(await titles('creme'), ['Crème brûlée']);
    await engine.create(admin, 'library', 'book', { title: 'After' });
    assert.deepEqual(await titles('after'), ['After']);
    assert.ok(ports);
  });
});
