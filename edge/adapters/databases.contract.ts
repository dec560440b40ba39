/** What every Databases adapter must do; each adapter's test runs this suite. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Database,
  DatabaseError,
  type DatabaseErrorKind,
  type Databases,
  type SqlValue,
} from '../../schemas/ports/index.ts';

const SCHEMA = [
  { sql: 'CREATE TABLE owner (id TEXT PRIMARY KEY) STRICT' },
  {
    sql: 'CREATE TABLE item (id TEXT PRIMARY KEY, n INTEGER CHECK (n >= 0), r REAL, b BLOB, owner_id TEXT REFERENCES owner (id)) STRICT',
  },
  {
    sql: "CREATE TRIGGER item_guard BEFORE INSERT ON item WHEN NEW.n = 13 BEGIN SELECT RAISE(ABORT, 'item.unlucky'); END",
  },
];

let counter = 0;

/** Registers the suite; `databases` is asked for when the tests run. */
export function databasesContract(name: string, databases: () => Databases): void {
  const fresh = async (): Promise<Database> => {
    const database = `contract-${process.pid}-${++counter}`;
    await databases().create(database);
    const opened = await databases().open(database);
    await opened.write(SCHEMA);
    return opened;
  };
  const insert = (id: string, n: SqlValue = 1) => ({ sql: 'INSERT INTO item (id, n) VALUES (?, ?)', args: [id, n] });
  const ids = async (database: Database): Promise<SqlValue[]> => {
    const [result] = await database.read([{ sql: 'SELECT id FROM item ORDER BY id' }]);
    return result!.rows.map(row => row[0]!);
  };

  describe(`databases: ${name}`, () => {
    it('returns columns, rows in column order and the number of changes', async () => {
      const database = await fresh();
      const written = await database.write([insert('a', 1), insert('b', 2), { sql: 'UPDATE item SET n = n + 1' }]);
      assert.deepEqual(
        written.map(result => result.changes),
        [1, 1, 2],
      );
      const [read] = await database.read([{ sql: 'SELECT n, id FROM item WHERE id = ?', args: ['b'] }]);
      assert.deepEqual(read, { columns: ['n', 'id'], rows: [[3, 'b']], changes: 0 });
    });

    it('keeps text, integers, reals, blobs and null as they are', async () => {
      const database = await fresh();
      const bytes = new Uint8Array([0, 1, 255]);
      const wide = 9007199254740993n;
      await database.write([
        {
          sql: 'INSERT INTO item (id, n, r, b) VALUES (?, ?, ?, ?)',
          args: ["O'Neil “ž” 🚲", 1_732_000_000_000, 0.1, bytes],
        },
        { sql: 'INSERT INTO item (id, n, r) VALUES (?, ?, ?)', args: ['wide', wide, 1e300] },
      ]);
      const [result] = await database.read([{ sql: 'SELECT id, n, r, b FROM item ORDER BY id' }]);
      assert.deepEqual(result!.rows, [
        ["O'Neil “ž” 🚲", 1_732_000_000_000, 0.1, bytes],
        ['wide', wide, 1e300, null],
      ]);
    });

    it('binds a whole number as an integer', async () => {
      const database = await fresh();
      const [result] = await database.read([
        { sql: "SELECT typeof(?1), ?1 || '', json_object('n', ?1), typeof(?2)", args: [5, 1.5] },
      ]);
      assert.deepEqual(result!.rows, [['integer', '5', '{"n":5}', 'real']]);
    });

    it('refuses values that would not arrive as they left', async () => {
      const database = await fresh();
      const bad: unknown[] = [true, undefined, Number.NaN, 'a\0b', 2n ** 63n, {}, new Date(0)];
      for (const value of bad) {
        const args = ['x', value as SqlValue];
        await rejects(database.write([{ sql: 'INSERT INTO item (id, n) VALUES (?, ?)', args }]), 'other');
      }
      assert.deepEqual(await ids(database), []);
    });

    it('never sees the arguments of an earlier call', async () => {
      const database = await fresh();
      const sql = 'SELECT ?1, ?2';
      await database.read([{ sql, args: ['a', 'secret'] }]);
      const [again] = await Promise.resolve(database.read([{ sql, args: ['b'] }])).catch(() => [undefined]);
      assert.ok(again === undefined || again.rows[0]![1] === null);
    });

    it('returns the rows of RETURNING and counts them', async () => {
      const database = await fresh();
      const [result] = await database.write([
        { sql: 'INSERT INTO item (id, n) VALUES (?, ?), (?, ?) RETURNING id, n', args: ['a', 1, 'b', 2] },
      ]);
      assert.equal(result!.changes, 2);
      assert.deepEqual(result!.columns, ['id', 'n']);
      assert.deepEqual(result!.rows, [
        ['a', 1],
        ['b', 2],
      ]);
    });

    it('rolls the whole batch back and names the statement that failed', async () => {
      const database = await fresh();
      await database.write([insert('a')]);
      const error = await rejects(database.write([insert('b'), insert('a'), insert('c')]), 'constraint');
      assert.equal(error.statementIndex, 1);
      assert.equal(error.message, 'UNIQUE constraint failed: item.id');
      assert.deepEqual(await ids(database), ['a']);
    });

    it('reports every refusal of the schema as a constraint, with the text of SQLite', async () => {
      const database = await fresh();
      const check = await rejects(database.write([insert('x', -1)]), 'constraint');
      assert.match(check.message, /^CHECK constraint failed: n >= 0$/);
      const trigger = await rejects(database.write([insert('x', 13)]), 'constraint');
      assert.equal(trigger.message, 'item.unlucky');
      const type = await rejects(database.write([insert('x', 'text')]), 'constraint');
      assert.match(type.message, /cannot store TEXT value in INTEGER column/);
      const reference = await rejects(
        database.write([{ sql: "INSERT INTO item (id, owner_id) VALUES ('x', 'nobody')" }]),
        'constraint',
      );
      assert.equal(reference.message, 'FOREIGN KEY constraint failed');
    });

    it('sees changes() of the statement before, so that an assertion can roll back', async () => {
      const database = await fresh();
      await database.write([{ sql: 'CREATE TABLE _assert (ok INTEGER CHECK (ok = 1)) STRICT' }, insert('a')]);
      const guard = { sql: 'INSERT INTO _assert (ok) VALUES (changes())' };
      await database.write([{ sql: "UPDATE item SET n = 5 WHERE id = 'a' AND n = 1" }, guard]);
      const stale = await rejects(
        database.write([insert('b'), { sql: "UPDATE item SET n = 6 WHERE id = 'a' AND n = 1" }, guard]),
        'constraint',
      );
      assert.equal(stale.statementIndex, 2);
      assert.deepEqual(await ids(database), ['a']);
    });

    it('refuses to write in a read batch', async () => {
      const database = await fresh();
      await assert.rejects(async () => database.read([insert('a')]), DatabaseError);
      await assert.rejects(
        async () => database.read([{ sql: 'SELECT 1' }, { sql: "INSERT INTO item (id) VALUES ('b') RETURNING id" }]),
        DatabaseError,
      );
      assert.deepEqual(await ids(database), []);
    });

    it('reads several statements from one snapshot', async () => {
      const database = await fresh();
      await database.write([insert('a')]);
      const results = await database.read([
        { sql: 'SELECT count(*) AS n FROM item' },
        { sql: 'SELECT id FROM item WHERE id = ? LIMIT 1', args: ['a'] },
        { sql: 'SELECT id FROM item WHERE id = ? LIMIT 1', args: ['none'] },
      ]);
      assert.deepEqual(
        results.map(result => result.rows),
        [[[1]], [['a']], []],
      );
    });

    it('sees a column that was added after the statement was first used', async () => {
      const database = await fresh();
      await database.write([insert('a')]);
      const all = [{ sql: 'SELECT * FROM owner' }, { sql: 'SELECT * FROM item' }];
      assert.equal((await database.read(all))[1]!.columns.length, 5);
      await database.write([{ sql: 'ALTER TABLE item ADD COLUMN extra TEXT' }]);
      const after = (await database.read(all))[1]!;
      assert.equal(after.columns[5], 'extra');
      assert.equal(after.rows[0]!.length, 6);
    });

    it('reports wrong SQL as "other"', async () => {
      const database = await fresh();
      await rejects(database.read([{ sql: 'SELEC 1' }]), 'other');
      const error = await rejects(database.write([insert('a'), { sql: 'INSERT INTO nowhere VALUES (1)' }]), 'other');
      assert.equal(error.statementIndex, 1);
      assert.match(error.message, /no such table: nowhere/);
      assert.deepEqual(await ids(database), []);
    });

    it('loses no write of many at once', async () => {
      const database = await fresh();
      await database.write([insert('counter', 0)]);
      const add = { sql: "UPDATE item SET n = n + 1 WHERE id = 'counter'" };
      await Promise.all(Array.from({ length: 40 }, () => database.write([add])));
      const [result] = await database.read([{ sql: 'SELECT n FROM item' }]);
      assert.deepEqual(result!.rows, [[40]]);
    });

    it('keeps the stores apart, and the content when created twice', async () => {
      const [one, two] = [`apart-${process.pid}-${++counter}`, `apart-${process.pid}-${++counter}`];
      await databases().create(one);
      await databases().create(two);
      await (await databases().open(one)).write(SCHEMA);
      await (await databases().open(one)).write([insert('mine')]);
      await databases().create(one);
      assert.deepEqual(await ids(await databases().open(one)), ['mine']);
      await rejects((await databases().open(two)).read([{ sql: 'SELECT * FROM item' }]), 'other');
    });

    it('copies one instant of a database that is written to, with its rules, and never over another one', async () => {
      const [from, to] = [`copied-${process.pid}-${++counter}`, `copied-${process.pid}-${++counter}`];
      await databases().create(from);
      const source = await databases().open(from);
      await source.write([...SCHEMA, insert('first')]);
      let stop = false;
      let pairs = 0;
      const writer = (async () => {
        for (; !stop; pairs++) await source.write([insert(`a${pairs}`), insert(`b${pairs}`)]);
      })();
      while (pairs < 3) await new Promise(resolve => setTimeout(resolve, 1));
      await databases().copy(from, to);
      stop = true;
      await writer;
      const copy = await databases().open(to);
      const held = (await ids(copy)).map(String);
      assert.ok(held.length >= 7 && held.length <= pairs * 2 + 1, `${held.length} of ${pairs * 2 + 1}`);
      assert.equal(held.filter(id => id.startsWith('a')).length, held.filter(id => id.startsWith('b')).length);
      await rejects(copy.write([insert('x', 13)]), 'constraint');
      await copy.write([insert('own')]);
      assert.ok(!(await ids(source)).includes('own'));
      await rejects(databases().copy(from, to), 'unavailable');
      assert.ok((await ids(copy)).includes('own'));
      await databases().drop(to);
      await databases().copy(from, to);
      assert.equal((await ids(await databases().open(to))).length, pairs * 2 + 1);
    });

    it('copies nothing that is not there', async () => {
      const to = `copied-${process.pid}-${++counter}`;
      await rejects(databases().copy(`missing-${process.pid}`, to), 'unavailable');
      await rejects((async () => (await databases().open(to)).read([{ sql: 'SELECT 1' }]))(), 'unavailable');
    });

    it('compacts without losing a row, where it can', async () => {
      const name = `compact-${process.pid}-${++counter}`;
      await databases().create(name);
      const database = await databases().open(name);
      await database.write(SCHEMA);
      await database.write([insert('a'), insert('b')]);
      await database.write([{ sql: "DELETE FROM item WHERE id = 'a'" }]);
      assert.equal(typeof (await databases().compact(name)), 'boolean');
      assert.deepEqual(await ids(await databases().open(name)), ['b']);
    });

    it('answers "unavailable" for a store that never was, was dropped, or has no lawful name', async () => {
      const use = async (store: string) => (await databases().open(store)).read([{ sql: 'SELECT 1' }]);
      await rejects(use(`missing-${process.pid}`), 'unavailable');
      for (const store of ['../control', 'A', '', 'a'.repeat(59), 'a/b', 'a.b'])
        await rejects(use(store), 'unavailable');
      const gone = `gone-${process.pid}-${++counter}`;
      await databases().create(gone);
      await use(gone);
      await databases().drop(gone);
      await rejects(use(gone), 'unavailable');
      await databases().drop(gone);
    });
  });
}

async function rejects(attempt: unknown, kind: DatabaseErrorKind): Promise<DatabaseError> {
  const error = await Promise.resolve(attempt).then(
    () => assert.fail('the batch was accepted'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DatabaseError, `not a DatabaseError: ${error}`);
  assert.equal(error.kind, kind, error.message);
  return error;
}
