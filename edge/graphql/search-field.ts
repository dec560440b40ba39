/** The search over every module, its hits as nodes. */
import { GraphQLEnumType, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import { searchAll, searchOfParams, searchSizes } from '../engine/search/search.ts';
import { keyOf, type Surface } from '../openapi/surface.ts';
import { type GraphField, guarded } from './context.ts';
import type { EntityTypes } from './entity-types.ts';
import { saysItems } from './items.ts';
import { typeName } from './names.ts';

interface Hit {
  readonly entity: string;
  readonly id: string;
}

const searchSize = (size: unknown) =>
  typeof size === 'number' ? Math.max(1, Math.min(size, searchSizes.most)) : searchSizes.usual;

/** Undefined where the credential may search nowhere. */
export function searchField(surface: Surface, types: EntityTypes): GraphField | undefined {
  const searched = surface.modules.flatMap(({ entities }) => entities.filter(({ searchable }) => searchable));
  if (searched.length === 0) return undefined;
  const entity = new GraphQLEnumType({
    name: 'SearchedEntity',
    values: Object.fromEntries(searched.map(of => [typeName(of), { value: keyOf(of) }])),
  });
  const needed = new GraphQLNonNull(entity);
  const hit = new GraphQLObjectType({
    name: 'SearchHit',
    fields: {
      entity: { type: needed },
      label: { type: GraphQLString },
      node: {
        type: types.node,
        resolve: guarded(async (source, _args, { loader }) => {
          const { entity: key, id } = source as Hit;
          const { surface: target, type } = types.byKey.get(key)!;
          const record = await loader.load(target, id);
          return record && { ...record, __typename: type.name };
        }),
      },
    },
  });
  const count = new GraphQLObjectType({
    name: 'SearchCount',
    fields: {
      entity: { type: needed },
      label: { type: new GraphQLNonNull(GraphQLString) },
      count: { type: new GraphQLNonNull(GraphQLInt) },
    },
  });
  const list = (type: GraphQLObjectType) => new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type)));
  return {
    type: new GraphQLNonNull(
      new GraphQLObjectType({ name: 'Search', fields: { data: { type: list(hit) }, counts: { type: list(count) } } }),
    ),
    description: 'The best matches of each entity, dealt out in turn.',
    ...saysItems(({ size, entities }) => {
      const places = Array.isArray(entities) ? entities.length : searched.length;
      return searchSize(size) * places;
    }),
    args: {
      q: { type: new GraphQLNonNull(GraphQLString) },
      size: { type: GraphQLInt, description: 'Results of each entity, from 1 to 50; 10 without it.' },
      entities: { type: new GraphQLList(needed), description: 'Where to look; `counts` are of all.' },
    },
    resolve: guarded(async (_source, args, { reads, call }) => {
      const params = new URLSearchParams({ q: args['q'] });
      if (args['size'] != null) params.set('size', String(args['size']));
      if (args['entities']) params.set('entities', args['entities'].join(','));
      return JSON.parse((await searchAll(reads, call, searchOfParams(params))).body);
    }),
  };
}
