/** Opaque, signed cursors and the keyset condition that continues after one. */
import { timingSafeEqual } from 'node:crypto';
import { Problem } from '../../../schemas/errors/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import type { SqlRow } from '../compile/codec.ts';
import { keyedHash } from '../keyed-hash.ts';
import type { SortKey } from './parse.ts';

const shape = (table: string, sort: readonly SortKey[]) =>
  `${table}:${sort.map(key => (key.descending ? '-' : '') + key.name).join(',')}`;

const signature = (key: Uint8Array, payload: string): Buffer => keyedHash(key, payload).subarray(0, 16);

/** The cursor that points just behind `row`. */
export function encodeCursor(key: Uint8Array, table: string, sort: readonly SortKey[], row: SqlRow): string {
  const values = sort.map(({ at }) => row[at]);
  const payload = Buffer.from(JSON.stringify([shape(table, sort), values])).toString('base64url');
  return `${payload}.${signature(key, payload).toString('base64url')}`;
}

/** The sort values in a cursor. Throws INVALID_QUERY for one that is forged, cut short or made for another list. */
export function decodeCursor(key: Uint8Array, table: string, sort: readonly SortKey[], cursor: string): SqlValue[] {
  const [payload = '', signed = ''] = cursor.split('.');
  const given = Buffer.from(signed, 'base64url');
  if (given.length === 16 && timingSafeEqual(given, signature(key, payload))) {
    const [made, values] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, SqlValue[]];
    if (made === shape(table, sort)) return values;
  }
  throw Problem.of('INVALID_QUERY', { detail: 'The cursor was not made for this list' });
}

/** True for rows behind the cursor. NULL sorts before every value, as in SQLite. */
export function keysetSql(sort: readonly SortKey[], values: readonly SqlValue[]): { sql: string; args: SqlValue[] } {
  const alternatives: string[] = [];
  const args: SqlValue[] = [];
  for (let i = 0; i < sort.length; i++) {
    const parts: string[] = [];
    for (let j = 0; j < i; j++) {
      parts.push(`${sort[j]!.column} IS ?`);
      args.push(values[j]!);
    }
    const { column } = sort[i]!;
    const value = values[i]!;
    if (sort[i]!.descending) {
      parts.push(value === null ? '0' : `(${column} < ? OR ${column} IS NULL)`);
    } else parts.push(value === null ? `${column} IS NOT NULL` : `${column} > ?`);
    if (value !== null) args.push(value);
    alternatives.push(parts.join(' AND '));
  }
  return { sql: `(${alternatives.map(a => `(${a})`).join(' OR ')})`, args };
}

export const orderBySql = (sort: readonly SortKey[]): string =>
  sort.map(({ column, descending }) => `${column}${descending ? ' DESC' : ''}`).join(', ');

/** The order from the other end. */
export const reversed = (sort: readonly SortKey[]): readonly SortKey[] =>
  sort.map(key => ({ ...key, descending: !key.descending }));
