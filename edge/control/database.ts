/** The control plane's database as drizzle sees it, over the Databases port and so the same on both hosts. */
import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import type { Clock, Database, Databases, SqlValue, StatementResult } from '../../schemas/ports/index.ts';
import { migrate } from './migrate.ts';

export const CONTROL_DATABASE = 'control';

export type ControlDatabase = SqliteRemoteDatabase;

export interface Control {
  readonly db: ControlDatabase;
  /** Creates and migrates the database. Called by the first query where nobody did before. */
  ready(): Promise<void>;
}

interface Query {
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly method: string;
}

/** Nothing is opened until the first query. */
export function openControl({ databases, clock }: { readonly databases: Databases; readonly clock: Clock }): Control {
  let isReady = false;

  // No promise is shared between requests: a Worker may drop the one that made it, and the others would wait for ever.
  const ready = async (): Promise<void> => {
    if (isReady) return;
    await databases.create(CONTROL_DATABASE);
    await migrate(await databases.open(CONTROL_DATABASE), clock.now());
    isReady = true;
  };

  const run = async (queries: readonly Query[]): Promise<readonly StatementResult[]> => {
    if (!isReady) await ready();
    const database: Database = await databases.open(CONTROL_DATABASE);
    const statements = queries.map(({ sql, params }) => ({ sql, args: params as readonly SqlValue[] }));
    return queries.every(reads) ? database.read(statements) : database.write(statements);
  };

  const db = drizzle(
    async (sql, params, method) => {
      const [result] = await run([{ sql, params, method }]);
      return toRemote(method, result!);
    },
    async batch => {
      const results = await run(batch);
      return results.map((result, index) => toRemote(batch[index]!.method, result));
    },
  );
  return { db, ready };
}

/** An INSERT ... RETURNING asks for rows too, so only the first word tells. */
const reads = ({ sql, method }: Query): boolean => method !== 'run' && /^\s*select\b/i.test(sql);

function toRemote(method: string, { rows }: StatementResult): { rows: unknown[] } {
  // drizzle wants the row itself for `get`, undefined where there is none, whatever its types say.
  return { rows: (method === 'get' ? rows[0] : rows) as unknown[] };
}
