/** Relay connections over the list verb: filter, order, pages in both directions, and a cursor for each edge. */
import {
  GraphQLEnumType,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLResolveInfo,
  GraphQLString,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { Problem } from '../../schemas/errors/index.ts';
import type { QueryInput } from '../engine/query/input.ts';
import { type ListedPage, readPage } from '../engine/records/index.ts';
import type { EntitySurface, Relation } from '../openapi/surface.ts';
import type { GraphContext } from './context.ts';
import { type FilterTypes, restFilter } from './filter-types.ts';

export interface ConnectionArgs {
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly sort?: readonly string[] | null;
  readonly q?: string | null;
  readonly deleted?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

const deletedType = new GraphQLEnumType({
  name: 'Deleted',
  description: 'Which deleted records to show; without it, none.',
  values: { ONLY: { value: 'only' }, WITH: { value: 'with' } },
});

/** `filter` and `q`, which aggregates take too. */
export const filterArgs = (surface: EntitySurface, filters: FilterTypes): GraphQLFieldConfigArgumentMap => ({
  filter: { type: filters.of(surface) },
  ...(surface.searchable ? { q: { type: GraphQLString, description: 'Words to find.' } } : {}),
});

export const connectionArgs = (surface: EntitySurface, filters: FilterTypes): GraphQLFieldConfigArgumentMap => ({
  ...filterArgs(surface, filters),
  ...(surface.seesDeleted ? { deleted: { type: deletedType } } : {}),
  sort: { type: new GraphQLList(new GraphQLNonNull(filters.sort(surface))) },
  first: { type: GraphQLInt, description: 'From 1 to 200; 25 without it.' },
  after: { type: GraphQLString },
  last: { type: GraphQLInt, description: 'The last ones, or those before a cursor: from 1 to 200.' },
  before: { type: GraphQLString },
});

export async function resolveConnection(
  surface: EntitySurface,
  args: ConnectionArgs,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const input = inputOf(surface, args, info);
  return connectionOf(await readPage(context.reads, context.call, surface, () => input), input);
}

/** The same for the records that point to one; those of a whole level are read together. */
export async function resolveRelated(
  relation: Relation,
  id: string,
  args: ConnectionArgs,
  { children }: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const input = inputOf(relation.target, args, info);
  return connectionOf(await children.load(relation, id, input), input);
}

/** Throws INVALID_QUERY for pages in two directions at once. */
function inputOf(surface: EntitySurface, args: ConnectionArgs, info: GraphQLResolveInfo): QueryInput {
  const { filter, sort, q, deleted, first, after, last, before } = args;
  const backward = last != null || before != null;
  if (backward && (first != null || after != null)) {
    throw Problem.of('INVALID_QUERY', { detail: 'Ask for "first" with "after", or for "last" with "before"' });
  }
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > 200)) {
      throw Problem.of('INVALID_QUERY', { detail: `"${name}" is a whole number from 1 to 200` });
    }
  }
  return {
    filters: filter ? [restFilter(surface, filter)] : [],
    sort: sort ?? [],
    size: first ?? last ?? undefined,
    after: after ?? undefined,
    before: backward ? (before ?? 'end') : undefined,
    fields: new Map(),
    include: [],
    q: q ?? undefined,
    count: selects(info, 'totalCount'),
    deleted: deleted ?? undefined,
  };
}

function connectionOf({ data, more, total, cursorAt }: ListedPage, { before, after }: QueryInput): unknown {
  // The default resolver calls members that are functions, so a cursor is made where it is asked for.
  const cursor = (index: number) => () => (index in data ? cursorAt(index) : null);
  return {
    edges: () => data.map((node, index) => ({ node, cursor: cursor(index) })),
    nodes: data,
    totalCount: total,
    pageInfo: {
      hasNextPage: before === undefined ? more : before !== 'end',
      hasPreviousPage: before === undefined ? after !== undefined : more,
      startCursor: cursor(0),
      endCursor: cursor(data.length - 1),
    },
  };
}

/** Whether the query asks for this member of the field that is being resolved. */
function selects(info: GraphQLResolveInfo, name: string): boolean {
  const within = (set: SelectionSetNode): boolean =>
    set.selections.some(node => {
      if (node.kind === Kind.FIELD) return node.name.value === name;
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : info.fragments[node.name.value];
      return inner !== undefined && within(inner.selectionSet);
    });
  return info.fieldNodes.some(node => node.selectionSet && within(node.selectionSet));
}
