/** A caller's filter against what it may read: names become fields and hops, values handler values. Throws INVALID_QUERY. */
import { Problem } from '../../../schemas/errors/index.ts';
import { filterLimits, type Operator, operators } from '../../../schemas/filter/filter.ts';
import type { FieldJson } from '../../../schemas/module/index.ts';
import type { Codec } from '../compile/codec.ts';
import { memberCodec, Related } from '../compile/where.ts';
import type { Readable, Reader, ResolvedHop } from './reader.ts';

type Node = Record<string, unknown>;
interface Compared {
  readonly name: string;
  readonly json: FieldJson;
  readonly codec: Codec;
}

const comparable: ReadonlySet<string> = new Set(
  'text richText int decimal bool date instant localTime duration zone enum ref file sequence'.split(' '),
);
const bad = (detail: string) => Problem.of('INVALID_QUERY', { detail });
const isOperator = (name: string): name is Operator => operators.includes(name as Operator);
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is not granted, not installed and not there is refused in the same words. */
export const unknownField = (subject: Readable, name: string): Problem =>
  bad(`"${name}" is not a field of ${subject.entity.name}`);

/** The first segment of a path and the rest: `service.name`, `booking.booking:service.status`. */
export function splitPath(path: string): [string, string | undefined] {
  const [, reverse, after] = /^((?:[a-z][a-z0-9-]*\.)?[a-z]\w*:\w+)(?:\.(.+))?$/.exec(path) ?? [];
  if (reverse) return [reverse, after];
  const dot = path.indexOf('.');
  return dot < 0 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
}

export function checkFilter(reader: Reader, subject: Readable, node: unknown): Node {
  const unknown = (trail: string) => unknownField(subject, trail);

  const tree = (from: Readable, value: unknown, depth: number, trail: string): Node => {
    if (depth > filterLimits.depth) throw bad('The filter is nested too deeply');
    if (!isNode(value)) throw bad('A filter is an object');
    const result: Node = Object.create(null) as Node;
    for (const [key, member] of Object.entries(value)) {
      if (key === 'and' || key === 'or') {
        if (!Array.isArray(member)) throw bad(`"${key}" takes a list`);
        result[key] = member.map(child => tree(from, child, depth + 1, trail));
      } else if (key === 'not') result[key] = tree(from, member, depth + 1, trail);
      else condition(from, key, member, depth, trail, result);
    }
    return result;
  };

  const condition = (from: Readable, key: string, value: unknown, depth: number, trail: string, result: Node): void => {
    const path = `${trail}${key}`;
    const field = reader.field(from, key);
    const [first, rest] = splitPath(key);
    if (!field && rest !== undefined) {
      const hop = reader.hop(from, first);
      if (!hop) throw unknown(path);
      result[key] = new Related(hop, 'some', tree(hop.target, { [rest]: value }, depth + 1, `${trail}${first}.`));
      return;
    }
    const hop = reader.hop(from, key);
    if (!field && !hop) throw unknown(path);
    if (!isNode(value)) throw bad(`"${path}" takes an object of operators`);
    const own: Node = Object.create(null) as Node;
    for (const [operator, operandValue] of Object.entries(value)) {
      if (operator === 'some' || operator === 'every') {
        if (hop && !(hop.kind === 'list' && isElementwise(operandValue))) {
          result[`${key} ${operator}`] = related(hop, operator, operandValue, depth, path);
        } else own[operator] = elements(field, operandValue, path);
      } else if (!field) throw bad(`"${path}" takes "some" or "every"`);
      else own[operator] = operand({ name: path, json: field.json, codec: field.codec }, operator, operandValue);
    }
    if (Object.keys(own).length > 0) result[key] = own;
  };

  const related = (hop: ResolvedHop, quantifier: 'some' | 'every', value: unknown, depth: number, path: string) =>
    new Related(hop, quantifier, tree(hop.target, value, depth + 1, `${path}.`));

  return tree(subject, node, 0, '');
}

const isElementwise = (value: unknown): boolean => isNode(value) && Object.keys(value).every(isOperator);

/** Conditions on a list's elements, or on the members of each where they are objects. */
function elements(field: Compared | undefined, value: unknown, path: string): Node {
  if (field?.json.kind !== 'list') throw bad(`"some" and "every" need a list or a relation: "${path}" is neither`);
  if (!isNode(value)) throw bad(`"${path}" takes an object of operators`);
  const { of } = field.json;
  if (of.kind !== 'object') return operands({ name: path, json: of, codec: memberCodec(of) }, value);
  return Object.fromEntries(
    Object.entries(value).map(([name, conditions]) => {
      const json = Object.hasOwn(of.fields, name) ? of.fields[name] : undefined;
      if (!json || json.hidden) throw bad(`"${name}" is not a member of "${path}"`);
      if (!isNode(conditions)) throw bad(`"${path}.${name}" takes an object of operators`);
      return [name, operands({ name: `${path}.${name}`, json, codec: memberCodec(json) }, conditions)];
    }),
  );
}

const operands = (field: Compared, value: Node): Node =>
  Object.fromEntries(Object.entries(value).map(([operator, v]) => [operator, operand(field, operator, v)]));

/** A value as it came, as text from the query string or as JSON, to a handler value. */
function operand(field: Compared, operator: string, value: unknown): unknown {
  if (!isOperator(operator)) throw bad(`"${operator}" is not one of ${operators.join(', ')}`);
  if (operator === 'null') return value === true || value === 'true' || value === '1';
  if (operator === 'contains' || operator === 'startsWith') {
    const searchable = field.json.kind === 'text' || field.json.kind === 'richText';
    if (!searchable || typeof value !== 'string') throw bad(`"${operator}" needs a text field and a text`);
    return value;
  }
  if (operator === 'in' || operator === 'nin') {
    const list = typeof value === 'string' ? value.split(',') : value;
    if (!Array.isArray(list) || list.length > 200) throw bad(`"${operator}" takes at most 200 values`);
    return list.map(item => scalar(field, item));
  }
  if (operator === 'between') {
    const list = typeof value === 'string' ? value.split(',') : value;
    if (!Array.isArray(list) || list.length !== 2) throw bad('"between" takes two values, both included');
    return list.map(item => scalar(field, item));
  }
  if (operator === 'some' || operator === 'every') throw bad(`"${operator}" stands after a list or a relation`);
  return scalar(field, value);
}

function scalar(field: Compared, value: unknown): unknown {
  const { kind } = field.json;
  let input = value;
  if (typeof value === 'string') {
    if ((kind === 'int' || kind === 'duration') && /^-?\d+$/.test(value)) input = Number(value);
    else if (kind === 'bool' && (value === 'true' || value === 'false')) input = value === 'true';
  }
  if (!comparable.has(kind)) throw bad(`"${field.name}" cannot be compared`);
  if (typeof input === 'object') throw bad(`"${field.name}" is compared with one value`);
  // Free text is compared as it is: a format check would refuse to look for what is not there.
  const parsed = kind === 'text' && field.json.format !== 'email' ? undefined : field.codec.schema.safeParse(input);
  if (parsed && !parsed.success)
    throw bad(`"${field.name}": ${parsed.error.issues[0]?.message ?? 'not a valid value'}`);
  return parsed ? parsed.data : String(input);
}
