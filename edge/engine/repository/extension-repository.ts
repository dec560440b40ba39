/** What a module's code sees of records that more than one module has fields on: its own fields, under its own names. */
import type { ExtensionRepository, Fields, Repository } from '../../../schemas/module/index.ts';
import type { CompiledField, RecordValues } from '../compile/entity.ts';
import type { EntityRepository, RecordQuery } from './repository.ts';

type Values = Readonly<Record<string, unknown>>;
type AnyRepository = Repository<Fields, string>;
const builtIns = ['id', 'createdAt', 'updatedAt', 'rev'] as const;

/** The owner's view: as if nobody had added anything, so that its code runs the same whatever else is installed. */
export function ownView(repository: EntityRepository): AnyRepository {
  const { added } = repository.entity;
  if (added.length === 0) return repository as unknown as AnyRepository;
  const strip = <R extends RecordValues | undefined>(record: R): R => {
    if (!record) return record;
    const own = { ...record };
    for (const { name } of added) delete own[name];
    return own;
  };
  const refuse = (values: Values = {}) => {
    const foreign = added.find(({ name }) => name in values);
    if (foreign) throw new TypeError(`${repository.entity.table} has no field "${foreign.name}"`);
    return values;
  };
  const view = {
    get: async (id: string) => strip(await repository.get(id)),
    first: async (where: Values) => strip(await repository.first(where)),
    list: async (query?: RecordQuery) => (await repository.list(query)).map(strip),
    create: (draft: Values) => strip(repository.create(refuse(draft))),
    update: (id: string, patch: Values, expected?: object) => void repository.update(id, refuse(patch), expected),
    transition: (id: string, name: string, patch?: Values, expected?: object) =>
      void repository.transition(id, name, refuse(patch), expected),
    add: (id: string, amounts: Values) => repository.add(id, refuse(amounts)),
    updateWhere: (where: Values, patch: Values) => repository.updateWhere(where, refuse(patch)),
    delete: (id: string) => repository.delete(id),
    expectFewer: (where: Values, limit: number, code: string) => repository.expectFewer(where, limit, code),
    expectNone: (where: Values, code: string) => repository.expectNone(where, code),
  };
  return view as unknown as AnyRepository;
}

/** The view of a module that has added fields to another's entity. A name that is not its own is a TypeError. */
export function extensionView(repository: EntityRepository, module: string): ExtensionRepository<Fields> {
  const fields = repository.entity.added.filter(({ extension }) => extension!.module === module);
  const byName = new Map(fields.map(field => [field.extension!.field, field]));
  const member = (name: string): CompiledField => {
    const field = byName.get(name);
    if (!field) throw new TypeError(`${module} has no field "${name}" on ${repository.entity.table}`);
    return field;
  };
  const rename = (node: Values): Values =>
    Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (key === 'and' || key === 'or') return [key, (value as Values[]).map(rename)];
        if (key === 'not') return [key, rename(value as Values)];
        return [(builtIns as readonly string[]).includes(key) ? key : member(key).name, value];
      }),
    );
  const own = (record: RecordValues): Values => ({
    ...Object.fromEntries(builtIns.map(name => [name, record[name]])),
    ...Object.fromEntries(fields.map(({ name, extension }) => [extension!.field, record[name]])),
  });
  const list = async ({ where = {}, limit }: { where?: Values; limit?: number } = {}) =>
    (await repository.list({ where: rename(where), limit })).map(own);
  const view = {
    get: async (id: string) => (await list({ where: { id: { eq: id } }, limit: 1 }))[0],
    first: async (where: Values) => (await list({ where, limit: 1 }))[0],
    list,
    update: (id: string, patch: Values, expected?: object) => {
      const entries = Object.entries(patch).map(([name, value]) => [member(name).name, value]);
      repository.update(id, Object.fromEntries(entries), expected);
    },
  };
  return view as unknown as ExtensionRepository<Fields>;
}
