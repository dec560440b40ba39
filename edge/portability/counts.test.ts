/** Counts that move: every table and column of them, page by page, and nothing that is no count. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rollUp } from '../analytics/roll-up.ts';
import { CLIENT, createCounting, madeVisit, SITE, seeded } from '../analytics/testing.ts';
import { type CountRow, columnsOf, countRows, countTables, dropCounts, writeCounts } from './counts.ts';

const TARGET = '0190aaaa-0000-7000-8000-00000000000a';
const NEW_SITE = '0190aaaa-0000-7000-8000-00000000000b';
const sites = new Map([[SITE, NEW_SITE]]);

async function* each(...rows: CountRow[]): AsyncGenerator<CountRow> {
  yield* rows;
}

describe('counts that move', () => {
  it('are all that there is but the batches', async t => {
    const counting = await createCounting();
    t.after(counting.close);
    const db = await counting.stores.make(CLIENT);
    const [found] = await db.read([
      {
        sql: `SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, 2`,
      },
    ]);
    const there = found!.rows.map(([table, column]) => `${table}.${column}`).filter(name => !name.startsWith('batch.'));
    assert.deepEqual(countTables.flatMap(table => columnsOf(table).map(column => `${table}.${column}`)).sort(), there);
  });

  it('arrive as they are, of more than one page, settled and open days', async t => {
    const counting = await createCounting();
    t.after(counting.close);
    const next = seeded(4);
    for (let day = 0; day < 3; day++) {
      for (let index = 0; index < 500; index++) counting.collector.add(CLIENT, madeVisit(next, counting.time.now, 900));
      await counting.collector.flush();
      counting.time.now += 86_400_000;
    }
    const from = (await counting.stores.find(CLIENT))!;
    await rollUp(from, counting.time.now - 86_400_000);
    const to = await counting.databases.create('target').then(() => counting.databases.open('target'));
    const [schema] = await from.read([{ sql: `SELECT sql FROM sqlite_schema WHERE type = 'table'` }]);
    await to.write(schema!.rows.map(([sql]) => ({ sql: String(sql) })));
    const all = async (db: typeof from, table: (typeof countTables)[number], site: string) => {
      const rows: CountRow[] = [];
      for await (const row of countRows(db, table, [site])) rows.push({ ...row, site: '' });
      return rows;
    };
    for (const table of countTables) {
      const written = await writeCounts(to, table, countRows(from, table, [SITE, TARGET]), sites);
      const before = await all(from, table, SITE);
      assert.deepEqual(await all(to, table, NEW_SITE), before);
      assert.equal(written, before.length, table);
      // Hours and marks are more than a page.
      assert.ok(written > (table === 'hourly' || table === 'mark' ? 2_000 : 0), `${table} ${written}`);
    }
    await dropCounts(to, NEW_SITE);
    for (const table of countTables) assert.deepEqual(await all(to, table, NEW_SITE), []);
  });

  it('are refused where they are none, or of a site that does not move', async t => {
    const counting = await createCounting();
    t.after(counting.close);
    const db = await counting.stores.make(TARGET.replace(/a$/, '1'));
    const good = { site: SITE, dimension: 'all', day: '2026-03-10', value: '', register: 3, rank: 2 };
    assert.equal(await writeCounts(db, 'mark', each(good), sites), 1);
    const bad: CountRow[] = [
      { ...good, register: 2_048 },
      { ...good, rank: 0 },
      { ...good, rank: '2' },
      { ...good, day: '2026-13-01' },
      { ...good, dimension: 'all; DROP TABLE mark' },
      { ...good, value: 'x'.repeat(301) },
      { ...good, site: TARGET },
      { ...good, extra: 1 },
      // One that is there already.
      good,
    ];
    for (const row of bad) {
      await assert.rejects(writeCounts(db, 'mark', each(row), sites), /does not hold together/, JSON.stringify(row));
    }
  });
});
