/**
 * Where libSQL databases live and how a batch reaches one: embedded files on Node, HTTP (Hrana) on Workers.
 * Everything above this port speaks in two verbs, one read batch and one write batch.
 */

/** A value libSQL stores. Booleans are 0 or 1, instants are epoch milliseconds. */
export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Statement {
  readonly sql: string;
  readonly args?: readonly SqlValue[];
}

/** `rows` are arrays in column order; `changes` counts the rows a write touched. */
export interface StatementResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  readonly changes: number;
}

export interface Database {
  /** Runs the statements against one snapshot; none may write. Answers at once where the file is at hand; a failure is a rejected promise. */
  read(statements: readonly Statement[]): StatementResult[] | Promise<StatementResult[]>;
  /** Runs the statements as ONE serial write transaction: all of them or none. Throws `DatabaseError`. */
  write(statements: readonly Statement[]): Promise<StatementResult[]>;
}

export interface Databases {
  /** Creates an empty database; a second call for the same name changes nothing. Names match `[a-z0-9-]{1,58}`. */
  create(name: string): Promise<void>;
  /** A handle to an existing database. Handles are pooled and must not be kept across requests; one at hand is given at once. Throws `DatabaseError` ("unavailable") when there is none. */
  open(name: string): Database | Promise<Database>;
  /** Deletes the database and its files. */
  drop(name: string): Promise<void>;
  /** Makes `to` a copy of the database as it is at one instant; writers go on. Throws `DatabaseError` ("unavailable") when there is no such database or `to` is taken. */
  copy(name: string, to: string): Promise<void>;
  /** Rewrites the database so that nothing deleted is left in its files. False where the host cannot. */
  compact(name: string): Promise<boolean>;
}

/** `constraint`: a CHECK, UNIQUE, NOT NULL, FOREIGN KEY or RAISE(ABORT) refused the batch. `unavailable`: locked, corrupt, unreachable. `full`: no space left. */
export type DatabaseErrorKind = 'constraint' | 'unavailable' | 'full' | 'other';

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;
  /** Index of the statement that failed, where the host can tell. */
  readonly statementIndex: number | undefined;

  /** `message` is SQLite's own text: a trigger's RAISE text, or "UNIQUE constraint failed: table.column". */
  constructor(kind: DatabaseErrorKind, message: string, statementIndex?: number, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.statementIndex = statementIndex;
  }
}
