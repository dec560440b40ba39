/** The control plane's database: one shape, applied once, one batch for each write. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Databases, Statement } from '../../schemas/ports/index.ts';
import { createEmbeddedDatabases } from '../adapters/node/databases.ts';
import { CONTROL_DATABASE, openControl } from './database.ts';
import { isRefusedBy } from './failures.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import * as schema from './schema.ts';
import { shortId } from './short-id.ts';

const clock = { now: () => 1_000 };

describe('the control database', () => {
  let folder: string;
  let databases: ReturnType<typeof createEmbeddedDatabases>;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'inlay-migrate-'));
    databases = createEmbeddedDatabases({ folder, synchronous: 'NORMAL' });
  });
  after(() => {
    databases.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is migrated once, though several processes start at once and one starts again', async () => {
    const others = [1, 2, 3].map(() => createEmbeddedDatabases({ folder, synchronous: 'NORMAL' }));
    await Promise.all([...others, databases].map(each => openControl({ databases: each, clock }).ready()));
    for (const other of others) other.close();
    const database = await databases.open(CONTROL_DATABASE);
    await migrate(database, 2_000);
    const [ledger] = await database.read([{ sql: 'SELECT id, applied_at FROM migration' }]);
    assert.deepEqual(
      ledger?.rows,
      migrations.map(({ id }) => [id, 1_000]),
    );
  });

  it('applies a migration whole or not at all', async () => {
    const database = await databases.open(CONTROL_DATABASE);
    const broken = {
      id: '9999-broken',
      statements: ['CREATE TABLE half (id TEXT) STRICT', 'CREATE TABLE half (id TEXT) STRICT'],
    };
    await assert.rejects(migrate(database, 1, [...migrations, broken]));
    const [found] = await database.read([{ sql: "SELECT 1 FROM sqlite_schema WHERE name = 'half'" }]);
    const [ledger] = await database.read([{ sql: "SELECT 1 FROM migration WHERE id = '9999-broken'" }]);
    assert.deepEqual([found?.rows.length, ledger?.rows.length], [0, 0]);
  });

  it('has the columns that the schema says, in STRICT tables', async () => {
    const database = await databases.open(CONTROL_DATABASE);
    const tables = Object.values(schema).filter(value => is(value, SQLiteTable)) as SQLiteTable[];
    assert.ok(tables.length >= 21, `only ${tables.length} tables`);
    for (const table of tables) {
      const name = getTableName(table);
      const [info] = await database.read([
        { sql: 'SELECT name, type, "notnull" FROM pragma_table_info(?)', args: [name] },
      ]);
      const actual = (info?.rows ?? []).map(row => row.join(' ')).sort();
      const declared = Object.values(getTableColumns(table)).map(
        column => `${column.name} ${column.getSQLType().toUpperCase()} ${Number(column.notNull)}`,
      );
      assert.deepEqual(actual, declared.sort(), name);
      const [list] = await database.read([{ sql: 'SELECT strict FROM pragma_table_list(?)', args: [name] }]);
      assert.deepEqual(list?.rows, [[1]], name);
    }
  });

  it('is reached by reads for reads, and by one write for a batch, all of it or none', async () => {
    const calls: string[] = [];
    const watched: Databases = {
      ...databases,
      create: name => databases.create(name),
      async open(name) {
        const inner = await databases.open(name);
        const note = (verb: 'read' | 'write') => async (statements: readonly Statement[]) => {
          calls.push(`${verb} ${statements.length}`);
          return inner[verb](statements);
        };
        return { read: note('read'), write: note('write') };
      },
    };
    const { db, ready } = openControl({ databases: watched, clock });
    await ready();
    calls.length = 0;
    const row = { id: 'a', name: 'A', createdAt: 1 };
    await db.batch([db.insert(schema.agency).values(row), db.insert(schema.agency).values({ ...row, id: 'b' })]);
    assert.equal((await db.select().from(schema.agency)).length, 2);
    assert.deepEqual(
      await db
        .insert(schema.agency)
        .values({ ...row, id: 'c' })
        .returning({ id: schema.agency.id }),
      [{ id: 'c' }],
    );
    const [all, one] = await db.batch([db.select().from(schema.agency), db.select().from(schema.agency).limit(1)]);
    assert.deepEqual([all.length, one.length], [3, 1]);
    assert.deepEqual(calls, ['write 2', 'read 1', 'write 1', 'read 2']);
    assert.equal(await db.select().from(schema.client).get(), undefined);

    const twice = [db.insert(schema.agency).values({ ...row, id: 'd' }), db.insert(schema.agency).values(row)] as const;
    await assert.rejects(db.batch(twice), error => isRefusedBy(error, 'agency.id'));
    const orphan = { id: 'x', agencyId: 'nobody', name: 'X', zone: 'UTC', createdAt: 1 };
    await assert.rejects(
      async () => db.insert(schema.client).values(orphan),
      error => isRefusedBy(error, 'FOREIGN KEY'),
    );
    assert.equal((await db.select().from(schema.agency)).length, 3);
  });

  it('gives short names without bias', () => {
    const all = shortId(36_000);
    assert.match(all, /^[a-z0-9]{36000}$/);
    const counts = new Map<string, number>();
    for (const character of all) counts.set(character, (counts.get(character) ?? 0) + 1);
    for (const [character, n] of counts) assert.ok(n > 800 && n < 1200, `${character} ${n}`);
    assert.equal(counts.size, 36);
  });
});
