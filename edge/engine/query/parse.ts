/** A query as it came to one that is checked against what the caller may read. Throws INVALID_QUERY with what to mend. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import type { CompiledEntity, CompiledField } from '../compile/entity.ts';
import { matchExpression } from '../search/match.ts';
import { deletedFilter, deletedMode } from '../soft-delete.ts';
import { checkFilter, splitPath, unknownField } from './filter-tree.ts';
import type { QueryInput } from './input.ts';
import { entityKey, type Readable, type Reader, type ResolvedHop } from './reader.ts';

/** What a list is ordered by: a column of the row, or a value selected beside it. */
export interface SortKey {
  readonly name: string;
  /** SQL that names the value. */
  readonly column: string;
  /** Its index in a selected row. */
  readonly at: number;
  readonly descending: boolean;
}

/** A value of a related record, reached by hops to one. */
export interface PathValue {
  readonly hops: readonly ResolvedHop[];
  /** Of the last hop's entity. */
  readonly field: CompiledField;
}

export interface IncludeNode {
  readonly hop: ResolvedHop;
  readonly children: readonly IncludeNode[];
}

export interface ListQuery {
  readonly subject: Readable;
  /** Filter ASTs with handler values, all of which must hold. */
  readonly filters: readonly unknown[];
  /** Ends with id. */
  readonly sort: readonly SortKey[];
  /** Values selected after the row's own columns, in order; `rank` is how well the row matches the search. */
  readonly extras: readonly (PathValue | 'rank')[];
  /** An FTS5 expression; undefined without `q`, null where nothing can match. */
  readonly match: string | null | undefined;
  readonly size: number;
  readonly after: string | undefined;
  /** A cursor, or `end`. */
  readonly before: string | undefined;
  /** By entity key. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly include: readonly IncludeNode[];
  readonly count: boolean;
}

const pageSize = { usual: 25, most: 200 } as const;
const mostIncludes = 20;
const bad = (detail: string) => Problem.of('INVALID_QUERY', { detail });

/** Throws INVALID_QUERY, FORBIDDEN. */
export function checkQuery(reader: Reader, subject: Readable, input: QueryInput, actor: Actor): ListQuery {
  const { entity, grant } = subject;
  if (input.after && input.before) throw bad('"page[after]" and "page[before]" exclude each other');
  const extras: (PathValue | 'rank')[] = [];
  const match = input.q === undefined ? undefined : matchExpression(subject, input.q);
  const given = input.sort.map(name => sortKey(reader, subject, name, extras));
  const sort = given.length > 0 ? given : usualSort(subject, match, extras);
  const include = checkInclude(reader, subject, input.include);
  return {
    subject,
    filters: [
      ...input.filters.map(filter => checkFilter(reader, subject, filter)),
      ...(grant !== true && grant.where ? [grant.where] : []),
      ...deletedFilter(entity, deletedMode(input.deleted), actor),
    ],
    sort: [...sort, { ...columnKey(entity, 'id'), descending: sort[0]?.descending ?? false }],
    extras,
    match,
    size: checkSize(input.size),
    after: input.after,
    before: input.before,
    fields: checkFields(reader, subject, input.fields, include),
    include,
    count: input.count,
  };
}

function columnKey(entity: CompiledEntity, name: string): Omit<SortKey, 'descending'> {
  const field = entity.byName.get(name)!;
  return { name, column: field.columns[0]!, at: field.at };
}

function sortKey(reader: Reader, subject: Readable, text: string, extras: (PathValue | 'rank')[]): SortKey {
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  const field = reader.field(subject, name);
  if (field && !field.filterable) throw bad(`"${name}" cannot be compared`);
  if (field) {
    if (!field.filterable) throw bad(`"${name}" cannot be compared`);
    return { name, column: field.columns[0]!, at: field.at, descending };
  }
  const path = checkPath(reader, subject, name);
  extras.push(path);
  return { name, ...extraAt(subject, extras.length - 1), descending };
}

function extraAt({ entity }: Readable, index: number): { column: string; at: number } {
  const last = entity.fields.at(-1)!;
  return { column: `"_x${index}"`, at: last.at + last.columns.length + index };
}

/** `service.name`: hops to one record each, and a field of the last. Throws INVALID_QUERY as for an unknown field. */
export function checkPath(reader: Reader, subject: Readable, name: string): PathValue {
  const hops: ResolvedHop[] = [];
  let from = subject;
  let rest = name;
  for (;;) {
    const field = reader.field(from, rest);
    if (field && !field.filterable) throw bad(`"${rest}" cannot be compared`);
    if (field) {
      if (!field.filterable) throw bad(`"${name}" cannot be compared`);
      return { hops, field };
    }
    const [first, after] = splitPath(rest);
    const hop = after === undefined ? undefined : reader.hop(from, first);
    if (hop?.kind !== 'one' || hops.length === 3) throw unknownField(subject, name);
    hops.push(hop);
    from = hop.target;
    rest = after!;
  }
}

/** The best matches first where something is searched for, else as the manifest says. */
function usualSort(subject: Readable, match: string | null | undefined, extras: (PathValue | 'rank')[]): SortKey[] {
  if (match) {
    extras.push('rank');
    return [{ name: '(rank)', ...extraAt(subject, extras.length - 1), descending: false }];
  }
  const declared = subject.entity.json.display?.sort;
  if (!declared) return [];
  const descending = declared.startsWith('-');
  const name = descending ? declared.slice(1) : declared;
  const field = subject.entity.byName.get(name);
  // A role that may not see the field gets the order of creation.
  const seen = field && !field.json.hidden && (field.builtIn || !subject.visible || subject.visible.has(name));
  return seen ? [{ ...columnKey(subject.entity, name), descending }] : [];
}

function checkSize(value: string | number | undefined): number {
  if (value === undefined) return pageSize.usual;
  const size = /^\d{1,3}$/.test(String(value)) ? Number(value) : 0;
  if (size < 1 || size > pageSize.most) throw bad(`page[size] is a whole number from 1 to ${pageSize.most}`);
  return size;
}

/** Paths of at most two hops. A hop that the caller may not take is refused as an unknown field is. */
export function checkInclude(reader: Reader, subject: Readable, paths: readonly string[]): IncludeNode[] {
  if (paths.length > mostIncludes) throw bad(`"include" takes at most ${mostIncludes} paths`);
  interface Draft {
    readonly hop: ResolvedHop;
    readonly children: Map<string, Draft>;
  }
  const top = new Map<string, Draft>();
  for (const path of paths) {
    const segments = path.split('.');
    if (segments.length > 2) throw bad('"include" goes at most two records deep');
    let level = top;
    let from = subject;
    for (const segment of segments) {
      const hop = reader.hop(from, segment);
      if (!hop || hop.kind === 'reverse') throw unknownField(subject, path);
      const node = level.get(segment) ?? { hop, children: new Map<string, Draft>() };
      level.set(segment, node);
      level = node.children;
      from = hop.target;
    }
  }
  const finish = (level: Map<string, Draft>): IncludeNode[] =>
    [...level.values()].map(({ hop, children }) => ({ hop, children: finish(children) }));
  return finish(top);
}

/** The fields asked for, of the listed entity and of included ones. */
export function checkFields(
  reader: Reader,
  subject: Readable,
  asked: QueryInput['fields'],
  include: readonly IncludeNode[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const result = new Map<string, ReadonlySet<string>>();
  for (const [name, fields] of asked) {
    const own =
      name === '' ? entityKey(subject.entity) : name.includes('.') ? name : `${subject.entity.module}.${name}`;
    const of = own === entityKey(subject.entity) ? subject : includedEntity(include, own);
    if (!of) throw bad(`"${name}" is not an entity of this reply`);
    for (const field of fields) {
      if (field.includes('.') || !reader.field(of, field)) throw unknownField(of, field);
    }
    result.set(own, new Set(fields));
  }
  return result;
}

function includedEntity(nodes: readonly IncludeNode[], key: string): Readable | undefined {
  for (const { hop, children } of nodes) {
    const found = entityKey(hop.entity) === key ? hop.target : includedEntity(children, key);
    if (found) return found;
  }
  return undefined;
}
