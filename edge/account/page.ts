/** Pages of a list: ids are in the order of creation, so the last id seen is the cursor. */
import { Buffer } from 'node:buffer';
import { Problem } from '../../schemas/errors/index.ts';
import type { ListEnvelope } from '../../schemas/protocol/index.ts';
import type { AppContext } from '../http/env.ts';

const MAX_SIZE = 200;
const ID = /^[0-9a-f-]{36}$/;

export interface PageQuery {
  readonly size: number;
  /** An id. */
  readonly after: string | undefined;
}

/** `page[size]` (1 to 200, 200 by default) and `page[after]`. Throws INVALID_QUERY. */
export function pageQuery(c: AppContext): PageQuery {
  const size = c.req.query('page[size]') ?? String(MAX_SIZE);
  if (!/^\d{1,3}$/.test(size) || Number(size) < 1 || Number(size) > MAX_SIZE) {
    throw Problem.of('INVALID_QUERY', { detail: `page[size] is a number from 1 to ${MAX_SIZE}.` });
  }
  const cursor = c.req.query('page[after]');
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('latin1');
  if (after !== undefined && !ID.test(after))
    throw Problem.of('INVALID_QUERY', { detail: 'page[after] is not a cursor.' });
  return { size: Number(size), after };
}

/** `rows` holds one more than asked for where there is another page. */
export function pageOf<Row extends { readonly id: string }, T>(
  rows: readonly Row[],
  { size }: PageQuery,
  toJson: (row: Row) => T,
): ListEnvelope<T> {
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  const after = last ? Buffer.from(last.id, 'latin1').toString('base64url') : null;
  return { data: shown.map(toJson), page: { size, after } };
}

/** A list that always comes whole. */
export const wholeList = <T>(data: readonly T[]): ListEnvelope<T> => ({
  data,
  page: { size: data.length, after: null },
});
