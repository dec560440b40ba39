/** The one filter AST: REST queries, permissions, constraint conditions and saved views all speak it. */

/** Filled in when the filter is compiled, from the credential or the clock. */
export interface FilterVariable {
  readonly var: 'now' | 'actor.id' | 'actor.personId' | 'actor.siteId';
}

type Comparable<T> = T | FilterVariable;

export interface Operators<T = unknown> {
  readonly eq?: Comparable<T>;
  readonly ne?: Comparable<T>;
  readonly in?: readonly T[];
  readonly nin?: readonly T[];
  readonly gt?: Comparable<T>;
  readonly gte?: Comparable<T>;
  readonly lt?: Comparable<T>;
  readonly lte?: Comparable<T>;
  readonly null?: boolean;
  /** Both ends belong to it. */
  readonly between?: readonly [Comparable<T>, Comparable<T>];
  readonly contains?: string;
  readonly startsWith?: string;
  /** Of a list: at least one element, or all of them, meet these conditions. */
  readonly some?: ElementOperators<T>;
  readonly every?: ElementOperators<T>;
}

type ElementOperators<T> = T extends readonly (infer Item)[]
  ? Operators<Item> | Readonly<Record<string, unknown>>
  : never;

export type Operator = keyof Operators;
export const operators = [
  'eq',
  'ne',
  'in',
  'nin',
  'gt',
  'gte',
  'lt',
  'lte',
  'null',
  'between',
  'contains',
  'startsWith',
  'some',
  'every',
] as const satisfies readonly Operator[];

/** Conditions on fields are joined by AND; `and`, `or` and `not` nest. */
export type Filter<V extends Readonly<Record<string, unknown>> = Readonly<Record<string, unknown>>> = {
  readonly [K in keyof V]?: Operators<NonNullable<V[K]>>;
} & {
  readonly and?: readonly Filter<V>[];
  readonly or?: readonly Filter<V>[];
  readonly not?: Filter<V>;
};

/** The untyped form, as it travels in JSON. */
export type FilterJson = Filter<Readonly<Record<string, never>>> | { readonly [field: string]: unknown };

/** Bounds that keep a hostile query cheap. */
export const filterLimits = { depth: 5, leaves: 50 } as const;
