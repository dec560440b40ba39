/** Counts and sums over a connection's records, by group. */
import {
  GraphQLEnumType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
} from 'graphql';
import { aggregateRecords } from '../engine/query/aggregate.ts';
import { groupsOf, measuresOf } from '../openapi/query-surface.ts';
import type { EntitySurface } from '../openapi/surface.ts';
import { filterArgs } from './connection.ts';
import { type GraphField, guarded } from './context.ts';
import { type FilterTypes, restFilter } from './filter-types.ts';
import { enumNames, typeName } from './names.ts';
import { json } from './scalars.ts';
import type { TypeBuilder } from './type-builder.ts';

interface Args {
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly q?: string | null;
  readonly measure?: readonly string[] | null;
  readonly group?: readonly string[] | null;
  readonly zone?: string | null;
  readonly sort?: readonly string[] | null;
}

const listOf = <T extends GraphQLOutputType>(type: T) => new GraphQLList(new GraphQLNonNull(type));

/** `sum(price)` as `sum_price`. */
const enumOf = (name: string, values: Iterable<string>): GraphQLEnumType => {
  const word = (value: string) => value.replace(/\)$/, '').replaceAll(/\W/g, '_');
  const entries = [...enumNames(values, word)].map(([value, named]) => [named, { value }] as const);
  return new GraphQLEnumType({ name, values: Object.fromEntries(entries) });
};

export function aggregateField(surface: EntitySurface, build: TypeBuilder, filters: FilterTypes): GraphField {
  const name = typeName(surface);
  const row = build.once(
    'Aggregate',
    () =>
      new GraphQLObjectType({
        name: 'Aggregate',
        description: 'One group: its values and its measures, under the names that REST has for them.',
        fields: { group: { type: new GraphQLNonNull(json) }, measures: { type: new GraphQLNonNull(json) } },
      }),
  );
  const measure = listOf(build.once(`${name}_Measure`, () => enumOf(`${name}_Measure`, measuresOf(surface).keys())));
  const group = listOf(build.once(`${name}_Group`, () => enumOf(`${name}_Group`, groupsOf(surface).keys())));
  return {
    type: new GraphQLNonNull(listOf(row)),
    description: 'One row for each group; amounts of two currencies are never added up.',
    args: {
      ...filterArgs(surface, filters),
      measure: { type: measure, description: '`count` without it.' },
      group: { type: group },
      zone: { type: GraphQLString, description: "IANA zone of calendar units; the client's without it." },
      sort: {
        type: listOf(GraphQLString),
        description: 'Names of groups and measures as in a row, a minus before a descending one.',
      },
    },
    resolve: guarded(async (_source, args, context) => {
      const { body } = await aggregateRecords(context.reads, context.call, surface, paramsOf(surface, args as Args));
      return (JSON.parse(body) as { data: unknown }).data;
    }),
  };
}

function paramsOf(surface: EntitySurface, { filter, q, measure, group, zone, sort }: Args): [string, string][] {
  const inZone = (name: string) => (zone && name.endsWith(')') ? `${name.slice(0, -1)},${zone})` : name);
  const params: [string, string][] = [];
  if (filter) params.push(['filter', JSON.stringify(restFilter(surface, filter))]);
  if (q != null) params.push(['q', q]);
  if (measure) params.push(['measure', measure.join(',')]);
  if (group) params.push(['group', group.map(inZone).join(',')]);
  if (sort) params.push(['sort', sort.join(',')]);
  return params;
}
