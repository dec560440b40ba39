/** Lets the reads that resolvers of one level issue travel to the store together. */
import type { Database, Statement, StatementResult } from '../../schemas/ports/index.ts';
import type { Runtime } from '../engine/runtime.ts';

interface Waiting {
  readonly statements: readonly Statement[];
  readonly resolve: (results: StatementResult[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads of one turn are one batch; writes pass as they are. */
export function batchedDatabase(db: Database): Database {
  let waiting: Waiting[] = [];
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    try {
      const results = await db.read(batch.flatMap(({ statements }) => statements));
      let at = 0;
      for (const { statements, resolve } of batch) {
        resolve(results.slice(at, at + statements.length));
        at += statements.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  return {
    write: statements => db.write(statements),
    read: statements =>
      new Promise((resolve, reject) => {
        waiting.push({ statements, resolve, reject });
        if (waiting.length === 1) setImmediate(() => void flush());
      }),
  };
}

/** The runtime for one request's queries: its store is opened once, its reads are batched. */
export function batchedRuntime(runtime: Runtime): Runtime {
  let opened: Promise<Database> | undefined;
  const open: Runtime['stores']['open'] = (store, modules) => {
    opened ??= Promise.resolve(runtime.stores.open(store, modules)).then(batchedDatabase);
    return opened;
  };
  return { ...runtime, stores: { ...runtime.stores, open } };
}
