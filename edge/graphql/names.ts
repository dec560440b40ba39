/** Names that GraphQL adds to those of the manifests. */
import { camel, Names, pascal, plural } from '../openapi/naming.ts';
import type { EntitySurface, Relation } from '../openapi/surface.ts';

/** `booking.service` -> `Booking_Service`. */
export const typeName = ({ module, entity }: EntitySurface): string => `${pascal(module.name)}_${pascal(entity.name)}`;

/** A reference's id beside the record behind it: `serviceId`, `helpersIds`. */
export const idName = ({ kind, name }: Relation | { kind: 'one' | 'list'; name: string }): string =>
  `${name}${kind === 'list' ? 'Ids' : 'Id'}`;

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
    const many = pascal(plural(target.entity.name));
    const stem = target.module.name === surface.module.name ? camel(many) : camel(target.module.name) + many;
    const several = reverse.filter(other => other.target === target).length > 1;
    made.set(relation, names.take(several ? `${stem}By${pascal(field)}` : stem));
  }
  kept.set(surface, made);
  return made;
}
