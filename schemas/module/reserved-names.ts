/** Names that the platform's own routes, scopes and folders have taken. */
import type { ManifestJson } from './manifest.ts';

/** Words that stand where an entity's name, or a record's id, stands in an address. */
export const reservedEntities: ReadonlySet<string> = new Set([
  'actions',
  'aggregate',
  'bulk',
  'export',
  'import',
  'imports',
  'query',
  'search',
  'widgets',
]);

/** Scopes such as `files:read`, addresses such as `/api/search`, and the folder of the elements' common parts. */
export const reservedModules: ReadonlySet<string> = new Set(['files', 'graphql', 'kit', 'search']);

/** Words of filters, and what GraphQL gives every record beside its fields. */
export const reservedFields: ReadonlySet<string> = new Set(['and', 'not', 'or', 'recordHistory', 'recordId']);

/** Sentences; empty where every name is free. */
export function reservedNames({ id, entities }: Pick<ManifestJson, 'id' | 'entities'>): string[] {
  const module = id.slice(id.indexOf('.') + 1);
  return [
    ...(reservedModules.has(module) ? [`id: "${module}" is a name of the platform`] : []),
    ...Object.keys(entities).flatMap(name =>
      reservedEntities.has(name) ? [`entities.${name}: "${name}" is a part of addresses`] : [],
    ),
    ...Object.entries(entities).flatMap(([name, { fields }]) =>
      Object.keys(fields).flatMap(field =>
        reservedFields.has(field) ? [`entities.${name}.fields: "${field}" is a word of queries`] : [],
      ),
    ),
  ];
}
