/** How many items a field answers with at most, as its arguments ask: said where the field is made, read where its cost is judged. */
import type { GraphQLField } from 'graphql';

type Arguments = Readonly<Record<string, unknown>>;
type Items = (given: Arguments) => number;

const usual = 25;
const most = 200;
const bounded = (size: unknown, otherwise: number) =>
  typeof size === 'number' ? Math.max(1, Math.min(size, most)) : otherwise;

/** Of a field with pages, whichever way they are turned. */
export const pageItems: Items = ({ first, last }) => bounded(first ?? last, usual);

/** The part of a field's configuration that says it. */
export const saysItems = (items: Items) => ({ extensions: { items } });

/** Undefined for a field that says nothing. */
export const itemsOf = ({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Items | undefined =>
  extensions['items'] as Items | undefined;
