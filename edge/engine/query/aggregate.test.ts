import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '../../../schemas/protocol/index.ts';
import type { TestEngine } from '../testing.ts';
import { callBy, startLibrary, targetOf } from '../testing-library.ts';
import { aggregateRecords } from './aggregate.ts';

describe('aggregate', () => {
  let engine: TestEngine;
  let admin: Actor;
  before(async () => {
    engine = startLibrary();
    admin = engine.actors.admin;
    const ann = (await engine.create(admin, 'people', 'author', { name: 'Ann' })).id;
    const money = (amount: number, currency = 'CZK') => ({ price: { amount, currency } });
    for (const draft of [
      {
        title: 'a',
        ...money(100),
        rate: '1.25',
        pages: 10,
        out: '2026-03-31T21:30:00Z',
        day: '2026-01-01',
        author: ann,
      },
      {
        title: 'b',
        ...money(205),
        rate: '2.50',
        pages: 20,
        out: '2026-03-31T22:30:00Z',
        day: '2026-03-02',
        author: ann,
      },
      { title: 'c', ...money(300, 'EUR'), pages: 30, out: '2026-01-31T22:30:00Z', day: '2026-04-01' },
      { title: 'd', out: '2026-01-31T23:30:00Z' },
    ]) {
      await engine.create(admin, 'library', 'book', draft);
    }
  });
  after(() => engine.close());

  const ask = async (query: string, actor = admin) => {
    const reply = await aggregateRecords(
      engine.runtime,
      callBy(engine, actor),
      targetOf(engine, 'library', 'book'),
      new URLSearchParams(query),
    );
    const { data } = JSON.parse(reply.body) as {
      data: { group: Record<string, unknown>; measures: Record<string, unknown> }[];
    };
    return data.map(row => [...Object.values(row.group), ...Object.values(row.measures)]);
  };

  test('counts, sums, averages, extremes', async () => {
    assert.deepEqual(await ask(''), [[4]]);
    assert.deepEqual(await ask('measure=count,sum(pages),avg(pages),min(pages),max(day),distinct(author)'), [
      [4, 60, 20, 10, '2026-04-01', 1],
    ]);
    assert.deepEqual(await ask('measure=sum(rate),avg(rate),min(out)'), [['3.75', '1.88', '2026-01-31T22:30:00Z']]);
    assert.deepEqual(await ask('measure=count&filter[pages][gt]=10'), [[2]]);
    assert.deepEqual(await ask('measure=count&filter[author.name][eq]=Ann&q=a'), [[1]]);
  });

  test('two currencies are never one sum', async () => {
    assert.deepEqual(await ask('measure=sum(price),count&filter[price.amount][null]=false'), [
      [{ amount: 305, currency: 'CZK' }, 2],
      [{ amount: 300, currency: 'EUR' }, 1],
    ]);
    assert.deepEqual(await ask('measure=avg(price)&filter[price.currency][eq]=CZK'), [
      [{ amount: 153, currency: 'CZK' }],
    ]);
  });

  test('groups by field, by related field and by calendar unit of a zone, over a change of the clock', async () => {
    assert.deepEqual(await ask('group=author.name'), [
      [null, 2],
      ['Ann', 2],
    ]);
    assert.deepEqual(await ask('group=month(out,Europe/Prague)'), [
      ['2026-01', 1],
      ['2026-02', 1],
      ['2026-03', 1],
      ['2026-04', 1],
    ]);
    assert.deepEqual(await ask('group=month(out,UTC)'), [
      ['2026-01', 2],
      ['2026-03', 2],
    ]);
    assert.deepEqual(await ask('group=day(out,Asia/Kathmandu)&sort=-count'), [
      ['2026-02-01', 2],
      ['2026-04-01', 2],
    ]);
    assert.deepEqual(await ask('group=quarter(day)&filter[day][null]=false'), [
      ['2026-Q1', 2],
      ['2026-Q2', 1],
    ]);
    assert.deepEqual(await ask('group=week(day)&filter[title][eq]=a'), [['2025-12-29', 1]]);
    assert.deepEqual(await ask('group=hour(out,America/New_York)&filter[title][in]=a,c'), [
      ['2026-01-31T17', 1],
      ['2026-03-31T17', 1],
    ]);
  });

  test('a role aggregates what it may read, in the words of an unknown field', async () => {
    const { visitor } = engine.actors;
    assert.deepEqual(await ask('measure=count&group=title&filter[title][eq]=a', visitor), [['a', 1]]);
    for (const query of ['measure=sum(price)', 'group=state', 'measure=sum(nope)', 'group=author.diary']) {
      await assert.rejects(ask(query, visitor), { code: 'INVALID_QUERY', message: /is not a field of book/ }, query);
    }
    for (const query of [
      'measure=sum(title)',
      'measure=drop',
      'measure=',
      'measure=sum(pages',
      'group=month(pages)',
      'group=month(out,Mars)',
      'group=tags',
      'sort=x',
      'page[size]=2',
      "group=month(out,UTC')",
    ]) {
      await assert.rejects(ask(query), { code: 'INVALID_QUERY' }, query);
    }
    const staffOnly = targetOf(engine, 'library', 'loan');
    await assert.rejects(aggregateRecords(engine.runtime, callBy(engine, visitor), staffOnly, []), {
      code: 'FORBIDDEN',
    });
  });

  test('more than a thousand groups are refused', async () => {
    const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
    await db.write([
      {
        sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001) INSERT INTO "library_book" ("id", "created_at", "updated_at", "rev", "title", "helpers", "tags", "chapters", "state") SELECT 'n' || i, 0, 0, 1, 'n' || i, '[]', '[]', '[]', 'draft' FROM n`,
      },
    ]);
    await assert.rejects(ask('group=title'), { code: 'INVALID_QUERY', message: /more than 1000 groups/ });
    assert.equal((await ask('group=title&filter[title][startsWith]=n1')).length, 113);
  });
});
