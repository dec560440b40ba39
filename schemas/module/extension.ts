/** Fields that one module adds to another's entity: what they are called, and how manifests look with them in. */
import type { FieldJson } from './field.ts';
import type { FieldsJson, ManifestJson } from './manifest.ts';

/** A module's name as the beginning of a member: `guest-book` -> `guestBook`. */
const stem = (module: string): string => module.replace(/-([a-z0-9])/g, (_all, next: string) => next.toUpperCase());

/** `points` of `loyalty` -> `loyalty_points`. Fields of an entity's own have no underscore, so the two never meet. */
export const extensionField = (module: string, field: string): string => `${stem(module)}_${field}`;

const nameOf = ({ id }: Pick<ManifestJson, 'id'>): string => id.slice(id.indexOf('.') + 1);

/** A field as it stands on another module's entity: references name their module. */
export function onForeignEntity(node: FieldJson, module: string): FieldJson {
  if (node.kind === 'ref') return node.to.includes('.') ? node : { ...node, to: `${module}.${node.to}` };
  if (node.kind === 'list') return { ...node, of: onForeignEntity(node.of, module) };
  if (node.kind !== 'object') return node;
  const members = Object.entries(node.fields).map(([name, member]) => [name, onForeignEntity(member, module)] as const);
  return { ...node, fields: Object.fromEntries(members) };
}

/**
 * Each manifest with the fields that the others add to its entities, as far as one of `roles` may read them; what none of them may
 * write is read-only. For screens that are drawn from manifests: the engine links compiled modules itself.
 */
export function extendedManifests(
  manifests: readonly ManifestJson[],
  roles: readonly string[],
): readonly ManifestJson[] {
  return manifests.map(manifest => {
    const name = nameOf(manifest);
    const entities = Object.entries(manifest.entities).map(([entity, json]) => {
      const added = manifests.flatMap(other => addedFields(other, `${name}.${entity}`, roles));
      return [entity, added.length > 0 ? { ...json, fields: { ...json.fields, ...Object.fromEntries(added) } } : json];
    });
    return { ...manifest, entities: Object.fromEntries(entities) as ManifestJson['entities'] };
  });
}

function addedFields(manifest: ManifestJson, target: string, roles: readonly string[]): [string, FieldsJson[string]][] {
  const extension = manifest.extends?.[target];
  if (!extension || !roles.some(role => extension.access[role]?.read)) return [];
  const writable = roles.some(role => extension.access[role]?.write);
  const module = nameOf(manifest);
  return Object.entries(extension.fields).map(([field, node]) => [
    extensionField(module, field),
    { ...onForeignEntity(node, module), ...(writable ? {} : { readOnly: true }) },
  ]);
}
