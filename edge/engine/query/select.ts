/** A checked list query as SQL: one page, and the count of all pages. */
import type { FilterVariable } from '../../../schemas/filter/filter.ts';
import type { SqlValue, Statement } from '../../../schemas/ports/index.ts';
import { quote } from '../compile/entity.ts';
import { outerPrefix, placeholders, relatedSql, type WhereTarget, whereSql } from '../compile/where.ts';
import { searchJoin } from '../search/match.ts';
import { keysetSql, orderBySql } from './cursor.ts';
import type { ListQuery, PathValue } from './parse.ts';
import type { Readable } from './reader.ts';

type Variables = (name: FilterVariable['var']) => SqlValue | undefined;

export interface PageStatements {
  /** Asks for one row more than the page holds. `after`: the sort values behind which it starts. */
  page(after: readonly SqlValue[] | undefined, limit: number): Statement;
  readonly count: Statement;
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
  const order = orderBySql(query.sort);
  return {
    page(after, limit) {
      const keyset = after && keysetSql(query.sort, after);
      return {
        sql: `${select}${keyset ? ` AND ${keyset.sql}` : ''} ORDER BY ${order} LIMIT ${limit + 1}`,
        args: [...columns.args, ...rows.args, ...(keyset?.args ?? [])],
      };
    },
    count: { sql: `SELECT count(*) ${from}`, args: rows.args },
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
