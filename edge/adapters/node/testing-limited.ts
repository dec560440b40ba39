/** A process for tests whose files may not grow past a limit of the system: says how batches of one turn end, before and beyond it. */
import { DatabaseError } from '../../../schemas/ports/index.ts';
import { createEmbeddedDatabases } from './databases.ts';

// Without a listener the signal ends the process; with one the write fails, as on a broken disk.
process.on('SIGXFSZ', () => {});
const databases = createEmbeddedDatabases({ folder: process.argv[2]! });
await databases.create('limited');
const database = await databases.open('limited');
await database.write([{ sql: 'CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) STRICT' }]);
const insert = (id: number, bytes = 10): Promise<string> =>
  database.write([{ sql: 'INSERT INTO t VALUES (?, ?)', args: [id, new Uint8Array(bytes)] }]).then(
    () => 'written',
    (error: unknown) => (error instanceof DatabaseError ? error.kind : `${error}`),
  );
const fits = await Promise.all([insert(1), insert(2), insert(1)]);
const fails = await Promise.all([insert(3), insert(4, 1_000_000), insert(3)]);
// A file in trouble is left alone for half a second.
await new Promise(resolve => setTimeout(resolve, 600));
const [rows] = await (await databases.open('limited')).read([{ sql: 'SELECT id FROM t ORDER BY id' }]);
console.log(JSON.stringify({ fits, fails, rows: rows!.rows, again: await insert(3) }));
databases.close();
