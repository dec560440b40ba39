/** Ids of entities and fields that stay when a name changes, and the tables and columns they were made with. */
import type { EntityJson, ExtensionJson, FieldsJson, ManifestJson } from './manifest.ts';

/** `at` is the table of an entity, the column of a field. */
export interface StableName {
  readonly id: string;
  readonly at: string;
}

/**
 * By name: `service` for an entity, `service.price` for its field, `party.person.points` for a field on another module's entity.
 * What the module no longer declares keeps its row, so that nothing else is ever given its column.
 */
export type StableIds = Readonly<Record<string, StableName>>;

/** The manifest with each id, table and column where it belongs. */
export function withStableIds(manifest: ManifestJson, ids: StableIds): ManifestJson {
  if (Object.keys(ids).length === 0) return manifest;
  const fields = (of: FieldsJson, owner: string): FieldsJson =>
    mapped(of, (name, node) => {
      const known = ids[`${owner}.${name}`];
      return known ? { ...node, id: known.id, column: known.at } : node;
    });
  const entities = mapped(manifest.entities, (name, entity): EntityJson => {
    const own = { ...entity, fields: fields(entity.fields, name) };
    const known = ids[name];
    return known ? { ...own, id: known.id, table: known.at } : own;
  });
  if (!manifest.extends) return { ...manifest, entities };
  const added = mapped(
    manifest.extends,
    (target, extension): ExtensionJson => ({ ...extension, fields: fields(extension.fields, target) }),
  );
  return { ...manifest, entities, extends: added };
}

const mapped = <T>(of: Readonly<Record<string, T>>, change: (name: string, value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(name, value)]));
