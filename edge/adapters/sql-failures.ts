/** SQLite's result codes (https://sqlite.org/rescode.html) as the kinds that callers act on. */
import type { DatabaseErrorKind } from '../../schemas/ports/index.ts';

const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
/** The shared-memory file cannot grow: what a full disk answers to the first reader of a WAL database. */
const SQLITE_IOERR_SHMSIZE = 4874;
/** PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, CANTOPEN, PROTOCOL, AUTH, NOTADB. */
const UNAVAILABLE = new Set([3, 5, 6, 7, 8, 10, 11, 14, 15, 23, 26]);

const CODES: Readonly<Record<string, number>> = {
  SQLITE_PERM: 3,
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_NOMEM: 7,
  SQLITE_READONLY: 8,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL,
  SQLITE_CANTOPEN: 14,
  SQLITE_PROTOCOL: 15,
  SQLITE_CONSTRAINT,
  SQLITE_AUTH: 23,
  SQLITE_NOTADB: 26,
};

/** `code` is a number, plain or extended, or a name such as `SQLITE_CONSTRAINT_UNIQUE`. */
export function failureKind(code: number | string | undefined): DatabaseErrorKind {
  const number = typeof code === 'string' ? codeOf(code) : code;
  if (number === undefined) return 'other';
  const primary = number & 0xff;
  if (primary === SQLITE_CONSTRAINT) return 'constraint';
  if (primary === SQLITE_FULL || number === SQLITE_IOERR_SHMSIZE) return 'full';
  return UNAVAILABLE.has(primary) ? 'unavailable' : 'other';
}

function codeOf(name: string): number | undefined {
  const primary = /^SQLITE_[A-Z]+/.exec(name)?.[0];
  return primary === undefined ? undefined : CODES[primary];
}
