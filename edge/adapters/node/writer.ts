/** Group commit: write batches that meet in one turn of the event loop share a transaction, so that one fsync serves all. */
import { DatabaseError, type Statement, type StatementResult } from '../../../schemas/ports/index.ts';
import type { Connection } from './connection.ts';

export interface WriterOptions {
  /** The database's connection, opened where it is not. Throws `DatabaseError`. */
  readonly connection: () => Connection;
  /** Hears of errors that may mean a damaged file. */
  readonly report: (error: unknown) => void;
  /** How long a batch waits for another process's lock, in milliseconds. */
  readonly busyWaitMs: number;
  /** Called when nothing waits any more. */
  readonly onIdle: () => void;
}

interface Batch {
  readonly statements: readonly Statement[];
  readonly resolve: (results: StatementResult[]) => void;
  readonly reject: (error: unknown) => void;
  /** Set once the file was found locked, on the clock of `performance.now()`. */
  deadline?: number;
}

/** Statements in a shared transaction: what the event loop is held up for at most, beside a single large batch. */
const MOST_STATEMENTS = 512;
const MOST_PAUSE_MS = 40;

/** The batches of one database, in the order they came. */
export class Writer {
  readonly #options: WriterOptions;
  #waiting: Batch[] = [];
  #pause = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Resolves when the batch is as durable as a commit of its own. Throws `DatabaseError` as that would. */
  write(statements: readonly Statement[]): Promise<StatementResult[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject });
      // No timer: whatever else came with this turn of the event loop has been heard by then.
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** Writes at once what waits; what meets a lock is refused. */
  end(): void {
    for (const batch of this.#waiting) batch.deadline = 0;
    while (this.#waiting.length > 0) this.#run();
  }

  #flush(): void {
    if (this.#waiting.length > 0) this.#run();
    if (this.#waiting.length === 0) this.#options.onIdle();
    else if (this.#pause > 0) setTimeout(() => this.#flush(), this.#pause);
    else setImmediate(() => this.#flush());
  }

  #run(): void {
    const group = this.#take();
    const locked = group.length === 1 ? this.#alone(group) : this.#together(group);
    this.#waiting.unshift(...locked);
    this.#pause = locked.length === 0 ? 0 : Math.min(this.#pause * 2 || 1, MOST_PAUSE_MS);
  }

  #take(): Batch[] {
    let count = 0;
    let statements = 0;
    for (const batch of this.#waiting) {
      statements += batch.statements.length;
      if (count > 0 && statements > MOST_STATEMENTS) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Hands back the batches that met a lock and may wait for it. */
  #together(group: readonly Batch[]): Batch[] {
    try {
      const outcomes = this.#options.connection().writeTogether(group.map(({ statements }) => statements));
      if (outcomes === undefined) return this.#alone(group);
      for (const [index, outcome] of outcomes.entries()) settle(group[index]!, outcome);
      return [];
    } catch (error) {
      return this.#fail(group, error);
    }
  }

  #alone(group: readonly Batch[]): Batch[] {
    return group.flatMap(batch => {
      try {
        settle(batch, this.#options.connection().write(batch.statements));
        return [];
      } catch (error) {
        return this.#fail([batch], error);
      }
    });
  }

  /** Nothing of these batches was written. */
  #fail(group: readonly Batch[], error: unknown): Batch[] {
    const now = performance.now();
    const patient = isLocked(error)
      ? group.filter(batch => {
          batch.deadline ??= now + this.#options.busyWaitMs;
          return now < batch.deadline;
        })
      : [];
    this.#options.report(error);
    for (const batch of group) if (!patient.includes(batch)) batch.reject(error);
    return patient;
  }
}

function settle(batch: Batch, outcome: StatementResult[] | DatabaseError): void {
  if (outcome instanceof DatabaseError) batch.reject(outcome);
  else batch.resolve(outcome);
}

/** Whether another process holds the file's lock: SQLITE_BUSY or SQLITE_LOCKED. */
export function isLocked(error: unknown): boolean {
  if (!(error instanceof DatabaseError) || error.kind !== 'unavailable') return false;
  const code = (error.cause as { rawCode?: number } | undefined)?.rawCode;
  return code !== undefined && ((code & 0xff) === 5 || (code & 0xff) === 6);
}
