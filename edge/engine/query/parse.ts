/** REST query parameters to a checked list query. Throws INVALID_QUERY with what to mend. */
import { Problem } from '../../../schemas/errors/index.ts';
import { filterLimits, type Operator, operators } from '../../../schemas/filter/filter.ts';
import type { CompiledEntity, CompiledField } from '../compile/entity.ts';

export interface SortKey {
  readonly field: CompiledField;
  readonly descending: boolean;
}

export interface ListQuery {
  /** Filter AST with handler values. */
  readonly filter: Readonly<Record<string, unknown>>;
  /** Ends with id. */
  readonly sort: readonly SortKey[];
  readonly size: number;
  readonly after: string | undefined;
  readonly fields: ReadonlySet<string> | undefined;
  readonly count: boolean;
}

const pageSize = { usual: 25, most: 200 } as const;
const bad = (detail: string) => Problem.of('INVALID_QUERY', { detail });

/** `visible` limits what may be named; hidden fields never may. */
export function parseListQuery(
  entity: CompiledEntity,
  params: Iterable<[string, string]>,
  visible: ReadonlySet<string> | undefined,
): ListQuery {
  const conditions: Record<string, Record<string, unknown>> = {};
  const trees: unknown[] = [];
  let sort: SortKey[] = [];
  let size: number = pageSize.usual;
  let after: string | undefined;
  let fields: ReadonlySet<string> | undefined;
  let count = false;
  const fieldOf = (name: string) => visibleField(entity, name, visible);

  for (const [key, value] of params) {
    const condition = /^filter\[([^\]]+)\](?:\[([^\]]+)\])?$/.exec(key);
    if (condition) {
      const [, name, operator = 'eq'] = condition as unknown as [string, string, string | undefined];
      const field = fieldOf(name);
      conditions[name] = { ...conditions[name], [operator]: operand(field, operator, value) };
    } else if (key === 'filter') trees.push(checkTree(fieldOf, parseJson(value), 0));
    else if (key === 'sort')
      sort = value
        .split(',')
        .filter(Boolean)
        .map(name => sortKey(fieldOf, name));
    else if (key === 'page[size]') size = parseSize(value);
    else if (key === 'page[after]') after = value;
    else if (key === 'fields')
      fields = new Set(
        value
          .split(',')
          .filter(Boolean)
          .map(name => fieldOf(name).name),
      );
    else if (key === 'count') count = value === 'exact';
    else throw bad(`"${key}" is not a parameter of this list`);
  }
  if (sort.length === 0) sort = defaultSort(entity, visible);
  return {
    filter: trees.length > 0 ? { ...conditions, and: trees } : conditions,
    sort: [...sort, { field: entity.byName.get('id')!, descending: sort[0]?.descending ?? false }],
    size,
    after,
    fields,
    count,
  };
}

function visibleField(entity: CompiledEntity, name: string, visible: ReadonlySet<string> | undefined): CompiledField {
  const field = entity.byName.get(name);
  if (!field || field.json.hidden || (visible && !field.builtIn && !visible.has(name))) {
    throw bad(`"${name}" is not a field of ${entity.name}`);
  }
  return field;
}

function sortKey(fieldOf: (name: string) => CompiledField, name: string): SortKey {
  const descending = name.startsWith('-');
  return { field: fieldOf(descending ? name.slice(1) : name), descending };
}

function defaultSort(entity: CompiledEntity, visible: ReadonlySet<string> | undefined): SortKey[] {
  const declared = entity.json.display?.sort;
  return declared ? [sortKey(name => visibleField(entity, name, visible), declared)] : [];
}

function parseSize(value: string): number {
  const size = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (size < 1 || size > pageSize.most) {
    throw bad(`page[size] is a whole number from 1 to ${pageSize.most}`);
  }
  return size;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('"filter" is not valid JSON');
  }
}

/** A JSON filter tree with its values turned into handler values. */
function checkTree(fieldOf: (name: string) => CompiledField, node: unknown, depth: number): Record<string, unknown> {
  if (depth > filterLimits.depth) throw bad('The filter is nested too deeply');
  if (typeof node !== 'object' || node === null || Array.isArray(node)) throw bad('A filter is an object');
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'and' || key === 'or') {
      if (!Array.isArray(value)) throw bad(`"${key}" takes a list`);
      result[key] = value.map(child => checkTree(fieldOf, child, depth + 1));
    } else if (key === 'not') result[key] = checkTree(fieldOf, value, depth + 1);
    else {
      const field = fieldOf(key);
      if (typeof value !== 'object' || value === null) throw bad(`"${key}" takes an object of operators`);
      result[key] = Object.fromEntries(Object.entries(value).map(([op, v]) => [op, operand(field, op, v)]));
    }
  }
  return result;
}

/** A value as it came, as text from the query string or as JSON, to a handler value. */
function operand(field: CompiledField, operator: string, value: unknown): unknown {
  if (!operators.includes(operator as Operator)) {
    throw bad(`"${operator}" is not one of ${operators.join(', ')}`);
  }
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
  return scalar(field, value);
}

function scalar(field: CompiledField, value: unknown): unknown {
  const { kind } = field.json;
  let input = value;
  if (typeof value === 'string') {
    if ((kind === 'int' || kind === 'duration') && /^-?\d+$/.test(value)) input = Number(value);
    else if (kind === 'bool' && (value === 'true' || value === 'false')) input = value === 'true';
  }
  if (kind === 'money' || kind === 'list' || kind === 'object' || kind === 'json') {
    throw bad(`"${field.name}" cannot be compared`);
  }
  // Free text is compared as it is: a format check would refuse to look for what is not there.
  const parsed = kind === 'text' && field.json.format !== 'email' ? undefined : field.codec.schema.safeParse(input);
  if (parsed && !parsed.success)
    throw bad(`"${field.name}": ${parsed.error.issues[0]?.message ?? 'not a valid value'}`);
  return parsed ? parsed.data : String(input);
}
