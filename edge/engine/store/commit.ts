/** The one write batch of a call: its statements, the idempotency row, audit and outbox, all or nothing. */
import { Problem } from '../../../schemas/errors/index.ts';
import { DatabaseError, type SqlValue, type Statement } from '../../../schemas/ports/index.ts';
import { type AuditValues, appendAudit } from '../audit/chain.ts';
import { nextJob } from '../jobs/job-rows.ts';
import { numberStatements, numbersGiven } from './numbers.ts';
import { storeProblem } from './stores.ts';
import type { AuditRow, OutboxRow, UnitOfWork } from './unit-of-work.ts';

export interface CommitContext {
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly requestId: string;
  readonly idempotency?: { readonly scope: string; readonly key: string; readonly hash: string };
  /** The reply, kept for a repeat of the same key. */
  readonly reply?: { readonly status: number; readonly body: string };
  /** Who hears the event, as `module.handler`; what nobody hears is recorded only. */
  subscribers(event: string): readonly string[];
  /** What a constraint that SQLite names in its message means, and whether a fresh run may succeed. */
  explain(message: string): { problem: Problem; retry: boolean } | undefined;
}

/** Thrown when another writer got in between and fresh reads may lead to success. */
export class Contention extends Error {
  override readonly name = 'Contention';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Thrown when the idempotency key has been used before. */
export class Replay extends Error {
  override readonly name = 'Replay';
}

const dayMs = 86_400_000;
const placeholdersFor = (rows: number, columns: number) =>
  Array(rows)
    .fill(`(${Array(columns).fill('?').join(', ')})`)
    .join(', ');

function idempotencyStatements(work: UnitOfWork, context: CommitContext): Statement[] {
  const { idempotency, reply } = context;
  if (!idempotency || !reply) return [];
  return [
    {
      sql: `INSERT INTO "_idempotency" VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ("scope", "key") DO UPDATE SET "hash" = excluded."hash", "status" = excluded."status", "body" = excluded."body", "at" = excluded."at" WHERE "at" < ?`,
      args: [
        idempotency.scope,
        idempotency.key,
        idempotency.hash,
        reply.status,
        reply.body,
        work.now,
        work.now - dayMs,
      ],
    },
    { sql: `INSERT INTO "_assert" SELECT changes()` },
  ];
}

function auditStatement(rows: readonly AuditRow[], work: UnitOfWork, context: CommitContext): Statement[] {
  const values = rows.map(
    (row): AuditValues => [
      work.now,
      context.actor.kind,
      context.actor.id,
      context.requestId,
      row.action,
      row.entity,
      row.record,
      row.diff ? JSON.stringify(row.diff) : null,
    ],
  );
  return appendAudit(() => work.scope.auditKey(), values);
}

function outboxStatement(outbox: readonly OutboxRow[], work: UnitOfWork): Statement[] {
  const rows = outbox.filter(({ stored }) => !stored);
  if (rows.length === 0) return [];
  const args: SqlValue[] = rows.flatMap(row => [row.id, row.event, row.record, JSON.stringify(row.payload), work.now]);
  return [
    {
      sql: `INSERT INTO "_outbox" ("id", "event", "record", "payload", "at") VALUES ${placeholdersFor(rows.length, 5)}`,
      args,
    },
  ];
}

function deliveryStatement(rows: readonly OutboxRow[], work: UnitOfWork, context: CommitContext): Statement[] {
  const args: SqlValue[][] = rows.flatMap(row =>
    context.subscribers(row.event).map(subscriber => [row.id, subscriber, row.key ?? row.record ?? row.id, work.now]),
  );
  if (args.length === 0) return [];
  return [
    {
      sql: `INSERT INTO "_delivery" ("event", "subscriber", "key", "due_at") VALUES ${placeholdersFor(args.length, 4)}`,
      args: args.flat(),
    },
  ];
}

/** The refusal with the part of a larger call that it is about. */
function blamed(refusal: Error, { blame }: UnitOfWork, part: number | undefined): Error {
  if (!blame || part === undefined) return refusal;
  if (refusal instanceof Contention) return new Contention(blame(refusal.problem, part));
  return refusal instanceof Problem ? blame(refusal, part) : refusal;
}

/** Commits the work, notes in it when its store has a job due, and tells the numbers it gave. Throws `Problem`, `Contention` or `Replay`; then nothing was written. */
export async function commit(work: UnitOfWork, context: CommitContext): Promise<ReadonlyMap<string, string>> {
  await work.settle();
  const first = idempotencyStatements(work, context);
  const statements = [
    ...first,
    ...work.statements,
    ...auditStatement(work.audit, work, context),
    ...outboxStatement(work.outbox, work),
    ...deliveryStatement(work.outbox, work, context),
  ];
  const numbersAt = statements.length;
  statements.push(...numberStatements(work.numbers, work.outbox, context.reply && context.idempotency));
  if (statements.length === 0) return new Map();
  if (work.timed) statements.push(nextJob);
  try {
    const results = await work.db.write(statements);
    if (work.timed) work.jobsDueAt = (results.at(-1)!.rows[0]?.[0] as number | null) ?? undefined;
    return numbersGiven(work.numbers, results, numbersAt);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (error.kind !== 'constraint') throw storeProblem(error);
    const index = error.statementIndex;
    if (index !== undefined && index < first.length) throw new Replay();
    const refusal = index === undefined ? undefined : work.refusals.get(index - first.length);
    const part = index === undefined ? undefined : work.writerOf(index - first.length);
    if (refusal) throw blamed(refusal, work, part);
    const explained = context.explain(error.message);
    if (explained) {
      throw blamed(explained.retry ? new Contention(explained.problem) : explained.problem, work, part);
    }
    if (error.message.includes('FOREIGN KEY')) {
      const removed = work.audit.some(row => row.action === 'deleted');
      const detail = removed ? 'Other records still point to it.' : 'A reference points to a record that is not there.';
      throw Problem.of(removed ? 'IN_USE' : 'VALIDATION_FAILED', { detail, cause: error });
    }
    throw error;
  }
}
