/** One embedded libSQL file: pragmas, a bounded statement cache, read and write batches. */
import Libsql from 'libsql';
import { DatabaseError, type SqlValue, type Statement, type StatementResult } from '../../../schemas/ports/index.ts';
import { failureKind } from '../sql-failures.ts';
import { definesSchema, writes } from '../sql-text.ts';
import { fromDriver, toBindable } from '../sql-values.ts';

type Driver = InstanceType<typeof Libsql>;
type DriverStatement = ReturnType<Driver['prepare']>;

interface Prepared {
  readonly statement: DriverStatement;
  /** SQLite keeps bindings between runs, so a shorter list would see the arguments of the run before. */
  readonly argumentCount: number;
  readonly columns: readonly string[];
  readonly returnsRows: boolean;
  readonly writes: boolean;
  /** At most one row can come, so the driver's row buffer is not needed. */
  readonly single: boolean;
  readonly definesSchema: boolean;
}

const MAX_STATEMENTS = 128;
/** Of most stores, a text is run once or twice before they are closed again; what is kept outlives the young generation. */
const KEPT_FROM_RUN = 8;
const NO_COLUMNS: readonly string[] = [];
const NO_ROWS: readonly (readonly SqlValue[])[] = [];

export class Connection {
  readonly #driver: Driver;
  readonly #prepared = new Map<string, Prepared>();
  /** Texts whose statements are not kept yet, with how often they were run. */
  readonly #runs = new Map<string, number>();

  /** Throws `DatabaseError`: a file that is locked or not a database is "unavailable". */
  constructor(path: string, options: { readonly synchronous: 'FULL' | 'NORMAL' }) {
    try {
      // A wait inside SQLite would stop every other tenant too: the pool waits outside, without blocking.
      this.#driver = new Libsql(path, { timeout: 0 });
    } catch (error) {
      throw new DatabaseError('unavailable', messageOf(error), undefined, error);
    }
    try {
      // The first of them reads the schema, so that a file that is no database is known here.
      this.#driver.exec(
        `PRAGMA journal_mode=WAL; PRAGMA synchronous=${options.synchronous}; PRAGMA foreign_keys=ON; PRAGMA cache_size=-1000; PRAGMA journal_size_limit=8388608`,
      );
    } catch (error) {
      this.close();
      throw toDatabaseError(error, undefined);
    }
  }

  read(statements: readonly Statement[]): StatementResult[] {
    if (statements.length === 1) return [this.#run(statements[0]!, 0, false)];
    return this.#transaction('BEGIN DEFERRED', statements, false);
  }

  write(statements: readonly Statement[]): StatementResult[] {
    return this.#transaction('BEGIN IMMEDIATE', statements, true);
  }

  /**
   * Runs batches in one transaction, each of them all or nothing. Undefined, and nothing written, where only a transaction for each
   * tells whose trouble it is: one defines tables, ended the shared transaction, met a full disk, or refers to a row that is not there
   * at the commit. Throws `DatabaseError`, and nothing is written, when the file is locked or the commit fails.
   */
  writeTogether(batches: readonly (readonly Statement[])[]): (StatementResult[] | DatabaseError)[] | undefined {
    if (batches.some(batch => batch.some(({ sql }) => this.#definesSchema(sql)))) return undefined;
    this.#exec('BEGIN IMMEDIATE');
    let committing = false;
    try {
      const outcomes = batches.map(batch => this.#savepoint(batch));
      committing = true;
      this.#exec('COMMIT');
      return outcomes;
    } catch (error) {
      this.#rollback([]);
      if (committing && (!(error instanceof DatabaseError) || error.kind === 'unavailable')) throw error;
      return undefined;
    }
  }

  /** Rewrites the file without what was deleted, and empties the log that still held it. */
  compact(): void {
    this.#prepared.clear();
    this.#exec('VACUUM');
    this.#exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Writes a copy of one instant to a path where no file is. */
  copyTo(path: string): void {
    try {
      this.#driver.prepare('VACUUM INTO ?').run([path]);
    } catch (error) {
      throw toDatabaseError(error, undefined);
    }
  }

  close(): void {
    this.#prepared.clear();
    this.#driver.close();
  }

  #transaction(begin: string, statements: readonly Statement[], mayWrite: boolean): StatementResult[] {
    if (statements.length === 0) return [];
    this.#exec(begin);
    try {
      const results = new Array<StatementResult>(statements.length);
      for (let index = 0; index < statements.length; index++) {
        results[index] = this.#run(statements[index]!, index, mayWrite);
      }
      this.#exec('COMMIT');
      return results;
    } catch (error) {
      this.#rollback(statements);
      throw error;
    }
  }

  /** Hands back the refusal of a batch after which the transaction goes on; throws any other. */
  #savepoint(statements: readonly Statement[]): StatementResult[] | DatabaseError {
    this.#exec('SAVEPOINT batch');
    try {
      const results = statements.map((statement, index) => this.#run(statement, index, true));
      this.#exec('RELEASE batch');
      return results;
    } catch (error) {
      const ordinary = error instanceof DatabaseError && (error.kind === 'constraint' || error.kind === 'other');
      // RAISE(ROLLBACK) and the like have ended the whole transaction.
      if (!ordinary || !this.#driver.inTransaction) throw error;
      this.#exec('ROLLBACK TO batch');
      this.#exec('RELEASE batch');
      return error;
    }
  }

  #definesSchema(sql: string): boolean {
    return this.#prepared.get(sql)?.definesSchema ?? definesSchema(sql);
  }

  #rollback(statements: readonly Statement[]): void {
    try {
      // SQLite itself has already rolled back after some errors, such as a full disk.
      if (this.#driver.inTransaction) this.#driver.exec('ROLLBACK');
    } catch {
      // The error that led here is the one to report.
    }
    // A DDL statement that did not last must not leave its prepared form behind.
    if (statements.some(({ sql }) => definesSchema(sql))) this.#prepared.clear();
  }

  #run(statement: Statement, index: number, mayWrite: boolean): StatementResult {
    const args = statement.args === undefined ? [] : toBindable(statement.args, index);
    try {
      const prepared = this.#prepare(statement.sql, args.length);
      if (prepared.writes && !mayWrite) {
        throw new DatabaseError('other', 'A read batch holds a statement that writes.', index);
      }
      if (!prepared.returnsRows) {
        const { changes } = prepared.statement.run(args);
        if (prepared.definesSchema) this.#prepared.clear();
        return { columns: NO_COLUMNS, rows: NO_ROWS, changes };
      }
      const rows = this.#rows(prepared, args, statement.sql);
      const columns = columnsFor(prepared, rows);
      return { columns, rows, changes: prepared.writes ? rows.length : 0 };
    } catch (error) {
      throw toDatabaseError(error, index);
    }
  }

  #rows(prepared: Prepared, args: SqlValue[], sql: string): SqlValue[][] {
    const rows = rowsOf(prepared, args);
    const exact = normalise(rows);
    if (exact || prepared.writes) return rows;
    // A number past 2^53 was read: the same rows once more with integers that keep every digit.
    const wide = this.#driver.prepare(sql).raw().safeIntegers().all(args) as SqlValue[][];
    for (const row of wide) for (let column = 0; column < row.length; column++) row[column] = fromDriver(row[column]);
    return wide;
  }

  #prepare(sql: string, argumentCount: number): Prepared {
    const known = this.#prepared.get(sql);
    if (known !== undefined && known.argumentCount === argumentCount) return known;
    const fresh = describe(this.#driver.prepare(sql), sql, argumentCount);
    const runs = (this.#runs.get(sql) ?? 0) + 1;
    if (runs < KEPT_FROM_RUN) {
      if (this.#runs.size >= MAX_STATEMENTS) this.#runs.clear();
      this.#runs.set(sql, runs);
      return fresh;
    }
    this.#runs.delete(sql);
    if (this.#prepared.size >= MAX_STATEMENTS) {
      for (const oldest of this.#prepared.keys()) {
        this.#prepared.delete(oldest);
        break;
      }
    }
    this.#prepared.set(sql, fresh);
    return fresh;
  }

  #exec(sql: string): void {
    try {
      this.#driver.exec(sql);
    } catch (error) {
      throw toDatabaseError(error, undefined);
    }
  }
}

function describe(statement: DriverStatement, sql: string, argumentCount: number): Prepared {
  const returnsRows = statement.reader;
  const returning = returnsRows && writes(sql);
  if (returnsRows) statement.raw();
  // Rows of a write cannot be read again, so they are read exactly at once.
  if (returning) statement.safeIntegers();
  return {
    statement,
    argumentCount,
    columns: returnsRows ? statement.columns().map(column => column.name) : NO_COLUMNS,
    returnsRows,
    writes: returning || !returnsRows,
    single: !returning && /\blimit\s+1\s*;?\s*$/i.test(sql),
    definesSchema: definesSchema(sql),
  };
}

function rowsOf(prepared: Prepared, args: SqlValue[]): SqlValue[][] {
  if (!prepared.single) return prepared.statement.all(args) as SqlValue[][];
  const row = prepared.statement.get(args) as SqlValue[] | undefined;
  return row === undefined ? [] : [row];
}

/** Brings rows to their port form in place; false when a number may have lost digits. */
function normalise(rows: SqlValue[][]): boolean {
  let exact = true;
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) {
      const value = row[column];
      if (typeof value === 'string' || value === null) continue;
      if (typeof value === 'number') {
        if (Number.isInteger(value) && !Number.isSafeInteger(value)) exact = false;
      } else {
        row[column] = fromDriver(value);
      }
    }
  }
  return exact;
}

/** Another process may have altered the table since the statement was prepared: `select *` then has more columns. */
function columnsFor(prepared: Prepared, rows: SqlValue[][]): readonly string[] {
  const first = rows[0];
  if (first === undefined || first.length === prepared.columns.length) return prepared.columns;
  return prepared.statement.columns().map(column => column.name);
}

function toDatabaseError(error: unknown, statementIndex: number | undefined): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { rawCode, code } = error as { rawCode?: number; code?: string };
  return new DatabaseError(failureKind(rawCode ?? code), messageOf(error), statementIndex, error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
