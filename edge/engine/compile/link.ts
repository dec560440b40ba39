/** Modules that are installed together: fields that one adds to another's entity, and references to whatever publisher's tables. */
import { type AddedField, type CompiledEntity, type CompiledField, compileEntity } from './entity.ts';
import { addedFields } from './extension.ts';
import { type CompiledModule, fnv1a } from './module.ts';

/**
 * The modules as they are for a client that has them all. A module that the others do not touch is given back as it is. What an
 * extension adds to an entity that is not there is left out: the install refuses it. Throws `ManifestError` on columns that clash.
 */
export function linkModules(modules: readonly CompiledModule[]): readonly CompiledModule[] {
  const tables = new Map(
    modules.flatMap(module =>
      [...module.entities.values()].map(entity => [`${module.name}.${entity.name}`, entity.table] as const),
    ),
  );
  const added = new Map<string, AddedField[]>();
  for (const { manifest } of modules) {
    for (const [target, fields] of addedFields(manifest)) added.set(target, [...(added.get(target) ?? []), ...fields]);
  }
  return modules.map(module => linked(module, added, tables));
}

function linked(
  module: CompiledModule,
  added: ReadonlyMap<string, readonly AddedField[]>,
  tables: ReadonlyMap<string, string>,
): CompiledModule {
  const changes: unknown[] = [];
  const entities = [...module.entities].map(([name, alone]): [string, CompiledEntity] => {
    const more = added.get(`${module.name}.${name}`);
    const abroad = alone.fields.some(field => refersElsewhere(field, tables));
    if (!more && !abroad) return [name, alone];
    const entity = compileEntity(module.manifest, name, { tableOf: target => tables.get(target), added: more });
    changes.push([name, more, entity.fields.map(field => field.refs.map(({ table }) => table))]);
    return [name, entity];
  });
  if (changes.length === 0) return module;
  const fingerprint = `${module.fingerprint}+${fnv1a(JSON.stringify(changes))}`;
  return { ...module, entities: new Map(entities), fingerprint };
}

/** Whether a reference leads to another table than its module alone could tell. */
const refersElsewhere = ({ refs }: CompiledField, tables: ReadonlyMap<string, string>): boolean =>
  refs.some(({ to, table }) => (tables.get(to) ?? table) !== table);
