/** Sequence numbers as SQL: a counter row in the write batch, and the text that is made of it. */
import type { SqlValue } from '../../../schemas/ports/index.ts';
import { toLocal } from '../../../schemas/time/index.ts';
import type { CompiledField } from './entity.ts';

export interface CompiledSequence {
  readonly field: CompiledField;
  /** Names the counter; stays when the pattern changes. */
  readonly series: string;
  readonly numberColumn: string;
  readonly dayColumn: string;
  /** Quoted column of the field that has a counter for each value; undefined for one of the client. */
  readonly scopeColumn: string | undefined;
  readonly reset: 'yearly' | 'monthly' | 'never';
  /** The transition that gives the number; undefined where creation does. */
  readonly on: string | undefined;
  readonly pattern: string;
}

export function compileSequences(table: string, fields: readonly CompiledField[]): CompiledSequence[] {
  return fields.flatMap(field => {
    const node = field.json;
    if (node.kind !== 'sequence') return [];
    const scope = node.scope ? fields.find(other => other.name === node.scope) : undefined;
    return [
      {
        field,
        series: `${table}.${field.columns[0]!.slice(1, -1)}`,
        numberColumn: field.columns[0]!,
        dayColumn: field.columns[1]!,
        scopeColumn: scope?.columns[0],
        reset: node.reset ?? 'never',
        on: node.on,
        pattern: node.pattern,
      },
    ];
  });
}

interface Sql {
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

export interface Allocation {
  /** Run before the row is written, in this order. */
  readonly counting: readonly Sql[];
  /** The number as an SQL expression, once counted. */
  readonly number: Sql;
  /** The local day, `yyyy-mm-dd`. */
  readonly day: string;
}

const periodOf = (reset: CompiledSequence['reset'], day: string): string =>
  reset === 'never' ? '' : day.slice(0, reset === 'yearly' ? 4 : 7);

/**
 * Counts one on, for the record `id`. `scope` is the value whose counter it is, as SQL. A record that has its number keeps it and
 * counts nothing. A counter that starts late, because the scheme changed, goes on from the documents that have a number.
 */
export function allocate(
  sequence: CompiledSequence,
  table: string,
  id: string,
  scope: Sql,
  now: number,
  zone: string,
): Allocation {
  const day = toLocal(now, zone).date;
  const period = periodOf(sequence.reset, day);
  const key = `"series" = ? AND "scope" = ${scope.sql} AND "period" = ?`;
  const keyArgs: SqlValue[] = [sequence.series, ...scope.args, period];
  const lacks = `NOT EXISTS (SELECT 1 FROM "${table}" WHERE "id" = ? AND ${sequence.numberColumn} IS NOT NULL)`;
  const counted = [
    `${sequence.numberColumn} IS NOT NULL`,
    ...(sequence.scopeColumn ? [`coalesce(CAST(${sequence.scopeColumn} AS TEXT), '') = ${scope.sql}`] : []),
    ...(period ? [`substr(${sequence.dayColumn}, 1, ${period.length}) = ?`] : []),
  ];
  const countedArgs = [...(sequence.scopeColumn ? scope.args : []), ...(period ? [period] : [])];
  const format = formatSql(sequence.pattern, day);
  return {
    day,
    counting: [
      {
        sql: `INSERT INTO "_sequence" ("series", "scope", "period", "value") SELECT ?, ${scope.sql}, ?, (SELECT count(*) FROM "${table}" WHERE ${counted.join(' AND ')}) WHERE NOT EXISTS (SELECT 1 FROM "_sequence" WHERE ${key})`,
        args: [sequence.series, ...scope.args, period, ...countedArgs, ...keyArgs],
      },
      {
        sql: `UPDATE "_sequence" SET "value" = "value" + 1 WHERE ${key} AND ${lacks}`,
        args: [...keyArgs, id],
      },
    ],
    number: {
      sql: `(SELECT ${format} FROM "_sequence" WHERE ${key})`,
      args: keyArgs,
    },
  };
}

/** The pattern around the counter. Its characters are checked with the manifest, so that none can leave its literal. */
function formatSql(pattern: string, day: string): string {
  const [yyyy, mm, dd] = day.split('-') as [string, string, string];
  const dates: Readonly<Record<string, string>> = { yyyy, yy: yyyy.slice(-2), mm, dd };
  return pattern
    .split(/(\{[^}]*\})/)
    .filter(Boolean)
    .map(part => {
      if (part === '{scope}') return '"scope"';
      if (part.startsWith('{#')) return `printf('%0${part.length - 2}d', "value")`;
      const text = part.startsWith('{') ? dates[part.slice(1, -1)]! : part;
      return `'${text.replaceAll("'", "''")}'`;
    })
    .join(' || ');
}
