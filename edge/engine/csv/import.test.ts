import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { party } from '../../../widgets/party/module.ts';
import { createTestEngine } from '../testing.ts';
import { callBy, startLibrary, targetOf } from '../testing-library.ts';
import { exportCsv } from './export.ts';
import { importRecords, undoImport } from './import.ts';

interface Outcome {
  import: string | null;
  new: number;
  update: number;
  error: number;
  errors: { row: number; pointer: string; code: string }[];
}

function openParty(t: TestContext) {
  const engine = createTestEngine({ modules: [{ module: party }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const people = targetOf(engine, 'party', 'person');
  const take = async (body: object, actor = engine.actors.admin) =>
    JSON.parse((await importRecords(engine.runtime, callBy(engine, actor), people, body)).body).data as Outcome;
  const undo = async (id: string, actor = engine.actors.admin) =>
    JSON.parse((await undoImport(engine.runtime, callBy(engine, actor), people, id)).body).data;
  const content = async () => {
    const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
    const tables = ['party_person', '_audit', '_outbox', '_import', '_import_row', '_idempotency'];
    return (await db.read(tables.map(name => ({ sql: `SELECT * FROM "${name}"` })))).map(result => result.rows);
  };
  return { engine, take, undo, content };
}

/** 1,000 rows: 3 bad e-mails, 20 people who are there already. */
const file = [
  'Jméno,E-mail,Telefon',
  ...Array.from(
    { length: 1000 },
    (_, i) => `"Person, ${i}",${i < 3 ? `bad${i}` : ` P${i}@Example.com`},+420 601 000 ${String(i).padStart(3, '0')}`,
  ),
].join('\r\n');
const mapping = { Jméno: 'name', 'E-mail': 'email', Telefon: 'phone' };

describe('import', () => {
  test('CR-08 a dry run tells 977 new, 20 updates, 3 errors and writes nothing; the same file twice creates nothing new', async t => {
    const { engine, take, content } = openParty(t);
    for (let i = 100; i < 120; i++) {
      await engine.create(engine.actors.admin, 'party', 'person', { name: `Old ${i}`, email: `p${i}@example.com` });
    }
    const before = await content();
    const dry = await take({ csv: file, mapping, match: 'email', dryRun: true });
    assert.deepEqual([dry.new, dry.update, dry.error, dry.import], [977, 20, 3, null]);
    assert.deepEqual(
      dry.errors.map(({ row, pointer }) => [row, pointer]),
      [
        [1, '/email'],
        [2, '/email'],
        [3, '/email'],
      ],
    );
    assert.deepEqual(await content(), before);
    const real = await take({ csv: file, mapping, match: 'email' });
    assert.deepEqual([real.new, real.update, real.error], [977, 20, 3]);
    const [people] = await content();
    assert.equal(people!.length, 997);
    const [changed] = await engine.list<{ name: string; rev: number; phone: string }>(
      engine.actors.admin,
      'party',
      'person',
      'filter[email][eq]=p100@example.com',
    );
    assert.deepEqual([changed!.name, changed!.rev, changed!.phone], ['Person, 100', 2, '+420601000100']);
    const again = await take({ csv: file, mapping, match: 'email' });
    assert.deepEqual([again.new, again.update, again.error, again.import], [0, 997, 3, null]);
  });

  test('undo takes back the whole, keeps what was changed since, and works once', async t => {
    const { engine, take, undo, content } = openParty(t);
    const { admin, staff } = engine.actors;
    const old = await engine.create(admin, 'party', 'person', { name: 'Old', email: 'old@x.test', note: 'n' });
    const rows = [
      { name: 'New', email: 'new@x.test' },
      { name: 'Kept', email: 'kept@x.test' },
      { name: 'Older', email: 'old@x.test' },
      { name: 'Newer', email: 'NEW@x.test', note: 'second row of the same person' },
    ];
    const done = await take({ rows, match: 'email' });
    assert.deepEqual([done.new, done.update], [2, 2]);
    const [kept] = await engine.list<{ id: string }>(admin, 'party', 'person', 'filter[email][eq]=kept@x.test');
    await engine.update(admin, 'party', 'person', kept!.id, { name: 'Mine' });
    await assert.rejects(undo(done.import!, staff), { code: 'FORBIDDEN' });
    await assert.rejects(undo('nope'), { code: 'NOT_FOUND' });
    assert.deepEqual(await undo(done.import!), { removed: 1, reverted: 1, kept: [kept!.id] });
    const left = await engine.list<{ name: string; note: string | null }>(admin, 'party', 'person', 'sort=name');
    assert.deepEqual(
      left.map(({ name, note }) => [name, note]),
      [
        ['Mine', null],
        ['Old', 'n'],
      ],
    );
    await assert.rejects(undo(done.import!), { code: 'CONFLICT' });
    assert.equal((await engine.get<{ rev: number }>(admin, 'party', 'person', old.id)).rev, 3);
    assert.equal((await content())[3]!.length, 1);
    engine.now += 8 * 86_400_000;
    await assert.rejects(undo(done.import!), { code: 'NOT_FOUND' });
  });

  test('who may not write may not import, and mapping and match are checked', async t => {
    const { engine, take } = openParty(t);
    await assert.rejects(take({ rows: [{ name: 'A' }] }, engine.actors.visitor), { code: 'FORBIDDEN' });
    assert.equal((await take({ rows: [{ name: 'A' }] }, engine.actors.staff)).new, 1);
    for (const body of [
      {},
      { rows: [], csv: '' },
      { rows: [{ name: 'A' }], mapping: { name: 'nope' } },
      { rows: [{ name: 'A' }], mapping: { other: 'name' } },
      { rows: [{ name: 'A', x: 1 }] },
      { rows: [{ name: 'A' }], mapping: { name: 'id' } },
      { rows: [{ name: 'A' }], match: 'email' },
      { csv: 'name\n"A' },
      { rows: Array.from({ length: 2001 }, () => ({ name: 'A' })) },
    ]) {
      await assert.rejects(take(body), { code: 'VALIDATION_FAILED' }, JSON.stringify(body).slice(0, 80));
    }
  });
});

describe('export', () => {
  test('formulas are text, every row once, filters and rights as in a list, and it comes in again', async t => {
    const engine = startLibrary();
    t.after(() => engine.close());
    const { admin, visitor } = engine.actors;
    const books = targetOf(engine, 'library', 'book');
    const text = async (query = '', actor = admin) =>
      new Response(await exportCsv(engine.runtime, callBy(engine, actor), books, new URLSearchParams(query))).text();
    const hostile = ['=1+1', '+420', '-2', '@x', '\t=x', 'a,"b"\nc', 'ž'];
    const more = Array.from({ length: 430 }, (_, i) => ({ title: `n${i}` }));
    await importRecords(engine.runtime, callBy(engine, admin), books, {
      rows: [...hostile.map(title => ({ title })), ...more],
    });
    await engine.create(admin, 'library', 'book', {
      title: 'Z',
      price: { amount: -5, currency: 'CZK' },
      tags: ['a', 'b'],
      pages: -3,
    });
    const all = (await text('fields=title,pages,price,tags')).split('\r\n');
    assert.equal(all[0], 'id,createdAt,updatedAt,rev,title,tags,price.amount,price.currency,pages');
    const cells = all.slice(1).map(line => line.split(',').slice(4).join(','));
    for (const shown of ["'=1+1", "'+420", "'-2", "'@x"])
      assert.ok(
        cells.some(line => line.startsWith(`${shown},`)),
        shown,
      );
    assert.ok(cells.includes('Z,"[""a"",""b""]",-5,CZK,-3'));
    assert.equal(
      new Set(
        all
          .slice(1)
          .map(line => line.slice(0, 36))
          .filter(id => /^[0-9a-f-]{36}$/.test(id)),
      ).size,
      438,
    );
    assert.equal((await text('filter[title][startsWith]=n4&fields=title')).trim().split('\r\n').length, 1 + 41);
    const seen = await text('filter[title][eq]=Z', visitor);
    assert.equal(seen.split('\r\n')[0], 'id,createdAt,updatedAt,rev,title,author,tags');
    await assert.rejects(text('page[size]=2'), { code: 'INVALID_QUERY' });
    await assert.rejects(text('sort=notes', visitor), { code: 'INVALID_QUERY' });
    const copy = await importRecords(engine.runtime, callBy(engine, admin), books, {
      csv: await text('fields=title,price,tags,pages'),
      dryRun: true,
    });
    const { data } = JSON.parse(copy.body) as { data: Outcome };
    assert.deepEqual([data.new, data.errors], [438, []]);
  });
});
