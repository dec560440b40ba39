/** Group commit: what shares a transaction ends as it would one after another. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import Libsql from 'libsql';
import { type Database, DatabaseError, type Statement } from '../../../schemas/ports/index.ts';
import { createEmbeddedDatabases, type EmbeddedDatabases } from './databases.ts';

let folder: string;
let databases: EmbeddedDatabases;
let counter = 0;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-writer-'));
  databases = createEmbeddedDatabases({ folder, busyWaitMs: 1000, synchronous: 'NORMAL' });
});

after(() => {
  databases.close();
  rmSync(folder, { recursive: true });
});

const SCHEMA = [
  'CREATE TABLE owner (id TEXT PRIMARY KEY) STRICT',
  `CREATE TABLE item (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, n INTEGER CHECK (n >= 0),
     owner TEXT REFERENCES owner (id) DEFERRABLE INITIALLY DEFERRED) STRICT`,
  'CREATE TABLE _assert (ok INTEGER CHECK (ok > 0)) STRICT',
  "CREATE TRIGGER abort BEFORE INSERT ON item WHEN NEW.n = 13 BEGIN SELECT RAISE(ABORT, 'unlucky'); END",
  "CREATE TRIGGER fail BEFORE UPDATE ON item WHEN NEW.n = 14 BEGIN SELECT RAISE(FAIL, 'failed'); END",
  "CREATE TRIGGER whole BEFORE INSERT ON item WHEN NEW.n = 15 BEGIN SELECT RAISE(ROLLBACK, 'all of it'); END",
  "INSERT INTO owner VALUES ('known')",
].map(sql => ({ sql }));

async function fresh(): Promise<{ name: string; database: Database }> {
  const name = `writer-${++counter}`;
  await databases.create(name);
  const database = await databases.open(name);
  await database.write(SCHEMA);
  return { name, database };
}

const insert = (id: string, n = 1, owner: string | null = null): Statement => ({
  sql: 'INSERT INTO item (id, n, owner) VALUES (?, ?, ?)',
  args: [id, n, owner],
});

const known = (n: number): Statement => insert(`i${n}`, 1, 'known');
const id = fc.integer({ min: 0, max: 30 });
/** `changes()` and `last_insert_rowid()` belong to the connection: a batch may ask only for what it did itself. */
const steps = fc.oneof(
  { weight: 6, arbitrary: id.map(n => [insert(`i${n}`, n % 12)]) },
  { weight: 3, arbitrary: id.map(n => [known(n)]) },
  { weight: 2, arbitrary: id.map(n => [known(n), { sql: 'SELECT last_insert_rowid(), count(*) FROM item' }]) },
  fc.constantFrom<Statement[]>(
    [{ sql: 'UPDATE item SET n = n + 1 WHERE n < 5' }, { sql: 'INSERT INTO _assert SELECT changes()' }],
    [{ sql: "DELETE FROM item WHERE id = 'i3'" }, { sql: 'INSERT INTO _assert SELECT changes()' }],
    [{ sql: 'UPDATE item SET n = n + 1 RETURNING id, n' }],
    [{ sql: 'INSERT INTO owner SELECT count(*) FROM item WHERE true ON CONFLICT DO NOTHING' }],
    [{ sql: 'SELECT count(*), sum(n) FROM item' }],
    [{ sql: 'CREATE TABLE IF NOT EXISTS later (x INTEGER) STRICT' }],
    [{ sql: 'CREATE TABLE later (x) STRICT' }],
    [{ sql: 'INSERT INTO later VALUES (1)' }],
    [{ sql: "INSERT OR ROLLBACK INTO owner VALUES ('known')" }],
    [{ sql: 'UPDATE item SET n = 14' }],
    [insert('check', -1)],
    [insert('abort', 13)],
    [insert('whole', 15)],
    [insert('nobody', 1, 'nobody')],
    [{ sql: 'INSERT INTO nowhere VALUES (1)' }],
    [{ sql: 'INSERT INTO owner VALUES (?)', args: [true as unknown as string] }],
  ),
);
const batch = fc.array(steps, { maxLength: 4 }).map(list => list.flat());

type Outcome = { readonly refused: readonly unknown[] } | { readonly results: unknown };

const outcomeOf = (promise: Promise<unknown>): Promise<Outcome> =>
  promise.then(
    results => ({ results }),
    (error: unknown) => {
      assert.ok(error instanceof DatabaseError, `${error}`);
      return { refused: [error.kind, error.message, error.statementIndex] };
    },
  );

async function contentOf(database: Database): Promise<unknown> {
  const tables = (
    await database.read([{ sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name" }])
  )[0]!;
  return database.read([
    ...tables.rows.map(([name]) => ({ sql: `SELECT * FROM "${name}" ORDER BY 1` })),
    { sql: 'PRAGMA foreign_key_check' },
  ]);
}

describe('batches of one turn', () => {
  it('end as they would one after another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(batch, { maxLength: 12 }), { maxLength: 4 }), async turns => {
        const [together, alone] = [await fresh(), await fresh()];
        const outcomes: Outcome[] = [];
        const expected: Outcome[] = [];
        for (const turn of turns) {
          outcomes.push(...(await Promise.all(turn.map(statements => outcomeOf(together.database.write(statements))))));
          for (const statements of turn) expected.push(await outcomeOf(alone.database.write(statements)));
        }
        assert.deepEqual(outcomes, expected);
        assert.deepEqual(await contentOf(together.database), await contentOf(alone.database));
        await databases.drop(together.name);
        await databases.drop(alone.name);
      }),
      { numRuns: 60 },
    );
  });

  it('share one commit', async () => {
    const { name, database } = await fresh();
    const log = join(folder, `${name}.db-wal`);
    const before = statSync(log).size;
    await Promise.all(Array.from({ length: 100 }, (_, n) => database.write([insert(`i${n}`)])));
    const frames = (statSync(log).size - before) / 4120;
    assert.ok(frames > 0 && frames < 30, `${frames} pages were logged`);
  });

  it('are on the file before anybody is told', async () => {
    const { name, database } = await fresh();
    const other = new Libsql(join(folder, `${name}.db`));
    const count = other.prepare('SELECT count(*) FROM item').raw();
    const seen: unknown[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => database.write([insert(`i${n}`)]).then(() => seen.push(count.get([])))),
    );
    assert.deepEqual(seen, Array(20).fill([20]));
    other.close();
  });

  it('meet a full disk one by one', async () => {
    const { database } = await fresh();
    await database.write([{ sql: 'CREATE TABLE big (b BLOB)' }]);
    await database.read([{ sql: 'PRAGMA max_page_count = 40' }]);
    const large = { sql: 'INSERT INTO big VALUES (?)', args: [new Uint8Array(400_000)] };
    const outcomes = await Promise.all([
      outcomeOf(database.write([insert('a')])),
      outcomeOf(database.write([insert('b'), large])),
      outcomeOf(database.write([insert('a')])),
      outcomeOf(database.write([insert('c')])),
    ]);
    assert.deepEqual(
      outcomes.map(outcome => ('refused' in outcome ? outcome.refused[0] : 'written')),
      ['written', 'full', 'constraint', 'written'],
    );
    const [rows] = await database.read([{ sql: 'SELECT id FROM item ORDER BY seq' }]);
    assert.deepEqual(rows!.rows, [['a'], ['c']]);
  });

  it('fail together where the file cannot take their commit', () => {
    const script = join(import.meta.dirname, 'testing-limited.ts');
    const command = `ulimit -f 400; exec "${process.execPath}" "${script}" "${join(folder, 'limits')}"`;
    assert.deepEqual(JSON.parse(execFileSync('sh', ['-c', command], { encoding: 'utf8' })), {
      fits: ['written', 'written', 'constraint'],
      // The last was refused by a row that was never committed.
      fails: ['unavailable', 'unavailable', 'unavailable'],
      rows: [[1], [2]],
      again: 'written',
    });
  });

  it('wait for a lock in their order, also with those that come meanwhile', async () => {
    const { name, database } = await fresh();
    const locker = new Libsql(join(folder, `${name}.db`));
    locker.exec('BEGIN IMMEDIATE');
    const early = [database.write([insert('a')]), database.write([insert('b')])];
    await new Promise(resolve => setTimeout(resolve, 30));
    const late = database.write([insert('c')]);
    setTimeout(() => locker.exec('ROLLBACK'), 30);
    await Promise.all([...early, late]);
    const [rows] = await database.read([{ sql: 'SELECT id FROM item ORDER BY seq' }]);
    assert.deepEqual(rows!.rows, [['a'], ['b'], ['c']]);
    locker.close();
  });

  it('are refused each at the end of its own patience', async () => {
    const { name, database } = await fresh();
    const locker = new Libsql(join(folder, `${name}.db`));
    locker.exec('BEGIN IMMEDIATE');
    const early = outcomeOf(database.write([insert('a')]));
    await new Promise(resolve => setTimeout(resolve, 700));
    const late = outcomeOf(database.write([insert('b')]));
    const refused = await early;
    assert.equal('refused' in refused && refused.refused[0], 'unavailable');
    locker.exec('ROLLBACK');
    assert.ok('results' in (await late));
    locker.close();
  });

  it('are written before their database closes', async () => {
    const pool = createEmbeddedDatabases({ folder });
    const { name } = await fresh();
    const database = await pool.open(name);
    const writes = [database.write([insert('a')]), database.write([insert('b')])];
    pool.close();
    await Promise.all(writes);
    const [rows] = await (await databases.open(name)).read([{ sql: 'SELECT count(*) FROM item' }]);
    assert.deepEqual(rows!.rows, [[2]]);
  });

  it('of a dropped database are refused', async () => {
    const { name, database } = await fresh();
    await databases.drop(name);
    const outcomes = await Promise.all([1, 2].map(n => outcomeOf(database.write([insert(`i${n}`)]))));
    for (const outcome of outcomes) assert.equal('refused' in outcome && outcome.refused[0], 'unavailable');
  });
});
