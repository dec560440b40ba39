import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Libsql from 'libsql';
import { DatabaseError } from '../../../schemas/ports/index.ts';
import { databasesContract } from '../databases.contract.ts';
import { createEmbeddedDatabases, type EmbeddedDatabases } from './databases.ts';

let folder: string;
let databases: EmbeddedDatabases;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-databases-'));
  databases = createEmbeddedDatabases({ folder, busyWaitMs: 300 });
});

after(() => {
  databases.close();
  rmSync(folder, { recursive: true });
});

databasesContract('embedded files', () => databases);

const kind = (expected: string) => (error: unknown) => error instanceof DatabaseError && error.kind === expected;

describe('embedded databases', () => {
  it('opens a cold store once for 1,000 callers', async () => {
    await databases.create('cold');
    const pool = createEmbeddedDatabases({ folder });
    const read = async () => (await pool.open('cold')).read([{ sql: 'SELECT 1' }]);
    await Promise.all(Array.from({ length: 1000 }, read));
    assert.deepEqual(pool.stats(), { open: 1, opened: 1 });
    pool.close();
  });

  it('keeps a database usable after its connection was evicted', async () => {
    const pool = createEmbeddedDatabases({ folder, maxOpen: 2 });
    await pool.create('evict-a');
    const first = await pool.open('evict-a');
    await first.write([{ sql: 'CREATE TABLE t (x) ' }]);
    for (const name of ['evict-b', 'evict-c', 'evict-d']) await pool.create(name);
    assert.equal(pool.stats().open, 2);
    assert.equal((await first.read([{ sql: 'SELECT * FROM t' }])).length, 1);
    pool.close();
  });

  it('keeps a place free, so that the next to open does not wait for a close', async () => {
    const pool = createEmbeddedDatabases({ folder, maxOpen: 64, synchronous: 'NORMAL' });
    for (let n = 0; n < 70; n++) {
      await pool.create(`free-${n}`);
      assert.ok(pool.stats().open <= 64);
      await new Promise(resolve => setImmediate(resolve));
      assert.ok(pool.stats().open <= 63);
    }
    await Promise.all(Array.from({ length: 70 }, (_, n) => pool.open(`free-${n}`)));
    assert.ok(pool.stats().open <= 64);
    pool.close();
  });

  it('keeps file descriptors flat while hundreds of stores pass through few connections', async () => {
    const pool = createEmbeddedDatabases({ folder, maxOpen: 8, synchronous: 'NORMAL' });
    for (let n = 0; n < 20; n++) await pool.create(`fd-${n}`);
    const touch = async (rounds: number, times = 1) => {
      for (let n = 0; n < rounds; n++) {
        const database = await pool.open(`fd-${n % 20}`);
        for (let time = 0; time < times; time++) await database.read([{ sql: 'SELECT * FROM sqlite_schema' }]);
        // The driver gives descriptors back between turns of the event loop, as a server has them.
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    await touch(300);
    const before = readdirSync('/proc/self/fd').length;
    await touch(1500);
    // Some dozen closed connections of three descriptors each wait to be collected.
    const grown = readdirSync('/proc/self/fd').length - before;
    assert.ok(grown <= 100, `${grown} descriptors more`);
    // Statements that were kept are old by the time their store is closed.
    await touch(600, 10);
    const kept = readdirSync('/proc/self/fd').length - before;
    assert.ok(kept <= 100, `${kept} descriptors more after statements that were kept`);
    pool.close();
  });

  it('answers "unavailable" for a damaged file alone, and sees it restored', async () => {
    writeFileSync(join(folder, 'damaged.db'), 'not a database '.repeat(500));
    await databases.create('healthy');
    await assert.rejects(async () => databases.open('damaged'), kind('unavailable'));
    await assert.rejects(async () => databases.open('damaged'), kind('unavailable'));
    await (await databases.open('healthy')).read([{ sql: 'SELECT 1' }]);
    rmSync(join(folder, 'damaged.db'));
    await new Promise(resolve => setTimeout(resolve, 550));
    await databases.create('damaged');
    await (await databases.open('damaged')).read([{ sql: 'SELECT 1' }]);
  });

  it('waits for a lock without stopping other stores, then answers "unavailable"', async () => {
    await databases.create('locked');
    const locker = new Libsql(join(folder, 'locked.db'));
    const database = await databases.open('locked');
    locker.exec('BEGIN IMMEDIATE');
    const neighbour = await databases.open('healthy');
    const started = performance.now();
    const refused = assert.rejects(database.write([{ sql: 'CREATE TABLE t (x)' }]), kind('unavailable'));
    await neighbour.read([{ sql: 'SELECT 1' }]);
    assert.ok(performance.now() - started < 100, 'the neighbour waited');
    await refused;
    assert.ok(performance.now() - started < 2000);
    const patient = database.write([{ sql: 'CREATE TABLE t (x)' }]);
    setTimeout(() => locker.exec('ROLLBACK'), 50);
    await patient;
    locker.close();
  });

  it('answers "full" when no page is left, keeps reading, and recovers', async () => {
    await databases.create('small');
    const database = await databases.open('small');
    await database.write([{ sql: 'CREATE TABLE t (b BLOB)' }]);
    await database.read([{ sql: 'PRAGMA max_page_count = 4' }]);
    const insert = { sql: 'INSERT INTO t VALUES (?)', args: [new Uint8Array(40_000)] };
    await assert.rejects(database.write([insert]), kind('full'));
    assert.deepEqual((await database.read([{ sql: 'SELECT count(*) FROM t' }]))[0]!.rows, [[0]]);
    await database.read([{ sql: 'PRAGMA max_page_count = 100000' }]);
    await database.write([insert]);
  });

  it('lets go of the snapshot after a read of one row, so that the log can be checkpointed', async () => {
    await databases.create('log');
    const database = await databases.open('log');
    await database.write([{ sql: 'CREATE TABLE t (x)' }, { sql: 'INSERT INTO t VALUES (1), (2)' }]);
    await database.read([{ sql: 'SELECT x FROM t LIMIT 1' }]);
    const other = new Libsql(join(folder, 'log.db'));
    const [row] = other.prepare('PRAGMA wal_checkpoint(TRUNCATE)').raw().all([]) as number[][];
    assert.equal(row![0], 0, 'the checkpoint was held up');
    other.close();
  });
});
