/** What earlier versions of a module had and the one in use no longer has: what a contract step may take away. */
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { ContractPlan } from '../../schemas/protocol/index.ts';
import { compareVersions } from '../../schemas/semver/index.ts';
import { compileModule } from '../engine/compile/module.ts';
import type { Shape } from '../engine/store/shape.ts';

export interface DroppedPart {
  /** `entity` or `entity.field`, as the last version that had it called it. */
  readonly name: string;
  readonly label: ContractPlan['parts'][number]['label'];
  readonly table: string;
  /** Empty for a whole table. */
  readonly columns: readonly string[];
  /** The last version that had it. */
  readonly last: string;
}

/** Parts of the versions before `current`, by what is stored: a renamed field is the same part. */
export function droppedParts(versions: readonly ManifestJson[], current: ManifestJson): DroppedPart[] {
  const older = versions
    .filter(({ version }) => compareVersions(version, current.version) < 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  const kept = storedParts(current);
  const parts = new Map<string, DroppedPart>();
  for (const manifest of older) {
    for (const entity of compileModule(manifest, undefined).entities.values()) {
      const { table, name } = entity;
      const label = entity.json.label;
      if (parts.has(table)) continue;
      const columns = kept.get(table);
      if (columns === undefined) {
        parts.set(table, { name, label: { entity: label, field: null }, table, columns: [], last: manifest.version });
        continue;
      }
      for (const field of entity.fields) {
        const own = field.columns.map(column => column.slice(1, -1));
        const gone = own.filter(column => !columns.has(column));
        const key = `${table}.${gone[0]}`;
        if (field.builtIn || gone.length === 0 || parts.has(key)) continue;
        parts.set(key, {
          name: `${name}.${field.name}`,
          label: { entity: label, field: field.json.label ?? null },
          table,
          columns: gone,
          last: manifest.version,
        });
      }
    }
  }
  return [...parts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Table -> columns. */
export function storedParts(manifest: ManifestJson): ReadonlyMap<string, ReadonlySet<string>> {
  const entities = [...compileModule(manifest, undefined).entities.values()];
  const columnsOf = (fields: (typeof entities)[number]['fields']) =>
    new Set(fields.flatMap(field => field.columns.map(column => column.slice(1, -1))));
  return new Map(entities.map(({ table, fields }) => [table, columnsOf(fields)]));
}

export const isPresent = ({ tables }: Shape, { table, columns }: DroppedPart): boolean =>
  tables.has(table) && (columns.length === 0 || columns.some(column => tables.get(table)!.columns.has(column)));

export const isNeededBy = (stored: ReturnType<typeof storedParts>, { table, columns }: DroppedPart): boolean =>
  stored.has(table) && (columns.length === 0 || columns.some(column => stored.get(table)!.has(column)));
