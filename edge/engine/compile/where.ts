/** The filter AST to SQL: with `?` arguments for queries, with literals for triggers and partial indexes. */
import { Problem } from '../../../schemas/errors/index.ts';
import { type FilterVariable, filterLimits, operators } from '../../../schemas/filter/filter.ts';
import type { FieldJson } from '../../../schemas/module/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import { type Codec, codecOf } from './codec.ts';
import { type CompiledEntity, type CompiledField, quote } from './entity.ts';

type FilterNode = Readonly<Record<string, unknown>>;

export interface WhereTarget {
  /** Put before each column, such as `o.`; empty for none. */
  readonly prefix?: string;
  /** SQL of a value: a placeholder that keeps the argument, or a literal. */
  value(value: SqlValue): string;
  /** SQL of a variable, or undefined where it has no meaning. */
  variable(name: FilterVariable['var']): string | undefined;
}

/** The way from one record to others, as whoever checked the right to take it resolved it. */
export interface Hop {
  readonly entity: CompiledEntity;
  /** `one`: the record that `column` names; `list`: those in its list; `reverse`: those whose `column` names this one. */
  readonly kind: 'one' | 'list' | 'reverse';
  /** Quoted; of this record, or of the other one for `reverse`. */
  readonly column: string;
  /** Filters that the other record must match to be seen at all. */
  readonly limits: readonly unknown[];
}

/** A condition on related records; stands in a filter in the place of a field's operators, under any key. */
export class Related {
  readonly hop: Hop;
  readonly quantifier: 'some' | 'every';
  readonly filter: unknown;

  constructor(hop: Hop, quantifier: 'some' | 'every', filter: unknown) {
    this.hop = hop;
    this.quantifier = quantifier;
    this.filter = filter;
  }
}

const comparisons = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const isVariable = (value: unknown): value is FilterVariable =>
  typeof value === 'object' && value !== null && 'var' in value;

/** A field by name, or a part of one: `price.amount`, `price.currency`. */
export function fieldAt(entity: CompiledEntity, name: string): CompiledField | undefined {
  const field = entity.byName.get(name);
  if (field) return field;
  const [, owner, part] = /^(\w+)\.(amount|currency)$/.exec(name) ?? [];
  const money = owner ? entity.byName.get(owner) : undefined;
  if (money?.json.kind !== 'money') return undefined;
  const [json, offset] = part === 'amount' ? [amountNode, 0] : [currencyNode, 1];
  const columns = [money.columns[offset]!];
  return { ...money, name, json: { ...money.json, ...json }, codec: memberCodec(json), columns, at: money.at + offset };
}

const amountNode: FieldJson = { kind: 'int', required: false };
const currencyNode: FieldJson = { kind: 'text', required: false };
const codecs = new WeakMap<FieldJson, Codec>();

/** The codec of a list's element or an object's member. */
export function memberCodec(node: FieldJson): Codec {
  let codec = codecs.get(node);
  if (!codec) {
    codec = codecOf(node);
    codecs.set(node, codec);
  }
  return codec;
}

/** SQL that is true for rows the filter matches; `1` for an empty one. Values are handler values. Throws INVALID_QUERY. */
export function whereSql(entity: CompiledEntity, filter: unknown, target: WhereTarget): string {
  return new Where(target).node(entity, target.prefix ?? '', (filter ?? {}) as FilterNode, 0);
}

/** SQL that is true where a related record matches; `outer` is the prefix of this record's columns. */
export function relatedSql(hop: Hop, outer: string, alias: string): string {
  const there = `${alias}.${hop.kind === 'reverse' ? hop.column : '"id"'}`;
  if (hop.kind === 'one') return `${there} = ${outer}${hop.column}`;
  if (hop.kind === 'reverse') return `${there} = ${outer}"id"`;
  return `${there} IN (SELECT value FROM json_each(${outer}${hop.column}))`;
}

/** Columns of a row that an inner query must not take for its own. */
export const outerPrefix = (entity: CompiledEntity, prefix: string): string => prefix || `${quote(entity.table)}.`;

class Where {
  private readonly target: WhereTarget;
  private leaves = 0;
  private aliases = 0;

  constructor(target: WhereTarget) {
    this.target = target;
  }

  node(entity: CompiledEntity, prefix: string, node: FilterNode, depth: number): string {
    if (depth > filterLimits.depth) throw invalid('The filter is nested too deeply');
    const parts: string[] = [];
    for (const [key, value] of Object.entries(node)) {
      if (value instanceof Related) parts.push(this.related(entity, prefix, value, depth));
      else if (key === 'and' || key === 'or') {
        const joined = (value as FilterNode[]).map(child => this.node(entity, prefix, child, depth + 1));
        if (joined.length > 0) parts.push(`(${joined.join(key === 'and' ? ' AND ' : ' OR ')})`);
        else if (key === 'or') parts.push('0');
      } else if (key === 'not') parts.push(`NOT (${this.node(entity, prefix, value as FilterNode, depth + 1)})`);
      else {
        const field = fieldAt(entity, key);
        if (!field) throw invalid(`"${key}" is not a field`);
        if (!field.filterable) throw invalid(`"${key}" cannot be compared`);
        // A bare name within json_each would be one of its own columns: value, key, type.
        const whole = field.json.kind === 'list' ? outerPrefix(entity, prefix) : prefix;
        parts.push(...this.conditions(`${whole}${field.columns[0]}`, field, value as FilterNode));
      }
    }
    return parts.length > 0 ? parts.join(' AND ') : '1';
  }

  private related(entity: CompiledEntity, prefix: string, { hop, quantifier, filter }: Related, depth: number): string {
    this.aliases += 1;
    const alias = `r${this.aliases}`;
    const inner = `${alias}.`;
    const limits = hop.limits.map(limit => this.node(hop.entity, inner, limit as FilterNode, 0));
    const condition = this.node(hop.entity, inner, filter as FilterNode, depth + 1);
    const link = relatedSql(hop, outerPrefix(entity, prefix), alias);
    const all = [link, ...limits, quantifier === 'some' ? condition : `(${condition}) IS NOT 1`];
    const found = `EXISTS (SELECT 1 FROM ${quote(hop.entity.table)} ${alias} WHERE ${all.join(' AND ')})`;
    return quantifier === 'some' ? found : `NOT ${found}`;
  }

  private conditions(column: string, field: Pick<CompiledField, 'json' | 'codec'>, node: FilterNode): string[] {
    return Object.entries(node).map(([operator, operand]) => {
      if (operator === 'some' || operator === 'every') return this.elements(column, field.json, operator, operand);
      this.leaves += 1;
      if (this.leaves > filterLimits.leaves) throw invalid('The filter has too many conditions');
      return leaf(column, field.codec, operator, operand, this.target);
    });
  }

  /** Elements of a list, by their own value or by their members. */
  private elements(column: string, json: FieldJson, operator: 'some' | 'every', operand: unknown): string {
    if (json.kind !== 'list') throw invalid(`"${operator}" needs a list`);
    this.aliases += 1;
    const alias = `e${this.aliases}`;
    const { of } = json;
    const parts =
      of.kind === 'object'
        ? Object.entries(operand as FilterNode).flatMap(([name, conditions]) => {
            const member = of.fields[name];
            if (!member) throw invalid(`"${name}" is not a member`);
            const value = elementSql(`json_extract(${alias}.value, '$.${name}')`, member);
            return this.conditions(value, { json: member, codec: memberCodec(member) }, conditions as FilterNode);
          })
        : this.conditions(
            elementSql(`${alias}.value`, of),
            { json: of, codec: memberCodec(of) },
            operand as FilterNode,
          );
    const condition = parts.join(' AND ') || '1';
    const from = `(SELECT 1 FROM json_each(${column}) ${alias} WHERE`;
    return operator === 'some' ? `EXISTS ${from} ${condition})` : `NOT EXISTS ${from} (${condition}) IS NOT 1)`;
  }
}

/** JSON keeps a decimal as text, a column as a scaled integer, which is what it is compared with. */
const elementSql = (value: string, json: FieldJson): string =>
  json.kind === 'decimal' ? `CAST(round(${value} * ${10 ** json.scale}) AS INTEGER)` : value;

function leaf(column: string, codec: Codec, operator: string, operand: unknown, target: WhereTarget): string {
  const scalar = (value: unknown): string => {
    if (isVariable(value)) {
      const sql = target.variable(value.var);
      if (sql === undefined) throw invalid(`"${value.var}" has no value here`);
      return sql;
    }
    return target.value(codec.toSql(value)[0] ?? null);
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
    case 'between': {
      const [low, high] = operand as readonly [unknown, unknown];
      return `${column} BETWEEN ${scalar(low)} AND ${scalar(high)}`;
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
