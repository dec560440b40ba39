/** Everything a store keeps of records, also what the versions in use know nothing of any more. */
import { eq } from 'drizzle-orm';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { removedModule } from '../control/schema.ts';
import { type CompiledEntity, type CompiledField, compileEntity } from '../engine/compile/entity.ts';
import { addedFields } from '../engine/compile/extension.ts';
import { compileModule } from '../engine/compile/module.ts';
import type { Shape } from '../engine/store/shape.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { loadCatalogue } from '../versions/catalogue.ts';

/**
 * The entities in use, with columns that only earlier or later versions declare, and those of modules that were removed and wait
 * for their tables to go. Columns that are not in the store are left out.
 */
export async function storedEntities(
  db: ControlDatabase,
  { client, modules }: Pick<Tenant, 'client' | 'modules'>,
  shape: Shape,
): Promise<readonly CompiledEntity[]> {
  const removed = await db
    .select({ module: removedModule.module })
    .from(removedModule)
    .where(eq(removedModule.clientId, client.id));
  const names = [...modules.map(({ name }) => name), ...removed.map(({ module }) => module)];
  const catalogue = await loadCatalogue(db, names);
  const versions = names.flatMap(name => (catalogue.get(name) ?? []).map(({ manifest }) => manifest));
  const inUse = modules.flatMap(({ entities }) => [...entities.values()]);
  return withOlder(inUse, versions, shape);
}

function withOlder(
  inUse: readonly CompiledEntity[],
  versions: readonly ManifestJson[],
  shape: Shape,
): readonly CompiledEntity[] {
  const known = new Map(inUse.map(entity => [entity.table, entity]));
  const add = (entity: CompiledEntity, fields: readonly CompiledField[]) => {
    const columns = shape.tables.get(entity.table)?.columns;
    if (!columns) return;
    const base = known.get(entity.table) ?? { ...entity, fields: [] };
    const taken = new Set(base.fields.flatMap(field => field.columns));
    const more = fields.filter(
      field => field.columns.every(column => columns.has(column.slice(1, -1))) && !taken.has(field.columns[0]!),
    );
    known.set(entity.table, { ...base, fields: [...base.fields, ...more] });
  };
  const owners = new Map<string, readonly [ManifestJson, string]>();
  for (const manifest of versions) {
    for (const [name, entity] of compileModule(manifest, undefined).entities) {
      add(entity, entity.fields);
      const full = `${entity.module}.${name}`;
      if (!owners.has(full)) owners.set(full, [manifest, name]);
    }
  }
  for (const manifest of versions) {
    for (const [target, added] of addedFields(manifest)) {
      const owner = owners.get(target);
      if (!owner) continue;
      const entity = compileEntity(...owner, { added });
      add(entity, entity.added);
    }
  }
  return [...known.values()];
}
