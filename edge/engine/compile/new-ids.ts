/** Gives ids to what has none, and a table or column that nothing of the module has or ever had. */
import type { FieldJson, ManifestJson, StableIds, StableName } from '../../../schemas/module/index.ts';
import { codecOf } from './codec.ts';
import { columnName, extensionColumn, tableName } from './naming.ts';

/** Suffixes that the columns of some kind have. */
const suffixes = ['', '_amount', '_currency', '_lat', '_lng', '_day'];

/** Known rows stay as they are. `random` makes the part of an id behind its prefix. */
export function newIds(manifest: ManifestJson, known: StableIds, random: () => string): StableIds {
  const ids: Record<string, StableName> = { ...known };
  for (const [name, { fields }] of Object.entries(manifest.entities)) {
    ids[name] ??= { id: `e_${random()}`, at: freeTable(ids, tableName(manifest.id, name)) };
    addFields(ids, name, fields, columnName, random);
  }
  for (const [target, { fields }] of Object.entries(manifest.extends ?? {})) {
    addFields(ids, target, fields, field => extensionColumn(manifest.id, field), random);
  }
  return ids;
}

function addFields(
  ids: Record<string, StableName>,
  owner: string,
  fields: Readonly<Record<string, FieldJson>>,
  columnOf: (field: string) => string,
  random: () => string,
): void {
  for (const [field, json] of Object.entries(fields)) {
    ids[`${owner}.${field}`] ??= { id: `f_${random()}`, at: freeColumn(ids, owner, columnOf(field), json) };
  }
}

const numbered = (wanted: string, isFree: (name: string) => boolean): string => {
  for (let next = 1; ; next++) {
    const name = next === 1 ? wanted : `${wanted.replace(/_$/, '')}_${next}`;
    if (isFree(name)) return name;
  }
};

function freeTable(ids: StableIds, wanted: string): string {
  const taken = new Set(Object.values(ids).map(({ at }) => at));
  return numbered(wanted, name => !taken.has(name));
}

/** A row of the past does not say its kind, so it counts with every suffix. */
function freeColumn(ids: StableIds, owner: string, wanted: string, json: FieldJson): string {
  const others = Object.entries(ids).filter(([name]) => name.slice(0, name.lastIndexOf('.')) === owner);
  const taken = new Set(others.flatMap(([, { at }]) => suffixes.map(suffix => at + suffix)));
  return numbered(wanted, name => codecOf(json).columns.every(({ suffix }) => !taken.has(name + suffix)));
}

/** Moves a row, and those of an entity's fields with it, to another name. Throws on a name that has none, or has one already. */
export function renamedIds(ids: StableIds, from: string, to: string): StableIds {
  if (!ids[from]) throw new Error(`"${from}" has no id.`);
  if (ids[to]) throw new Error(`"${to}" has an id of its own.`);
  return Object.fromEntries(
    Object.entries(ids).map(([name, row]) => {
      const moves = name === from || (!from.includes('.') && name.startsWith(`${from}.`));
      return [moves ? to + name.slice(from.length) : name, row];
    }),
  );
}
