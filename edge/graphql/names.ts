/** Names that GraphQL adds to those of the manifests: no two things of two manifests ever have one. What cannot be told apart is a clash (`clashes.ts`). */
import { fnv1a } from '../engine/compile/module.ts';
import { camel, Names, pascal, plural } from '../openapi/naming.ts';
import type { EntitySurface, Relation } from '../openapi/surface.ts';

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `guest-book` -> `GuestBook`; a part that begins with a digit keeps a dash of its own, so that `a-1` is not `a1`. */
const moduleWord = (module: string): string =>
  module
    .split('-')
    .map((part, i) => (i > 0 && /^\d/.test(part) ? `_${part}` : upperFirst(part)))
    .join('');

/** `booking.service` -> `Booking_Service`. What follows one underscore and a capital is ours. */
export const entityTypeName = (module: string, entity: string): string => `${moduleWord(module)}_${upperFirst(entity)}`;
export const typeName = ({ module, entity }: EntitySurface): string => entityTypeName(module.name, entity.name);

/** `Booking_hold`: an action begins with a small letter, an entity with a capital. */
export const actionTypeName = (module: string, action: string): string => `${moduleWord(module)}_${action}`;

/** `Booking_Booking__status`: members follow two underscores, which no name of a field has. */
export const memberTypeName = (stem: string, field: string): string => `${stem}__${field}`;

/** A reference's id beside the record behind it: `serviceId`, `helpersIds`. */
export const idName = ({ kind, name }: Relation | { kind: 'one' | 'list'; name: string }): string =>
  `${name}${kind === 'list' ? 'Ids' : 'Id'}`;

/** `bookingService`, `bookingServices`, `bookingServicesAggregate`. */
export function queryNames(module: string, entity: string) {
  const many = camel(module) + pascal(plural(entity));
  return { one: camel(module) + pascal(entity), many, aggregate: `${many}Aggregate` };
}

const verbs = ['create', 'update', 'delete', 'restore'] as const;

/** `createBookingService`, `bulkBookingServices`; a step that is called as a verb of ours keeps an underscore behind it. */
export function mutationNames(module: string, entity: string) {
  const stem = pascal(module) + pascal(entity);
  const isVerb = (name: string) => name === 'bulk' || (verbs as readonly string[]).includes(name);
  return {
    create: `create${stem}`,
    update: `update${stem}`,
    delete: `delete${stem}`,
    restore: `restore${stem}`,
    bulk: `bulk${pascal(module)}${pascal(plural(entity))}`,
    step: (name: string) => `${name}${isVerb(name) ? '_' : ''}${stem}`,
  };
}

export const actionName = (module: string, action: string): string => camel(module) + pascal(action);

/** Of one that reads, beside the queries of its module's entities: one that is called as they are keeps an underscore behind it. */
export function readName(module: string, action: string, entities: Iterable<string>): string {
  const name = actionName(module, action);
  const taken = [...entities].some(entity => Object.values(queryNames(module, entity)).includes(name));
  return taken ? `${name}_` : name;
}

/** What GraphQL can write: letters, digits and underscores, no digit first, no two underscores first. */
function enumWord(value: string): string {
  const name = value.replace(/\W/g, '_').replace(/^_+/, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/**
 * A name for each value, the same whatever the order. One that is a name already keeps it; others are written so that GraphQL can,
 * with a hash where two would be alike.
 */
export function enumNames(
  values: Iterable<string>,
  word: (value: string) => string = enumWord,
): ReadonlyMap<string, string> {
  const all = [...new Set(values)];
  const isFree = (value: string) => word(value) === value && !['true', 'false', 'null'].includes(value);
  const plain = new Set(all.filter(isFree));
  const others = all.filter(value => !plain.has(value));
  const names = new Names([...plain, 'true', 'false', 'null']);
  const isAlone = (name: string) => others.filter(value => word(value) === name).length === 1;
  const made = new Map<string, string>();
  for (const value of others.toSorted()) {
    const name = word(value);
    const free = isAlone(name) && !plain.has(name) && !['true', 'false', 'null'].includes(name);
    made.set(value, names.take(free ? name : `${name.replace(/_+$/, '')}_${fnv1a(value)}`));
  }
  return new Map(all.map(value => [value, made.get(value) ?? value]));
}

/** What records of `from` are called that point to one of `to`, by which field where several do. */
export function reverseName(
  from: { readonly module: string; readonly entity: string },
  to: { readonly module: string },
  by?: string,
): string {
  const many = pascal(plural(from.entity));
  const stem = from.module === to.module ? camel(many) : camel(from.module) + many;
  return by === undefined ? stem : `${stem}By${upperFirst(by)}`;
}

const kept = new WeakMap<EntitySurface, ReadonlyMap<Relation, string>>();

/** A name for the records that point here: `loans`, `bookingBookings`, `loansByBook` where an entity points here twice. */
export function reverseNames(surface: EntitySurface): ReadonlyMap<Relation, string> {
  const known = kept.get(surface);
  if (known) return known;
  const own = Object.entries({ ...surface.builtIns, ...surface.shown });
  const ids = own.map(([name, node]) => idName({ kind: node.kind === 'list' ? 'list' : 'one', name }));
  const names = new Names(['recordId', 'and', 'or', 'not', ...own.map(([name]) => name), ...ids]);
  const reverse = surface.relations.filter(({ kind }) => kind === 'reverse');
  const made = new Map<Relation, string>();
  for (const relation of reverse) {
    const { target, field } = relation;
    const from = { module: target.module.name, entity: target.entity.name };
    const several = reverse.filter(other => other.target === target).length > 1;
    made.set(relation, names.take(reverseName(from, { module: surface.module.name }, several ? field : undefined)));
  }
  kept.set(surface, made);
  return made;
}
