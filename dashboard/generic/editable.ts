/** Which fields staff may set, and what of a form is to be sent. */
import type { EntityJson, FieldsJson } from '../api/manifest-reader.ts';
import type { Values } from './validate.ts';

const outsiders = new Set(['visitor', 'customer', 'public', 'module', 'system']);

/** Fields that some staff role may set; the server has the last word. */
export const editableFields = (entity: EntityJson, verb: 'create' | 'update'): FieldsJson => {
  const grants = Object.entries(entity.access)
    .filter(([role]) => !outsiders.has(role))
    .map(([, access]) => access[verb])
    .filter(grant => grant !== undefined);
  const allowed = (name: string) =>
    grants.some(grant => grant === true || !grant.fields || grant.fields.includes(name));
  return Object.fromEntries(
    Object.entries(entity.fields).filter(
      ([name, field]) => !field.readOnly && !field.hidden && entity.states?.field !== name && allowed(name),
    ),
  );
};

/** Fields to show as text beside the form. */
export const shownFields = (entity: EntityJson, editable: FieldsJson): FieldsJson =>
  Object.fromEntries(
    Object.entries(entity.fields).filter(
      ([name, field]) => !(name in editable) && !field.hidden && entity.states?.field !== name,
    ),
  );

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Names of the fields whose values differ. */
export const changedNames = (fields: FieldsJson, before: Values, after: Values): string[] =>
  Object.keys(fields).filter(name => !same(before[name], after[name]));

export const pick = (values: Values, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map(name => [name, values[name] ?? null]));

/** A new record's body: what was left empty is left out, so that defaults apply. */
export const withoutEmpty = (fields: FieldsJson, values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(fields)
      .filter(name => values[name] != null)
      .map(name => [name, values[name]]),
  );
