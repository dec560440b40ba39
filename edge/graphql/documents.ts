/** Documents made ready to run: bounded, parsed and validated once for each schema. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { BoundedCache } from '../auth/bounded-cache.ts';
import { refusal } from './errors.ts';
import { checkShape, graphqlLimits } from './limits.ts';

export type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** Over all schemas, so that what they hold together is bounded too. */
const kept = new BoundedCache<Prepared>(300);
const numbers = new WeakMap<GraphQLSchema, number>();
let schemas = 0;

/** A short name of the schema, since a surface's key is long. */
function numberOf(schema: GraphQLSchema): number {
  let number = numbers.get(schema);
  if (number === undefined) {
    number = schemas++;
    numbers.set(schema, number);
  }
  return number;
}

/** `hidden`: the caller may not look at the schema; callers of one schema are alike in this. */
export function prepare(schema: GraphQLSchema, query: string, hidden: boolean): Prepared {
  const key = `${numberOf(schema)} ${query}`;
  const known = kept.get(key);
  if (known) return known;
  const made = make(schema, query, hidden);
  // What is wrong is not asked for twice, and may be made up without end.
  if ('document' in made) kept.set(key, made);
  return made;
}

function make(schema: GraphQLSchema, query: string, hidden: boolean): Prepared {
  try {
    const document = parseBounded(query);
    checkShape(document);
    const rules = hidden ? [...specifiedRules, NoSchemaIntrospectionCustomRule] : specifiedRules;
    const errors = validate(schema, document, rules, { maxErrors: 20 });
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** Throws a refusal, or the error of the syntax. */
function parseBounded(query: string): DocumentNode {
  const { characters, tokens } = graphqlLimits;
  if (query.length > characters) throw refusal('QUERY_TOO_LARGE', `A query has at most ${characters} characters`);
  try {
    return parse(query, { maxTokens: tokens });
  } catch (error) {
    if (error instanceof Error && error.message.includes(`${tokens} tokens`)) {
      throw refusal('QUERY_TOO_LARGE', `A query has at most ${tokens} tokens`);
    }
    throw error;
  }
}
