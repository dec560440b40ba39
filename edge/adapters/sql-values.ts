/** The values that cross the Databases port, brought to one behaviour on both hosts. */
import { DatabaseError, type SqlValue } from '../../schemas/ports/index.ts';

const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

/**
 * Makes arguments ready to bind: a whole number binds as INTEGER (drivers would bind 5 as 5.0).
 * Throws `DatabaseError` ("other") for what would be altered on its way, or would end the process (a boolean in libsql).
 */
export function toBindable(args: readonly SqlValue[], statementIndex: number): SqlValue[] {
  const bound = new Array<SqlValue>(args.length);
  for (let index = 0; index < args.length; index++) {
    const value = args[index];
    if (typeof value === 'string') {
      if (value.includes('\0')) throw refuse('text with a NUL character', index, statementIndex);
      bound[index] = value;
    } else if (typeof value === 'number') {
      if (Number.isSafeInteger(value)) bound[index] = BigInt(value);
      else if (Number.isFinite(value)) bound[index] = value;
      else throw refuse(`${value}`, index, statementIndex);
    } else if (value === null || value instanceof Uint8Array) {
      bound[index] = value;
    } else if (typeof value === 'bigint') {
      if (value > MAX_INTEGER || value < MIN_INTEGER) throw refuse('an integer past 64 bits', index, statementIndex);
      bound[index] = value;
    } else {
      throw refuse(`a value of type ${typeof value}`, index, statementIndex);
    }
  }
  return bound;
}

function refuse(what: string, index: number, statementIndex: number): DatabaseError {
  return new DatabaseError(
    'other',
    `Argument ${index} is ${what}, which libSQL cannot store as it is.`,
    statementIndex,
  );
}

/** Brings a read value to its port form: an integer as number while that is exact, a blob as plain bytes. */
export function fromDriver(value: unknown): SqlValue {
  if (typeof value === 'bigint') {
    return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;
  }
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value as SqlValue;
}
