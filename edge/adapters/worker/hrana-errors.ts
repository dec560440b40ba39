/** Errors of the libSQL client as errors of the port. */
import { LibsqlBatchError, LibsqlError } from '@libsql/client/web';
import { DatabaseError, type DatabaseErrorKind } from '../../../schemas/ports/index.ts';
import { failureKind } from '../sql-failures.ts';

/** The client and the server each put their own words before SQLite's. */
const PREFIXES = /^(?:[A-Z][A-Z_]+: )+(?:SQLite error: )?|^SQLite error: /;

/** Codes that say the server could not be reached or did not understand us. */
const UNREACHABLE = /^(?:SERVER_ERROR|INTERNAL_ERROR|HRANA_|PROTOCOL_VERSION_ERROR|TRANSACTION_CLOSED)/;

/** `statementIndex` is what to assume where the error does not say. */
export function toDatabaseError(error: unknown, statementIndex: number | undefined): DatabaseError {
  if (error instanceof DatabaseError) return error;
  // Without a code of its own the request never came to an answer: refused, cut off or out of time.
  if (!(error instanceof LibsqlError)) return new DatabaseError('unavailable', textOf(error), undefined, error);
  const kind = kindOf(error.code);
  const index = error instanceof LibsqlBatchError ? error.statementIndex : statementIndex;
  return new DatabaseError(
    kind,
    error.message.replace(PREFIXES, ''),
    kind === 'unavailable' ? undefined : index,
    error,
  );
}

function kindOf(code: string): DatabaseErrorKind {
  return UNREACHABLE.test(code) ? 'unavailable' : failureKind(code);
}

function textOf(error: unknown): string {
  return error instanceof Error ? `The database cannot be reached: ${error.message}` : String(error);
}
