/** Adds what was counted to a client's database, once however often it is tried. */
import { type Database, DatabaseError, type Statement } from '../../schemas/ports/index.ts';
import { insertInto, subject } from './tables.ts';
import type { Tally } from './tally.ts';

/** Rows in one statement. */
const SLICE = 4_000;

const ADD = `${insertInto('hourly', ['site', 'dimension', 'day', 'hour', ...subject, 'value', 'counted', 'seen'])}
  ON CONFLICT DO UPDATE SET counted = counted + excluded.counted, seen = seen + excluded.seen`;
const MARK = `${insertInto('mark', ['site', 'dimension', 'day', 'value', 'register', 'rank'])}
  ON CONFLICT DO UPDATE SET rank = excluded.rank WHERE excluded.rank > rank`;

/** `id` names the tally; one that was written before is passed over. Throws `DatabaseError`. */
export async function writeTally(db: Database, id: string, tally: Tally, now: number): Promise<void> {
  const sliced = (sql: string, rows: readonly unknown[]): Statement[] =>
    Array.from({ length: Math.ceil(rows.length / SLICE) }, (_, index) => ({
      sql,
      args: [JSON.stringify(rows.slice(index * SLICE, (index + 1) * SLICE))],
    }));
  try {
    await db.write([
      { sql: 'INSERT INTO batch (id, at) VALUES (?, ?)', args: [id, now] },
      ...sliced(ADD, tally.hourly()),
      ...sliced(MARK, tally.marks()),
      // A day that was settled already is made anew.
      ...tally.days().map(args => ({ sql: 'DELETE FROM settled WHERE site = ? AND day = ?', args })),
    ]);
  } catch (error) {
    if (!(error instanceof DatabaseError && error.kind === 'constraint' && /batch\.id/.test(error.message)))
      throw error;
  }
}
