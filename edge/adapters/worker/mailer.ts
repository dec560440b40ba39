/** An outbox kept in a libSQL table, for a Worker that has no mail service configured. */
import type { Clock, Database, Databases, MailOutbox, Statement } from '../../../schemas/ports/index.ts';
import { createOutbox } from '../outbox.ts';

const TABLE: Statement = {
  sql: 'CREATE TABLE IF NOT EXISTS _mail_outbox (id TEXT PRIMARY KEY, sent_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT',
};

/** Records looked at in one read. */
const REWRITTEN = 100;

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
      async rewrite(change) {
        const database = await open();
        let [changed, last] = [0, ''];
        for (;;) {
          const sql = 'SELECT id, record FROM _mail_outbox WHERE id > ? ORDER BY id LIMIT ?';
          const [found] = await database.read([{ sql, args: [last, REWRITTEN] }]);
          const rows = found!.rows as readonly [string, string][];
          const updates = rows.flatMap(([id, record]): Statement[] => {
            const next = change(record);
            return next === undefined
              ? []
              : [{ sql: 'UPDATE _mail_outbox SET record = ? WHERE id = ?', args: [next, id] }];
          });
          if (updates.length > 0) await database.write(updates);
          changed += updates.length;
          if (rows.length < REWRITTEN) return changed;
          last = rows.at(-1)![0];
        }
      },
    },
    clock,
  );
}
