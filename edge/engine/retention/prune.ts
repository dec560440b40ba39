/** What the engine lets go of in its own tables, a bounded number of rows at a time. */
import type { Statement } from '../../../schemas/ports/index.ts';
import { kept } from './kept.ts';

interface Prune {
  readonly statement: Statement;
  /** Rows of one statement; fewer changes mean that nothing is left. */
  readonly limit: number;
}

const limit = 1_000;

/** In this order: an event goes when no delivery of it is left. `now` is in epoch milliseconds. */
export function pruneStatements(now: number): Prune[] {
  const events = now - kept.events;
  const prune = (sql: string, before: number): Prune => ({ statement: { sql, args: [before] }, limit });
  return [
    prune(
      `DELETE FROM "_idempotency" WHERE ("scope", "key") IN (SELECT "scope", "key" FROM "_idempotency" WHERE "at" < ? LIMIT ${limit})`,
      now - kept.replies,
    ),
    prune(
      `DELETE FROM "_delivery" WHERE "seq" IN (SELECT d."seq" FROM "_delivery" d JOIN "_outbox" o ON o."id" = d."event" WHERE d."state" IN ('done', 'discarded') AND o."at" < ? LIMIT ${limit})`,
      events,
    ),
    prune(
      `DELETE FROM "_outbox" WHERE "id" IN (SELECT o."id" FROM "_outbox" o WHERE o."at" < ? AND NOT EXISTS (SELECT 1 FROM "_delivery" d WHERE d."event" = o."id") LIMIT ${limit})`,
      events,
    ),
  ];
}
