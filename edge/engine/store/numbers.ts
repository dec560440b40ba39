/** Numbers that a commit gives: until then a reply, an event and the stored reply hold a token in their place. */
import type { SqlValue, Statement, StatementResult } from '../../../schemas/ports/index.ts';
import type { OutboxRow } from './unit-of-work.ts';

export interface PendingNumber {
  /** Stands for the number where it is not known yet; needs no escape in JSON. */
  readonly token: string;
  /** Reads the number once its row is written, as an SQL expression. */
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

/** Come last in the batch: the reads, one for each number, and then what puts the numbers where the tokens are. */
export function numberStatements(
  numbers: readonly PendingNumber[],
  outbox: readonly OutboxRow[],
  idempotency: { readonly scope: string; readonly key: string } | undefined,
): Statement[] {
  const fill = numbers.flatMap(({ token, sql, args }) => {
    const events = outbox.filter(row => JSON.stringify(row.payload).includes(token)).map(row => row.id);
    return [
      ...(events.length > 0
        ? [
            {
              sql: `UPDATE "_outbox" SET "payload" = replace("payload", ?, ${sql}) WHERE "id" IN (${events.map(() => '?').join(', ')})`,
              args: [token, ...args, ...events],
            },
          ]
        : []),
      // Behind the reply and not in it, because the reply may be sealed.
      ...(idempotency
        ? [
            {
              sql: `UPDATE "_idempotency" SET "body" = "body" || char(10) || ? || '=' || ${sql} WHERE "scope" = ? AND "key" = ?`,
              args: [token, ...args, idempotency.scope, idempotency.key],
            },
          ]
        : []),
    ];
  });
  return [...numbers.map(({ sql, args }) => ({ sql: `SELECT ${sql}`, args })), ...fill];
}

/** Token -> number, from the results of a batch whose number statements start at `at`. */
export const numbersGiven = (
  numbers: readonly PendingNumber[],
  results: readonly StatementResult[],
  at: number,
): ReadonlyMap<string, string> =>
  new Map(numbers.map(({ token }, i) => [token, String(results[at + i]!.rows[0]![0])] as const));

/** A text with the numbers in place of their tokens. */
export function withNumbers(text: string, numbers: ReadonlyMap<string, string>): string {
  let filled = text;
  for (const [token, number] of numbers) filled = filled.replaceAll(token, number);
  return filled;
}

/** A stored reply and the numbers kept behind it. JSON and sealed text have no line break. */
export function splitStored(stored: string): { body: string; numbers: ReadonlyMap<string, string> } {
  const [body = '', ...lines] = stored.split('\n');
  const pairs = lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  return { body, numbers: new Map(pairs) };
}
