/** One call's dealings with a store: reads travel together, writes wait for one commit. */
import type { Database, SqlValue, Statement, StatementResult } from '../../../schemas/ports/index.ts';

export interface AuditRow {
  readonly action: string;
  readonly entity: string;
  readonly record: string;
  readonly diff: Readonly<Record<string, unknown>> | null;
}

export interface OutboxRow {
  readonly id: string;
  /** `module.event`, or `module.entity.created` and the like. */
  readonly event: string;
  readonly record: string | null;
  /** Subscribers hear events of one key in order; by default the record is the key. */
  readonly key?: string;
  readonly payload: unknown;
}

type Waiting = {
  statement: Statement;
  resolve: (result: StatementResult) => void;
  reject: (error: unknown) => void;
};

/** Lets every read that is issued in the same turn join one batch. */
const nextTurn = (run: () => void): void => {
  setImmediate(run);
};

export class UnitOfWork {
  readonly db: Database;
  readonly now: number;
  readonly statements: Statement[] = [];
  readonly audit: AuditRow[] = [];
  readonly outbox: OutboxRow[] = [];
  /** When the earliest of the jobs asked for is due, in epoch milliseconds. */
  jobsDueAt: number | undefined;
  /** Statement index -> what it means when that statement refuses the batch. */
  readonly refusals = new Map<number, Error>();
  private waiting: Waiting[] = [];

  constructor(db: Database, now: number) {
    this.db = db;
    this.now = now;
  }

  read(sql: string, args: readonly SqlValue[]): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ statement: { sql, args }, resolve, reject });
      if (this.waiting.length === 1) nextTurn(() => void this.flush());
    });
  }

  private async flush(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    try {
      const results = await this.db.read(batch.map(({ statement }) => statement));
      for (const [i, { resolve }] of batch.entries()) resolve(results[i]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  write(sql: string, args: readonly SqlValue[]): void {
    this.statements.push({ sql, args });
  }

  /** Refuses the commit with `problem` unless the statement before touched a row. */
  expectChange(problem: Error): void {
    this.expect('changes()', [], problem);
  }

  /** Refuses the commit with `problem` where `condition` is 0 as the commit runs. */
  expect(condition: string, args: readonly SqlValue[], problem: Error): void {
    this.refusals.set(this.statements.length, problem);
    this.statements.push({ sql: `INSERT INTO "_assert" SELECT ${condition}`, args });
  }
}
