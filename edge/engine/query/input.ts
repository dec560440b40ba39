/** A list query as it came, from the query string or from a JSON body, in one shape; nothing in it is checked against an entity yet. */
import * as z from 'zod';
import { Problem } from '../../../schemas/errors/index.ts';
import { fieldProblems } from '../../../schemas/errors/validate.ts';
import { operators } from '../../../schemas/filter/filter.ts';

export interface QueryInput {
  /** Filter trees, all of which must hold; values are text or JSON. */
  readonly filters: readonly unknown[];
  readonly sort: readonly string[];
  readonly size: string | number | undefined;
  readonly after: string | undefined;
  /** A cursor, or `end`: the page is the last one before it. */
  readonly before: string | undefined;
  /** By entity; the empty key is the listed entity itself. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly include: readonly string[];
  readonly q: string | undefined;
  readonly count: boolean;
  readonly deleted: string | undefined;
}

const bad = (detail: string) => Problem.of('INVALID_QUERY', { detail });
export const commaList = (value: string): string[] => value.split(',').filter(Boolean);

type Members = Record<string, unknown>;
const members = (): Members => Object.create(null) as Members;

/** Throws INVALID_QUERY. */
export function queryOfParams(params: Iterable<[string, string]>): QueryInput {
  const conditions = members();
  const filters: unknown[] = [];
  const fields = new Map<string, readonly string[]>();
  const input = {
    sort: [] as string[],
    size: undefined as string | undefined,
    after: undefined as string | undefined,
    before: undefined as string | undefined,
    include: [] as string[],
    q: undefined as string | undefined,
    count: false,
    deleted: undefined as string | undefined,
  };
  for (const [key, value] of params) {
    if (key.startsWith('filter[')) place(conditions, key, value);
    else if (key === 'filter') filters.push(parseJson(value));
    else if (key === 'sort') input.sort = commaList(value);
    else if (key === 'page[size]') input.size = value;
    else if (key === 'page[after]') input.after = value;
    else if (key === 'page[before]') input.before = value;
    else if (key === 'fields') fields.set('', commaList(value));
    else if (key === 'include') input.include = commaList(value);
    else if (key === 'q') input.q = value;
    else if (key === 'count') input.count = exactly(value);
    else if (key === 'deleted') input.deleted = value;
    else {
      const entity = /^fields\[([^\]]+)\]$/.exec(key)?.[1];
      if (!entity) throw bad(`"${key}" is not a parameter of this list`);
      fields.set(entity, commaList(value));
    }
  }
  return { ...input, fields, filters: [conditions, ...filters] };
}

function exactly(value: string): boolean {
  if (value !== 'exact') throw bad('"count" is "exact"');
  return true;
}

/** `filter[a][some][b][gt]` into nested members; without an operator at its end it compares for equality. */
function place(conditions: Members, key: string, value: string): void {
  const path = /^filter((?:\[[^[\]]+\])+)$/.exec(key)?.[1]?.slice(1, -1).split('][');
  if (!path || path.length > 12) throw bad(`"${key}" is not a parameter of this list`);
  if (path.length === 1 || !(operators as readonly string[]).includes(path.at(-1)!)) {
    // Two segments are field and operator: what is no operator is refused as one.
    if (path.length !== 2) path.push('eq');
  }
  let node = conditions;
  for (const part of path.slice(0, -1)) {
    node[part] ??= members();
    const next = node[part];
    if (typeof next !== 'object' || next === null) throw bad(`"${key}" contradicts another parameter`);
    node = next as Members;
  }
  node[path.at(-1)!] = value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('"filter" is not valid JSON');
  }
}

const names = z.array(z.string().max(200)).max(100);
const bodySchema = z.strictObject({
  filter: z.record(z.string(), z.unknown()).optional(),
  sort: z.union([z.string().transform(commaList), names]).optional(),
  page: z
    .strictObject({ size: z.int().optional(), after: z.string().nullish(), before: z.string().nullish() })
    .optional(),
  fields: z.union([names, z.record(z.string(), names)]).optional(),
  include: z.union([z.string().transform(commaList), names]).optional(),
  q: z.string().optional(),
  count: z.literal('exact').optional(),
  deleted: z.string().optional(),
});

/** Throws INVALID_QUERY that names every member at fault. */
export function queryOfBody(body: unknown): QueryInput {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw Problem.of('INVALID_QUERY', { errors: fieldProblems(parsed.error, body) });
  const { filter, sort, page, fields, include, q, count, deleted } = parsed.data;
  return {
    filters: filter ? [filter] : [],
    sort: sort ?? [],
    size: page?.size,
    after: page?.after ?? undefined,
    before: page?.before ?? undefined,
    fields: new Map(Array.isArray(fields) ? [['', fields]] : Object.entries(fields ?? {})),
    include: include ?? [],
    q,
    count: count === 'exact',
    deleted,
  };
}
