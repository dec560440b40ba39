/** Brings the control plane's database to the newest shape. */
import { type Database, DatabaseError } from '../../schemas/ports/index.ts';
import { type Migration, migrations } from './migrations.ts';

const LEDGER =
  'CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY NOT NULL, applied_at INTEGER NOT NULL) STRICT';

/**
 * Applies what the ledger does not list; a second call changes nothing.
 * A write batch is the lock: of two processes that start at once one inserts the ledger row, the other's whole batch
 * is refused and it finds the work done. Throws `DatabaseError`.
 */
export async function migrate(
  database: Database,
  now: number,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  let applied = await appliedIn(database);
  for (const step of steps) {
    if (applied.has(step.id)) continue;
    try {
      await database.write([
        { sql: 'INSERT INTO migration (id, applied_at) VALUES (?, ?)', args: [step.id, now] },
        ...step.statements.map(sql => ({ sql })),
      ]);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== 'constraint') throw error;
      applied = await appliedIn(database);
      if (!applied.has(step.id)) throw error;
    }
  }
}

async function appliedIn(database: Database): Promise<Set<unknown>> {
  const [known] = await database.read([{ sql: `SELECT 1 FROM sqlite_schema WHERE name = 'migration'` }]);
  if (!known || known.rows.length === 0) await database.write([{ sql: LEDGER }]);
  const [ledger] = await database.read([{ sql: 'SELECT id FROM migration' }]);
  return new Set(ledger?.rows.map(row => row[0]));
}
