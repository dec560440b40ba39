/** Scalars beside GraphQL's own. The engine checks their values, so that an error is the same as over REST. */
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';

const text = (name: string, description: string, specifiedByURL?: string): GraphQLScalarType => {
  const parse = (value: unknown): string => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} takes a text`);
    return value;
  };
  return new GraphQLScalarType<unknown, unknown>({
    name,
    description,
    specifiedByURL,
    serialize: value => value,
    parseValue: parse,
    parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
};

export const dateTime = text('DateTime', 'An instant, RFC 3339 in UTC.', 'https://www.rfc-editor.org/rfc/rfc3339');
export const date = text('Date', 'A calendar date, YYYY-MM-DD.');
export const decimal = text('Decimal', 'A decimal number as text, so that no digit is lost.');

/** JSON numbers are exact up to 2^53; GraphQL's Int ends at 2^31. */
export const safeInt = new GraphQLScalarType<unknown, unknown>({
  name: 'SafeInt',
  description: 'A whole number of at most 53 bits.',
  serialize: value => value,
  parseValue: whole,
  parseLiteral: node => whole(node.kind === Kind.INT ? Number(node.value) : undefined),
});

function whole(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new GraphQLError('SafeInt takes a whole number of at most 53 bits');
  return value as number;
}

export const json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: value => value,
  parseValue: value => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
