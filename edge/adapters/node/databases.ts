/** Databases on Node: one embedded libSQL file per name, over a bounded pool of long-lived connections. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Database,
  DatabaseError,
  type Databases,
  type Statement,
  type StatementResult,
} from '../../../schemas/ports/index.ts';
import { Connection } from './connection.ts';
import { countRelease } from './release.ts';
import { isLocked, Writer } from './writer.ts';

export interface EmbeddedDatabasesOptions {
  /** Folder that holds the files. */
  readonly folder: string;
  /** Most connections held open at a time. */
  readonly maxOpen?: number;
  /** How long a batch waits for another process's lock, in milliseconds. */
  readonly busyWaitMs?: number;
  /** `NORMAL` may lose the last acknowledged batches at a power cut, never at a crash of the process. */
  readonly synchronous?: 'FULL' | 'NORMAL';
}

export interface EmbeddedDatabases extends Databases {
  /** Closes every connection; the next use opens anew. */
  close(): void;
  /** Connections now open, and how many have been opened so far. */
  stats(): { readonly open: number; readonly opened: number };
}

interface Entry {
  readonly connection: Connection;
  readonly handle: Database;
  usedAt: number;
}

interface Failure {
  readonly error: DatabaseError;
  readonly until: number;
}

const NAME = /^[a-z0-9-]{1,58}$/;
/** How long a file that cannot be opened is left alone, so that its callers do not cost its neighbours. */
const FAILURE_MS = 500;
const MAX_FAILURES = 1024;
/** One place in so many is kept free, so that whoever opens a store does not wait for another to be closed. */
const FREE_SHARE = 64;

/** Creates the folder when it is missing. */
export function createEmbeddedDatabases(options: EmbeddedDatabasesOptions): EmbeddedDatabases {
  return new Pool(options);
}

class Pool implements EmbeddedDatabases {
  readonly #folder: string;
  readonly #maxOpen: number;
  readonly #busyWaitMs: number;
  readonly #synchronous: 'FULL' | 'NORMAL';
  readonly #entries = new Map<string, Entry>();
  readonly #failures = new Map<string, Failure>();
  /** Of the databases that have batches waiting. */
  readonly #writers = new Map<string, Writer>();
  #tick = 0;
  #opened = 0;

  constructor({ folder, maxOpen = 512, busyWaitMs = 1500, synchronous = 'FULL' }: EmbeddedDatabasesOptions) {
    this.#folder = folder;
    this.#maxOpen = maxOpen;
    this.#busyWaitMs = busyWaitMs;
    this.#synchronous = synchronous;
    mkdirSync(folder, { recursive: true });
  }

  async create(name: string): Promise<void> {
    const path = this.#path(name);
    if (existsSync(path)) return;
    this.#failures.delete(name);
    await this.patiently(() => this.#connect(name, path));
    syncPath(this.#folder);
  }

  open(name: string): Database | Promise<Database> {
    return this.patiently(() => this.#entry(name).handle);
  }

  async drop(name: string): Promise<void> {
    const path = this.#path(name);
    this.#writers.get(name)?.end();
    this.#discard(name);
    this.#failures.delete(name);
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    syncPath(this.#folder);
  }

  async copy(name: string, to: string): Promise<void> {
    const path = this.#path(to);
    if (existsSync(path)) throw new DatabaseError('unavailable', `There is a database "${to}" already.`);
    // No name has a dot: what a crash leaves half written is never opened.
    const part = `${path}.part`;
    rmSync(part, { force: true });
    await this.patiently(() => this.connection(name).copyTo(part));
    syncPath(part);
    renameSync(part, path);
    this.#failures.delete(to);
    syncPath(this.#folder);
  }

  async compact(name: string): Promise<boolean> {
    await this.patiently(() => this.connection(name).compact());
    return true;
  }

  close(): void {
    for (const writer of this.#writers.values()) writer.end();
    for (const name of [...this.#entries.keys()]) this.#discard(name);
  }

  stats(): { readonly open: number; readonly opened: number } {
    return { open: this.#entries.size, opened: this.#opened };
  }

  /** The pooled connection of a database, opened when it is not. Throws `DatabaseError`. */
  connection(name: string): Connection {
    return this.#entry(name).connection;
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry === undefined) return this.#reopen(name);
    entry.usedAt = ++this.#tick;
    return entry;
  }

  /** Runs the statements as one transaction, with whatever else was asked of the database in this turn of the event loop. */
  write(name: string, statements: readonly Statement[]): Promise<StatementResult[]> {
    let writer = this.#writers.get(name);
    if (writer === undefined) {
      writer = new Writer({
        connection: () => this.connection(name),
        report: error => this.report(name, error),
        busyWaitMs: this.#busyWaitMs,
        onIdle: () => this.#writers.delete(name),
      });
      this.#writers.set(name, writer);
    }
    return writer.write(statements);
  }

  /** Runs a read again while another process holds the lock, without holding up the event loop. */
  patiently<Result>(run: () => Result): Result | Promise<Result> {
    try {
      return run();
    } catch (error) {
      return isLocked(error) ? this.#waitFor(run, error) : Promise.reject(error);
    }
  }

  /** A file found damaged is let go, so that a restored one is seen. */
  report(name: string, error: unknown): void {
    if (!(error instanceof DatabaseError) || error.kind !== 'unavailable' || isLocked(error)) return;
    this.#discard(name);
    this.#remember(name, error);
  }

  async #waitFor<Result>(run: () => Result, first: unknown): Promise<Result> {
    const deadline = performance.now() + this.#busyWaitMs;
    let error = first;
    for (let pause = 1; performance.now() < deadline; pause = Math.min(pause * 2, 40)) {
      await sleep(pause);
      try {
        return run();
      } catch (again) {
        if (!isLocked(again)) throw again;
        error = again;
      }
    }
    throw error;
  }

  #reopen(name: string): Entry {
    const path = this.#path(name);
    const failure = this.#failures.get(name);
    if (failure !== undefined) {
      if (performance.now() < failure.until) throw failure.error;
      this.#failures.delete(name);
    }
    if (!existsSync(path)) throw new DatabaseError('unavailable', `There is no database "${name}".`);
    try {
      return this.#connect(name, path);
    } catch (error) {
      this.report(name, error);
      throw error;
    }
  }

  #connect(name: string, path: string): Entry {
    if (this.#entries.size >= this.#maxOpen) this.#evict();
    else if (this.#entries.size >= this.#maxOpen - Math.floor(this.#maxOpen / FREE_SHARE)) this.#evictLater();
    const connection = new Connection(path, { synchronous: this.#synchronous });
    this.#opened += 1;
    const entry = { connection, handle: new EmbeddedDatabase(this, name), usedAt: ++this.#tick };
    this.#entries.set(name, entry);
    return entry;
  }

  /** After the replies of this turn of the event loop: closing a file takes as long as a few reads. */
  #evictLater(): void {
    setImmediate(() => {
      if (this.#entries.size > this.#maxOpen - Math.floor(this.#maxOpen / FREE_SHARE)) this.#evict();
    });
  }

  #evict(): void {
    let oldest: string | undefined;
    let usedAt = Number.POSITIVE_INFINITY;
    for (const [name, entry] of this.#entries) {
      if (entry.usedAt < usedAt) {
        usedAt = entry.usedAt;
        oldest = name;
      }
    }
    if (oldest !== undefined) this.#discard(oldest);
  }

  #discard(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    entry.connection.close();
    countRelease(this.#entries.size);
  }

  #remember(name: string, error: DatabaseError): void {
    if (this.#failures.size >= MAX_FAILURES) this.#failures.clear();
    this.#failures.set(name, { error, until: performance.now() + FAILURE_MS });
  }

  #path(name: string): string {
    if (!NAME.test(name)) throw new DatabaseError('unavailable', `"${name}" is not a database name.`);
    return join(this.#folder, `${name}.db`);
  }
}

class EmbeddedDatabase implements Database {
  readonly #pool: Pool;
  readonly #name: string;

  constructor(pool: Pool, name: string) {
    this.#pool = pool;
    this.#name = name;
  }

  read(statements: readonly Statement[]): StatementResult[] | Promise<StatementResult[]> {
    return this.#pool.patiently(() => {
      try {
        return this.#pool.connection(this.#name).read(statements);
      } catch (error) {
        this.#pool.report(this.#name, error);
        throw error;
      }
    });
  }

  write(statements: readonly Statement[]): Promise<StatementResult[]> {
    return this.#pool.write(this.#name, statements);
  }
}

/** A new or removed file lasts only once it and its folder are on the disk. */
function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
