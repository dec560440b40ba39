/** What is wrong, or worth agreement, about a version of a manifest beside the one that was published before it. */
import type { BackfillDef, EntityJson, FieldJson, ManifestJson } from '../../schemas/module/index.ts';
import { codecOf } from '../engine/compile/codec.ts';
import { columnName } from '../engine/compile/naming.ts';
import { compareManifests } from './compatibility.ts';

export type FindingCode =
  | 'renamed_without_id'
  | 'contract_without_expand'
  | 'unindexed_public_filter'
  | 'contract_in_use'
  | 'grown_scope';

/** An error stops a publish. `grown_scope` is for whoever installs to agree to. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly code: FindingCode;
  /** Into the later manifest (RFC 6901). */
  readonly pointer: string;
  readonly message: string;
}

/** `before` is undefined for a first version. */
export function lintManifest(before: ManifestJson | undefined, after: ManifestJson): Finding[] {
  const found = Object.entries(after.entities).flatMap(([name, entity]) => publicFilters(name, entity));
  if (!before) return found;
  for (const [name, entity] of Object.entries(after.entities)) {
    const known = earlierEntity(before, name, entity);
    if (known) found.push(...fieldChanges(after, name, known, entity));
  }
  return [...found, ...contractsInUse(before, after), ...grownScopes(before, after)];
}

/** The same entity in the version before: by id, else by name. */
function earlierEntity(before: ManifestJson, name: string, { id }: EntityJson): EntityJson | undefined {
  const byId = id ? Object.values(before.entities).find(entity => entity.id === id) : undefined;
  return byId ?? before.entities[name];
}

type Named = readonly [name: string, node: FieldJson];

const columnOf = ([name, node]: Named): string => node.column ?? columnName(name);
/** What two columns must share for one to be taken for the other. */
const storedAs = (node: FieldJson): string =>
  `${node.kind}${node.encrypted ? ' encrypted' : ''}${node.translated ? ' translated' : ''} ${codecOf(node).columns.length}`;

function fieldChanges(after: ManifestJson, name: string, old: EntityJson, fresh: EntityJson): Finding[] {
  const own = (after.migrations ?? []).filter(({ to }) => to === after.version);
  const backfills = own.flatMap(({ backfill = [] }) => backfill).filter(({ entity }) => entity === name);
  const dropped = new Set(
    own.flatMap(({ contract = [] }) => contract).map(part => `${part.entity}.${part.field ?? ''}`),
  );
  const [was, is] = [Object.entries(old.fields), Object.entries(fresh.fields)];
  const has = (fields: readonly Named[], field: Named) => fields.some(other => columnOf(other) === columnOf(field));
  const gone = was.filter(field => !has(is, field));
  const added = is.filter(field => !has(was, field));
  return [
    ...added.flatMap(field => {
      const source = gone.find(([, node]) => storedAs(node) === storedAs(field[1]));
      return source && !isCopied(backfills, field[0], source[0]) ? [lost(name, field[0], source[0], dropped)] : [];
    }),
    ...is.flatMap(field =>
      narrowed(name, field, was.find(other => columnOf(other) === columnOf(field))?.[1], backfills),
    ),
  ];
}

const isCopied = (backfills: readonly BackfillDef[], field: string, source: string): boolean =>
  backfills.some(({ set }) => {
    const from = set[field];
    if (!from) return false;
    return 'copy' in from
      ? from.copy === source
      : 'concat' in from
        ? JSON.stringify(from).includes(`"${source}"`)
        : true;
  });

/** One field went and one of its kind came: a rename that forgot the id, or a replacement that forgot the rows. */
function lost(entity: string, field: string, source: string, dropped: ReadonlySet<string>): Finding {
  const pointer = `/entities/${entity}/fields/${field}`;
  if (dropped.has(`${entity}.${source}`)) {
    const message = `${entity}.${source} is dropped, and nothing has copied it into ${field}: add a backfill in a version before.`;
    return { level: 'error', code: 'contract_without_expand', pointer, message };
  }
  const message = `${field} has a column of its own, and ${source} is gone: give ${field} the id of ${source}, or a backfill that says where its values come from.`;
  return { level: 'error', code: 'renamed_without_id', pointer, message };
}

/** Rows that the version before allowed and this one does not. */
function narrowed(
  entity: string,
  [name, node]: Named,
  old: FieldJson | undefined,
  backfills: readonly BackfillDef[],
): Finding[] {
  const pointer = `/entities/${entity}/fields/${name}`;
  const filled = node.default !== undefined || node.computed !== undefined || backfills.some(({ set }) => name in set);
  const needed = node.required && !old?.required && !filled;
  const values = node.kind === 'enum' && old?.kind === 'enum' ? old.values.filter(v => !node.values.includes(v)) : [];
  const finding = (message: string): Finding => ({ level: 'error', code: 'contract_without_expand', pointer, message });
  return [
    ...(needed
      ? [finding(`${name} is needed now, and rows without it get nothing: add a default or a backfill.`)]
      : []),
    ...(values.length > 0 ? [finding(`${name} no longer takes ${values.join(', ')}, which rows may hold.`)] : []),
  ];
}

const visitors = ['public', 'customer'];

/** A visitor's list runs the grant's filter each time it is asked for. */
function publicFilters(name: string, entity: EntityJson): Finding[] {
  const leading = new Set([
    'id',
    ...Object.entries(entity.fields).flatMap(([field, node]) =>
      node.index || node.unique || node.kind === 'ref' || node.kind === 'sequence' ? [field] : [],
    ),
    ...(entity.constraints ?? []).flatMap(({ unique, noOverlap, capacity }) =>
      [unique?.[0], noOverlap?.scope[0], capacity?.scope[0]].filter(field => field !== undefined),
    ),
  ]);
  return visitors.flatMap((role): Finding[] => {
    const grant = entity.access[role]?.read;
    const where = grant && grant !== true ? grant.where : undefined;
    const used = fieldsOf(where);
    if (used.length === 0 || used.some(field => leading.has(field))) return [];
    const pointer = `/entities/${name}/access/${role}/read/where`;
    const message = `Visitors' lists of ${name} are filtered by ${used.join(', ')}: index one of them.`;
    return [{ level: 'error', code: 'unindexed_public_filter', pointer, message }];
  });
}

function fieldsOf(filter: unknown): string[] {
  if (typeof filter !== 'object' || filter === null) return [];
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === 'and' || key === 'or') return (value as unknown[]).flatMap(fieldsOf);
    return key === 'not' ? fieldsOf(value) : [key];
  });
}

/** What the version before still reads can only be dropped once nobody may go back to it. */
function contractsInUse(before: ManifestJson, after: ManifestJson): Finding[] {
  const migrations = after.migrations ?? [];
  return migrations.flatMap(({ to, contract = [] }, i) =>
    (to === after.version ? contract : []).flatMap(({ entity, field }, j): Finding[] => {
      const known = before.entities[entity];
      if (!known || (field !== undefined && !(field in known.fields))) return [];
      const what = field === undefined ? entity : `${entity}.${field}`;
      const message = `${before.version} still uses ${what}: it is dropped when no client can go back to it.`;
      return [{ level: 'warning', code: 'contract_in_use', pointer: `/migrations/${i}/contract/${j}`, message }];
    }),
  );
}

function grownScopes(before: ManifestJson, after: ManifestJson): Finding[] {
  const { scopes, permissions } = compareManifests('', before, after);
  return [...scopes, ...permissions].map(scope => ({
    level: 'warning',
    code: 'grown_scope',
    pointer: '',
    message: `New in ${after.version}: ${scope}.`,
  }));
}
