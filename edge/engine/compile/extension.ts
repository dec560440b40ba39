/** The fields that a module adds to other modules' entities, made ready to be compiled there. */
import { extensionField, type ManifestJson, moduleName, onForeignEntity } from '../../../schemas/module/index.ts';
import { codecOf } from './codec.ts';
import type { AddedField } from './entity.ts';
import { extensionColumn, extensionPrefix } from './naming.ts';

/** By the entity they are added to, as `module.entity`. */
export function addedFields(manifest: ManifestJson): ReadonlyMap<string, readonly AddedField[]> {
  const module = moduleName(manifest);
  return new Map(
    Object.entries(manifest.extends ?? {}).map(([target, { fields, access }]) => [
      target,
      Object.entries(fields).map(([field, json]) => ({
        name: extensionField(module, field),
        json: onForeignEntity(json, module),
        column: json.column ?? extensionColumn(manifest.id, field),
        extension: { module, field, access },
      })),
    ]),
  );
}

/** The columns that an added field needs, without quotes. */
export const addedColumns = ({ json, column }: AddedField): string[] =>
  codecOf(json).columns.map(({ suffix }) => column + suffix);

/** Why a module's extensions could not stand beside another's fields, whatever those are; empty where they can. */
export function extensionProblems(manifest: ManifestJson): string[] {
  const prefix = extensionPrefix(manifest.id);
  return [...addedFields(manifest)].flatMap(([target, fields]) => {
    const owners = new Map<string, string>();
    return fields.flatMap(field => {
      const { extension, column } = field;
      const at = `extends.${target}.fields`;
      const foreign = column.startsWith(prefix)
        ? []
        : [`${at}: the column "${column}" does not begin with "${prefix}"`];
      const shared = addedColumns(field).flatMap(name => {
        const other = owners.get(name);
        owners.set(name, extension.field);
        return other === undefined ? [] : [`${at}: "${extension.field}" and "${other}" would share "${name}"`];
      });
      return [...foreign, ...shared];
    });
  });
}
