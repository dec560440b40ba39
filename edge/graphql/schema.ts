/** The GraphQL schema of one surface: made from the manifests, kept while they stay the same. */
import { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { BoundedCache } from '../auth/bounded-cache.ts';
import { Names } from '../openapi/naming.ts';
import type { Surface } from '../openapi/surface.ts';
import { EntityTypes } from './entity-types.ts';
import { FilterTypes } from './filter-types.ts';
import { mutationFields } from './mutations.ts';
import { queryFields } from './queries.ts';
import { TypeBuilder } from './type-builder.ts';

const schemas = new BoundedCache<GraphQLSchema>(100);

export function schemaOf(surface: Surface): GraphQLSchema {
  let schema = schemas.get(surface.key);
  if (!schema) {
    schema = buildSchema(surface);
    schemas.set(surface.key, schema);
  }
  return schema;
}

function buildSchema(surface: Surface): GraphQLSchema {
  const build = new TypeBuilder();
  const filters = new FilterTypes(build);
  const types = new EntityTypes(surface, build, filters);
  const mutations = mutationFields(surface, types, build, new Names());
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: queryFields(surface, types, build, filters) }),
    mutation:
      Object.keys(mutations).length > 0 ? new GraphQLObjectType({ name: 'Mutation', fields: mutations }) : undefined,
    types: [...types.byKey.values()].map(({ type }) => type),
  });
}
