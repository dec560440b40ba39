/** One call's dealings with a store: reads travel together, writes wait for one commit. */
import type { Problem } from '../../../schemas/errors/index.ts';
import type { Database, SqlValue, Statement, StatementResult } from '../../../schemas/ports/index.ts';
import type { Campaign } from '../../../schemas/protocol/campaign.ts';
import type { PendingNumber } from './numbers.ts';

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
  /** Set where its row is among the statements already. */
  stored?: boolean;
}

/** What the engine knows of the client while it writes. */
export interface WorkScope {
  readonly clientId: string;
  /** IANA name. */
  readonly zone: string;
  /** BCP 47 tag of texts that come without one. */
  readonly locale: string;
  /** Which campaign brought whoever writes, where they said so. */
  readonly campaign: Campaign | undefined;
  /** AES-256 key of the client's encrypted fields. */
  fieldKey(): Uint8Array;
  /** HMAC key of the store's audit rows. */
  auditKey(): Uint8Array;
  settings(module: string): Readonly<Record<string, unknown>>;
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
  /** Whether what is written may make a timed transition due, which the store alone knows. */
  timed = false;
  /** Statement index -> what it means when that statement refuses the batch. */
  readonly refusals = new Map<number, Error>();
  readonly scope: WorkScope;
  /** Numbers that this commit gives. */
  readonly numbers: PendingNumber[] = [];
  /** Records as they will be, by table and id, where a later write must be judged on them. */
  readonly records = new Map<string, Readonly<Record<string, unknown>>>();
  /** Whether words of the full-text index may wait to be written: now, and before the last statement. */
  private indexed = false;
  private indexedBefore = false;
  /** Whether the reply may show what is encrypted at rest. */
  sensitive = false;
  /** Which part of a larger call writes here; undefined for one that is a whole. */
  readonly part: number | undefined = undefined;
  /** Says in a refusal which part of a larger call was refused. */
  blame: ((problem: Problem, part: number) => Problem) | undefined;
  private readonly parts = new WeakMap<Statement, number>();
  private waiting: Waiting[] = [];
  private readonly last: { by: UnitOfWork; condition: string; args: readonly SqlValue[]; problem: Error }[] = [];
  private readonly postponed = new Map<number, { load: () => Promise<void>; write: () => void }>();

  constructor(db: Database, now: number, scope: WorkScope) {
    this.db = db;
    this.now = now;
    this.scope = scope;
  }

  /** The same work for a part of a larger call: what it writes is known to be its. */
  partOf(part: number): UnitOfWork {
    return new Proxy(this, {
      get: (work, name, self) => (name === 'part' ? part : Reflect.get(work, name, self)),
    });
  }

  /** The part that wrote a statement. */
  writerOf(index: number): number | undefined {
    const statement = this.statements[index];
    return statement && this.parts.get(statement);
  }

  private add(statement: Statement): void {
    if (this.part !== undefined) this.parts.set(statement, this.part);
    this.statements.push(statement);
  }

  /** Keeps a place for writes that need a read first: `load` runs before the commit, then `write` in its place among the others. */
  postpone(load: () => Promise<void>, write: () => void): void {
    this.postponed.set(this.statements.length, { load, write });
    this.indexed = true;
    this.statements.push({ sql: 'SELECT 1' });
  }

  /** Fills the places that were kept, and puts behind all writes what must hold after them. */
  async settle(): Promise<void> {
    if (this.postponed.size > 0) await this.fill();
    for (const { by, condition, args, problem } of this.last.splice(0)) by.expect(condition, args, problem);
  }

  private async fill(): Promise<void> {
    const places = new Map(this.postponed);
    this.postponed.clear();
    await Promise.all([...places.values()].map(({ load }) => load()));
    const statements = this.statements.splice(0);
    const refusals = new Map(this.refusals);
    this.refusals.clear();
    for (const [i, statement] of statements.entries()) {
      const place = places.get(i);
      if (place) {
        place.write();
        continue;
      }
      const refusal = refusals.get(i);
      if (refusal) this.refusals.set(this.statements.length, refusal);
      this.statements.push(statement);
    }
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

  /** `indexes`: its triggers keep a full-text index. */
  write(sql: string, args: readonly SqlValue[], indexes = false): void {
    this.indexedBefore = this.indexed;
    this.indexed ||= indexes;
    this.add({ sql, args });
  }

  /** Refuses the commit with `problem` unless the statement before touched a row. */
  expectChange(problem: Error): void {
    // SQLite writes waiting words as the next statement that may fail begins, and changes() would be of those.
    if (this.indexedBefore) this.statements.splice(-1, 0, { sql: 'INSERT INTO "_assert" SELECT 1' });
    this.expect('changes()', [], problem);
  }

  /** Refuses the commit with `problem` where `condition` is 0 as the commit runs. */
  expect(condition: string, args: readonly SqlValue[], problem: Error): void {
    this.refusals.set(this.statements.length, problem);
    this.add({ sql: `INSERT INTO "_assert" SELECT ${condition}`, args });
    this.indexed = false;
  }

  /** The same behind all writes, so that their order does not matter. */
  expectLast(condition: string, args: readonly SqlValue[], problem: Error): void {
    this.last.push({ by: this, condition, args, problem });
  }
}
