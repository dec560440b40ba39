/** Finds the port's error in what drizzle throws. */
import { DatabaseError } from '../../schemas/ports/index.ts';

/** drizzle wraps the port's error, and puts the query's arguments into its own message. */
export function databaseErrorIn(error: unknown): DatabaseError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof DatabaseError) return at;
  }
  return undefined;
}

/** Whether the batch was refused by a constraint or a trigger whose message holds `text`. */
export function isRefusedBy(error: unknown, text: string): boolean {
  const failure = databaseErrorIn(error);
  return failure?.kind === 'constraint' && failure.message.includes(text);
}
