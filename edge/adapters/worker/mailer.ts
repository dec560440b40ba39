/** An outbox kept in a libSQL table, for a Worker that has no mail service configured. */
import type { Clock, Database, Databases, MailOutbox, Statement } from '../../../schemas/ports/index.ts';
import { createOutbox } from '../outbox.ts';

const TABLE: Statement = {
  sql: 'CREATE TABLE IF NOT EXISTS _mail_outbox (id TEXT PRIMARY KEY, sent_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT',
};

/** `database` is the name of the database that holds the table `_mail_outbox`; the table is made when it is missing. */
export function createDatabaseOutbox(databases: Databases, database: string, clock: Clock): MailOutbox {
  let prepared = false;
  const open = async (): Promise<Database> => {
    const opened = await databases.open(database);
    if (!prepared) await opened.write([TABLE]);
    prepared = true;
    return opened;
  };
  return createOutbox(
    {
      async add(id, sentAt, record) {
        const sql = 'INSERT OR IGNORE INTO _mail_outbox (id, sent_at, record) VALUES (?, ?, ?)';
        await (await open()).write([{ sql, args: [id, sentAt, record] }]);
      },
      async get(id) {
        const sql = 'SELECT record FROM _mail_outbox WHERE id = ? LIMIT 1';
        const [result] = await (await open()).read([{ sql, args: [id] }]);
        return result?.rows[0]?.[0] as string | undefined;
      },
      async newest(limit) {
        const sql = 'SELECT record FROM _mail_outbox ORDER BY sent_at DESC LIMIT ?';
        const [result] = await (await open()).read([{ sql, args: [limit] }]);
        return (result?.rows ?? []).map(row => row[0] as string);
      },
    },
    clock,
  );
}
