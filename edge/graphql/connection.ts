/** Relay connections over the list verb: filter, order, page, and a cursor for each edge. */
import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { Problem } from '../../schemas/errors/index.ts';
import type { FieldsJson } from '../../schemas/module/index.ts';
import type { SqlValue } from '../../schemas/ports/index.ts';
import { encodeCursor } from '../engine/query/cursor.ts';
import { queryOfParams } from '../engine/query/input.ts';
import { checkQuery } from '../engine/query/parse.ts';
import { Reader } from '../engine/query/reader.ts';
import { listRecords } from '../engine/records/index.ts';
import type { EntitySurface } from '../openapi/surface.ts';
import type { GraphContext } from './context.ts';
import { entityKey } from './entity-types.ts';
import { recordId, refTarget } from './global-id.ts';
import type { RecordJson } from './record-loader.ts';

export interface ConnectionArgs {
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly sort?: readonly string[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export async function resolveConnection(
  surface: EntitySurface,
  { filter, sort, first, after }: ConnectionArgs,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  if (first != null && (first < 1 || first > 200)) {
    throw Problem.of('INVALID_QUERY', { detail: '"first" is a whole number from 1 to 200' });
  }
  const order: [string, string][] = sort?.length ? [['sort', sort.join(',')]] : [];
  const params: [string, string][] = [...order, ['page[size]', String(first ?? 25)]];
  if (filter) params.push(['filter', JSON.stringify(filterWithRecordIds(filter, surface))]);
  if (after) params.push(['page[after]', after]);
  if (selects(info, 'totalCount')) params.push(['count', 'exact']);
  const { body } = await listRecords(context.reads, context.call, surface, params);
  const { data, page } = JSON.parse(body) as { data: RecordJson[]; page: { after: string | null; total?: number } };
  // The default resolver calls members that are functions, so a cursor is made where it is asked for.
  const cursorOf = (record: RecordJson | undefined) => () =>
    record ? cursorOfRecord(surface, order, record, context) : null;
  return {
    edges: data.map(node => ({ node, cursor: cursorOf(node) })),
    nodes: data,
    totalCount: page.total,
    pageInfo: {
      hasNextPage: page.after !== null,
      hasPreviousPage: after != null,
      startCursor: cursorOf(data[0]),
      endCursor: cursorOf(data.at(-1)),
    },
  };
}

/** The list verb's own cursor, from a record's JSON. */
function cursorOfRecord(
  { entity }: EntitySurface,
  order: readonly [string, string][],
  record: RecordJson,
  { call, runtime }: GraphContext,
): string {
  const reader = new Reader(call);
  const { sort } = checkQuery(reader, reader.subject(entity), queryOfParams(order), call.actor);
  const row: SqlValue[] = [];
  for (const { name, at } of sort) {
    const { codec } = entity.byName.get(name)!;
    const value = record[name];
    const [stored = null] = value == null ? [null] : codec.toSql(codec.schema.parse(value));
    row[at] = typeof stored === 'bigint' ? Number(stored) : stored;
  }
  return encodeCursor(runtime.secrets.cursorKey, entity.table, sort, row);
}

function filterWithRecordIds(filter: unknown, surface: EntitySurface): unknown {
  if (typeof filter !== 'object' || filter === null) return filter;
  const { module, shown } = surface;
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => {
      if (name === 'not') return [name, filterWithRecordIds(value, surface)];
      if (name === 'and' || name === 'or') {
        return [name, Array.isArray(value) ? value.map(child => filterWithRecordIds(child, surface)) : value];
      }
      const target = name === 'id' ? entityKey(surface) : targetOf(shown, module.name, name);
      return [name, target ? operandsWithRecordIds(value, target) : value];
    }),
  );
}

function targetOf(fields: FieldsJson, module: string, name: string): string | undefined {
  const node = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return node?.kind === 'ref' ? refTarget(module, node.to) : undefined;
}

function operandsWithRecordIds(operators: unknown, entity: string): unknown {
  const own = (value: unknown) => (typeof value === 'string' ? recordId(value, entity) : value);
  return Object.fromEntries(
    Object.entries((operators ?? {}) as Record<string, unknown>).map(([operator, value]) => [
      operator,
      Array.isArray(value) ? value.map(own) : own(value),
    ]),
  );
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
