/** The filter AST to SQL: with `?` arguments for queries, with literals for triggers and partial indexes. */
import { Problem } from '../../../schemas/errors/index.ts';
import { type FilterVariable, filterLimits, operators } from '../../../schemas/filter/filter.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import type { CompiledEntity, CompiledField } from './entity.ts';

type FilterNode = Readonly<Record<string, unknown>>;

export interface WhereTarget {
  /** Put before each column, such as `o.`; empty for none. */
  readonly prefix?: string;
  /** SQL of a value: a placeholder that keeps the argument, or a literal. */
  value(value: SqlValue): string;
  /** SQL of a variable, or undefined where it has no meaning. */
  variable(name: FilterVariable['var']): string | undefined;
}

const comparisons = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const isVariable = (value: unknown): value is FilterVariable =>
  typeof value === 'object' && value !== null && 'var' in value;

/** SQL that is true for rows the filter matches; `1` for an empty one. Values are handler values. Throws INVALID_QUERY. */
export function whereSql(entity: CompiledEntity, filter: unknown, target: WhereTarget): string {
  let leaves = 0;
  const walk = (node: FilterNode, depth: number): string => {
    if (depth > filterLimits.depth) throw invalid('The filter is nested too deeply');
    const parts: string[] = [];
    for (const [key, value] of Object.entries(node)) {
      if (key === 'and' || key === 'or') {
        const joined = (value as FilterNode[]).map(child => walk(child, depth + 1));
        if (joined.length > 0) parts.push(`(${joined.join(key === 'and' ? ' AND ' : ' OR ')})`);
      } else if (key === 'not') parts.push(`NOT (${walk(value as FilterNode, depth + 1)})`);
      else {
        const field = entity.byName.get(key);
        if (!field) throw invalid(`"${key}" is not a field`);
        for (const [operator, operand] of Object.entries(value as FilterNode)) {
          leaves += 1;
          if (leaves > filterLimits.leaves) throw invalid('The filter has too many conditions');
          parts.push(leaf(field, operator, operand, target));
        }
      }
    }
    return parts.length > 0 ? parts.join(' AND ') : '1';
  };
  return walk((filter ?? {}) as FilterNode, 0);
}

function leaf(field: CompiledField, operator: string, operand: unknown, target: WhereTarget): string {
  const column = `${target.prefix ?? ''}${field.columns[0]}`;
  const scalar = (value: unknown): string => {
    if (isVariable(value)) {
      const sql = target.variable(value.var);
      if (sql === undefined) throw invalid(`"${value.var}" has no value here`);
      return sql;
    }
    return target.value(field.codec.toSql(value)[0] ?? null);
  };
  switch (operator) {
    case 'null':
      return `${column} IS ${operand ? '' : 'NOT '}NULL`;
    case 'in':
    case 'nin': {
      const list = operand as readonly unknown[];
      if (list.length === 0) return operator === 'in' ? '0' : '1';
      return `${column} ${operator === 'in' ? 'IN' : 'NOT IN'} (${list.map(scalar).join(', ')})`;
    }
    case 'contains':
      return `instr(lower(${column}), lower(${scalar(operand)})) > 0`;
    case 'startsWith':
      return `substr(lower(${column}), 1, length(${scalar(operand)})) = lower(${scalar(operand)})`;
    default: {
      const sign = comparisons[operator as keyof typeof comparisons];
      if (!sign) throw invalid(`"${operator}" is not one of ${operators.join(', ')}`);
      return `${column} ${sign} ${scalar(operand)}`;
    }
  }
}

const invalid = (detail: string) => Problem.of('INVALID_QUERY', { detail });

/** A target that keeps its arguments. */
export function placeholders(
  variables: (name: FilterVariable['var']) => SqlValue | undefined,
): WhereTarget & { readonly args: SqlValue[] } {
  const args: SqlValue[] = [];
  const value = (v: SqlValue) => {
    args.push(v);
    return '?';
  };
  return {
    args,
    value,
    variable: name => {
      const v = variables(name);
      return v === undefined ? undefined : value(v);
    },
  };
}

/** A target for DDL: literals, and `now` as the write's own instant. */
export function literals(prefix: string, now: string): WhereTarget {
  return {
    prefix,
    value: v =>
      typeof v === 'number' || typeof v === 'bigint'
        ? String(v)
        : v === null
          ? 'NULL'
          : `'${String(v).replaceAll("'", "''")}'`,
    variable: name => (name === 'now' ? now : undefined),
  };
}
