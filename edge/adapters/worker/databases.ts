/** Databases over HTTP (Hrana): Turso databases by host name, or namespaces of a libSQL server by host name or header. */
import { createClient } from '@libsql/client/web';
import {
  type Database,
  DatabaseError,
  type Databases,
  type SqlValue,
  type Statement,
  type StatementResult,
} from '../../../schemas/ports/index.ts';
import { definesSchema, writes } from '../sql-text.ts';
import { fromDriver, toBindable } from '../sql-values.ts';
import type { DatabaseAdmin } from './database-admin.ts';
import { toDatabaseError } from './hrana-errors.ts';

export interface RemoteDatabasesOptions {
  /** Address with `{name}` where the database's name goes; without it the name goes in the header `x-namespace-bin`. */
  readonly url: string;
  readonly authToken?: string;
  readonly admin: DatabaseAdmin;
  /** How long a batch may take, in milliseconds: a rush on one store queues at its server for seconds, and that is no failure. One that defines tables may take fifteen times as long. */
  readonly timeoutMs?: number;
}

const NAME = /^[a-z0-9-]{1,58}$/;
const DEFINING_FACTOR = 15;

export function createRemoteDatabases({ admin, timeoutMs = 10_000, ...address }: RemoteDatabasesOptions): Databases {
  return {
    create: async name => admin.create(lawful(name)),
    open: async name => new RemoteDatabase(lawful(name), address, timeoutMs),
    drop: async name => admin.drop(lawful(name)),
    copy: async (name, to) => admin.copy(lawful(name), lawful(to)),
    // A libSQL server keeps a log of its own that no client may rewrite.
    compact: async () => false,
  };
}

class RemoteDatabase implements Database {
  readonly #name: string;
  readonly #address: Pick<RemoteDatabasesOptions, 'url' | 'authToken'>;
  readonly #timeoutMs: number;

  constructor(name: string, address: Pick<RemoteDatabasesOptions, 'url' | 'authToken'>, timeoutMs: number) {
    this.#name = name;
    this.#address = address;
    this.#timeoutMs = timeoutMs;
  }

  async read(statements: readonly Statement[]): Promise<StatementResult[]> {
    // The server runs a write inside a read-only transaction all the same, so it is refused here.
    const writing = statements.findIndex(({ sql }) => writes(sql));
    if (writing >= 0) throw new DatabaseError('other', 'A read batch holds a statement that writes.', writing);
    return this.#batch('read', statements, this.#timeoutMs);
  }

  async write(statements: readonly Statement[]): Promise<StatementResult[]> {
    const slow = statements.some(({ sql }) => definesSchema(sql));
    return this.#batch('write', statements, slow ? this.#timeoutMs * DEFINING_FACTOR : this.#timeoutMs);
  }

  async #batch(
    mode: 'read' | 'write',
    statements: readonly Statement[],
    timeoutMs: number,
  ): Promise<StatementResult[]> {
    if (statements.length === 0) return [];
    const wire = statements.map(({ sql, args = [] }, index) => ({ sql, args: toBindable(args, index) as WireValue[] }));
    // A client for each batch: on Workers nothing that waits on the network may be shared between requests.
    const client = this.#connect(timeoutMs);
    try {
      const single = mode === 'read' && wire.length === 1;
      const results = single ? [await client.execute(wire[0]!)] : await client.batch(wire, mode);
      return results.map((result, index) => ({
        columns: result.columns,
        rows: result.rows.map(row => Array.from(row as ArrayLike<unknown>, fromDriver)),
        changes: writes(statements[index]!.sql) ? result.rowsAffected : 0,
      }));
    } catch (error) {
      throw toDatabaseError(error, statements.length === 1 ? 0 : undefined);
    } finally {
      client.close();
    }
  }

  #connect(timeoutMs: number) {
    const { url, authToken } = this.#address;
    const byHeader = !url.includes('{name}');
    const namespace = btoa(this.#name).replaceAll('=', '');
    return createClient({
      url: url.replaceAll('{name}', this.#name),
      authToken,
      intMode: 'bigint',
      fetch: (request: Request) => {
        if (byHeader) request.headers.set('x-namespace-bin', namespace);
        return patiently(request, AbortSignal.timeout(timeoutMs));
      },
    });
  }
}

/** A server that has too many requests under way says 429 and runs nothing, so the same request may wait and try again. */
async function patiently(request: Request, signal: AbortSignal): Promise<Response> {
  for (let waitMs = 15; ; waitMs = Math.min(waitMs * 2, 250)) {
    const response = await fetch(request.clone() as Parameters<typeof fetch>[0], { signal });
    if (response.status !== 429) return response;
    await response.body?.cancel();
    await new Promise(resolve => setTimeout(resolve, waitMs * (0.5 + Math.random())));
    signal.throwIfAborted();
  }
}

/** Bytes over any buffer are fine on the wire; the client's type asks for one kind. */
type WireValue = Exclude<SqlValue, Uint8Array> | Uint8Array<ArrayBuffer>;

function lawful(name: string): string {
  if (!NAME.test(name)) throw new DatabaseError('unavailable', `"${name}" is not a database name.`);
  return name;
}
