/** What a list shows: search, filters, order, columns, table or board. It lives in the address, so a view can be sent and found again. */
import type { ListQuery } from '../api/data-client.ts';
import { columnsOf, type EntityJson, labelFieldOf } from '../api/manifest-reader.ts';
import { type Condition, conditionFilter, readCondition, writeCondition } from './conditions.ts';

export interface View {
  readonly find: string;
  readonly conditions: readonly Condition[];
  readonly sort: string | undefined;
  /** Chosen columns; undefined for the usual ones. */
  readonly columns: readonly string[] | undefined;
  readonly board: boolean;
  /** Field whose values are the board's columns; undefined for the usual one. */
  readonly by: string | undefined;
  /** Deleted records instead of the others. */
  readonly deleted: boolean;
}

const prefix = 'filter.';

export const readView = (search: URLSearchParams): View => ({
  find: search.get('find') ?? '',
  conditions: [...search].flatMap(([key, text]) =>
    key.startsWith(prefix) ? (readCondition(key.slice(prefix.length), text) ?? []) : [],
  ),
  sort: search.get('sort') ?? undefined,
  columns: search.get('columns')?.split(',').filter(Boolean),
  board: search.get('view') === 'board',
  by: search.get('by') ?? undefined,
  deleted: search.has('deleted'),
});

/** With its question mark; empty for the usual view. */
export const viewSearch = (view: View): string => {
  const search = new URLSearchParams();
  if (view.find) search.set('find', view.find);
  for (const condition of view.conditions) search.append(prefix + condition.field, writeCondition(condition));
  if (view.sort) search.set('sort', view.sort);
  if (view.columns) search.set('columns', view.columns.join(','));
  if (view.board) search.set('view', 'board');
  if (view.by) search.set('by', view.by);
  if (view.deleted) search.set('deleted', '1');
  return search.size ? `?${search}` : '';
};

export const isNarrowed = (view: View): boolean => view.find !== '' || view.conditions.length > 0;

export const sortOf = (entity: EntityJson, view: View): string => view.sort ?? entity.display?.sort ?? '-createdAt';

/** The columns to show; what the manifest no longer has is left out. */
export const shownColumns = (entity: EntityJson, view: View): string[] => {
  const chosen = view.columns?.filter(name => name in entity.fields) ?? [];
  return chosen.length > 0 ? chosen : columnsOf(entity);
};

const searched = (entity: EntityJson): boolean =>
  Object.values(entity.fields).some(field => field.search && !field.hidden);

/** Whether anything can be searched for by typing. */
export const canFind = (entity: EntityJson): boolean => searched(entity) || labelFieldOf(entity) !== undefined;

/** What the API is asked for; whole words are found where the manifest has fields to search in, else parts of the label. */
export const viewQuery = (entity: EntityJson, view: View, zone: string): ListQuery => {
  const find = view.find.trim();
  const label = labelFieldOf(entity);
  const filter: Record<string, Readonly<Record<string, string | number | boolean>>> = {};
  const add = (field: string, operators: Readonly<Record<string, string | number | boolean>>) => {
    filter[field] = { ...filter[field], ...operators };
  };
  for (const condition of view.conditions) {
    const field = entity.fields[condition.field];
    if (field) add(condition.field, conditionFilter(field, condition, zone));
  }
  if (find && !searched(entity) && label) add(label, { contains: find });
  return {
    filter,
    sort: sortOf(entity, view),
    ...(find && searched(entity) ? { q: find } : {}),
    ...(view.deleted ? { deleted: true } : {}),
  };
};
