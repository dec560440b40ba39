/** A checked list query as SQL: one page, and the count of all pages. */
import type { FilterVariable } from '../../../schemas/filter/filter.ts';
import type { SqlValue, Statement } from '../../../schemas/ports/index.ts';
import type { SqlRow } from '../compile/codec.ts';
import { quote } from '../compile/entity.ts';
import { outerPrefix, placeholders, relatedSql, type WhereTarget, whereSql } from '../compile/where.ts';
import { searchJoin } from '../search/match.ts';
import { decodeCursor, keysetSql, orderBySql, reversed } from './cursor.ts';
import type { ListQuery, PathValue } from './parse.ts';
import type { Readable } from './reader.ts';

type Variables = (name: FilterVariable['var']) => SqlValue | undefined;

/** Where a page starts and which way it goes. */
export interface PageFrom {
  /** Sort values of the record next to it; undefined at either end of the list. */
  readonly values: readonly SqlValue[] | undefined;
  readonly backward: boolean;
  /** The list's first page, or its last. */
  readonly start: boolean;
  readonly end: boolean;
}

/** Throws INVALID_QUERY for a cursor that was not made for this list. */
export function pageFrom(key: Uint8Array, { subject, sort, after, before }: ListQuery): PageFrom {
  const cursor = before || after;
  const end = before === 'end';
  const values = cursor && !end ? decodeCursor(key, subject.entity.table, sort, cursor) : undefined;
  return { values, backward: Boolean(before), start: !cursor, end };
}

/** A page's rows in the list's order, without the one that only tells that there is more. */
export function inOrder(rows: readonly SqlRow[], size: number, { backward }: PageFrom): readonly SqlRow[] {
  const shown = rows.slice(0, size);
  return backward ? shown.reverse() : shown;
}

export interface PageStatements {
  /** Asks for one row more than the page holds. */
  page(from: Pick<PageFrom, 'values' | 'backward'>, limit: number): Statement;
  /** Such a page for each of the records that a reference names, in turn; the place in its page is the last column. */
  pages(column: string, ids: readonly string[], from: PageFrom, limit: number): Statement;
  readonly count: Statement;
  /** The reference's values with the number of their records. */
  counts(column: string, ids: readonly string[]): Statement;
}

export function pageStatements(query: ListQuery, variables: Variables): PageStatements {
  const { entity } = query.subject;
  const columns = placeholders(variables);
  const extras = query.extras.map(
    (extra, i) => `, ${extra === 'rank' ? '"_rank"' : pathSql(query.subject, extra, columns)} AS "_x${i}"`,
  );
  const rows = placeholders(variables);
  const from = fromSql(query, rows);
  const select = `SELECT ${entity.selectList}${extras.join('')} ${from}`;
  const behind = ({ values, backward }: Pick<PageFrom, 'values' | 'backward'>) => {
    const sort = backward ? reversed(query.sort) : query.sort;
    const keyset = values && keysetSql(sort, values);
    return { order: orderBySql(sort), sql: keyset ? ` AND ${keyset.sql}` : '', args: keyset?.args ?? [] };
  };
  // One argument, so that the statement's text is the same for any number of ids.
  const named = (column: string) => ` AND ${column} IN (SELECT value FROM json_each(?))`;
  return {
    page(start, limit) {
      const { sql, order, args } = behind(start);
      return {
        sql: `${select}${sql} ORDER BY ${order} LIMIT ${limit + 1}`,
        args: [...columns.args, ...rows.args, ...args],
      };
    },
    pages(column, ids, start, limit) {
      const { sql, order, args } = behind(start);
      const ranked = `SELECT *, row_number() OVER (PARTITION BY ${column} ORDER BY ${order}) AS "_n" FROM (${select}${named(column)}${sql})`;
      return {
        sql: `SELECT * FROM (${ranked}) WHERE "_n" <= ${limit + 1} ORDER BY ${column}, "_n"`,
        args: [...columns.args, ...rows.args, JSON.stringify(ids), ...args],
      };
    },
    count: { sql: `SELECT count(*) ${from}`, args: rows.args },
    counts: (column, ids) => ({
      sql: `SELECT ${column}, count(*) ${from}${named(column)} GROUP BY 1`,
      args: [...rows.args, JSON.stringify(ids)],
    }),
  };
}

/** The rows that a query is about. */
export function fromSql({ subject: { entity }, match, filters }: ListQuery, target: WhereTarget): string {
  const join = match ? ` ${searchJoin(entity, target.value(match))}` : '';
  const where = match === null ? '0' : filters.map(filter => whereSql(entity, filter, target)).join(' AND ');
  return `FROM ${quote(entity.table)}${join} WHERE ${where || '1'}`;
}

/** A related record's value as a scalar subquery; NULL where the record is not there for the caller. */
export function pathSql(subject: Readable, { hops, field }: PathValue, target: WhereTarget, part = 0): string {
  const step = (index: number, from: Readable['entity'], outer: string): string => {
    const hop = hops[index];
    if (!hop) return `${outer}${field.columns[part]}`;
    const alias = `p${index}`;
    const value = step(index + 1, hop.entity, `${alias}.`);
    const limits = hop.limits.map(limit => ` AND ${whereSql(hop.entity, limit, { ...target, prefix: `${alias}.` })}`);
    const link = relatedSql(hop, outerPrefix(from, outer), alias);
    return `(SELECT ${value} FROM ${quote(hop.entity.table)} ${alias} WHERE ${link}${limits.join('')})`;
  };
  return step(0, subject.entity, '');
}
