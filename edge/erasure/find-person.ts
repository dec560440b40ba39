/** Finds every record that is about one person: by id, by e-mail, and by what refers to those. */
import type { Database, SqlValue } from '../../schemas/ports/index.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Columns, emailColumns, piiFields } from './blank.ts';
import { normalEmail } from './suppression.ts';

export interface Sought {
  /** Id of the person's record. */
  readonly person?: string;
  readonly email?: string;
}

export interface Found {
  readonly entity: CompiledEntity;
  readonly row: Columns;
}

export interface Traces {
  readonly records: readonly Found[];
  readonly emails: ReadonlySet<string>;
  /** Records that refer to one of these and carry another address, which may be another person's: left for somebody to judge. */
  readonly unclear: readonly { readonly entity: string; readonly id: string }[];
}

/** How far a reference is followed: a booking of the person, a message about the booking, ... */
const DEPTH = 5;

interface Reference {
  readonly from: CompiledEntity;
  readonly column: string;
  readonly to: string;
}

export async function findPerson(db: Database, tenant: Pick<Tenant, 'modules'>, sought: Sought): Promise<Traces> {
  const entities = tenant.modules.flatMap(module => [...module.entities.values()]);
  const byTable = new Map(entities.map(entity => [entity.table, entity]));
  const carriers = entities.filter(entity => emailColumns(entity).length > 0);
  const emails = new Set(sought.email ? [normalEmail(sought.email)] : []);
  const records = new Map<string, Found>();
  const unclear = new Map<string, { entity: string; id: string }>();
  const keyOf = (entity: CompiledEntity, id: SqlValue) => `${entity.table}:${id}`;
  const add = (found: Found[]): Found[] => {
    const fresh = found.filter(({ entity, row }) => !records.has(keyOf(entity, row['id']!)));
    for (const item of fresh) records.set(keyOf(item.entity, item.row['id']!), item);
    return fresh;
  };
  const addressesOf = ({ entity, row }: Found): string[] =>
    emailColumns(entity).flatMap(column => (row[column] == null ? [] : [normalEmail(`${row[column]}`)]));

  const named = sought.person
    ? (await Promise.all(carriers.map(entity => select(db, entity, ['id'], [sought.person!])))).flat()
    : [];
  for (const item of named) for (const email of addressesOf(item)) emails.add(email);
  const reached = (
    await Promise.all(carriers.map(entity => select(db, entity, emailColumns(entity), [...emails])))
  ).flat();
  let frontier = add([...named, ...reached]);
  const namedKeys = new Set(named.map(({ entity, row }) => keyOf(entity, row['id']!)));

  const references = await referencesOf(db, entities);
  for (let depth = 0; depth < DEPTH && frontier.length > 0; depth++) {
    const next: Found[] = [];
    for (const { from, column, to } of references) {
      const parents = frontier.filter(({ entity }) => entity.table === to);
      if (parents.length === 0) continue;
      const ids = parents.map(({ row }) => row['id'] as string);
      for (const child of await select(db, from, [column], ids)) {
        const own = addressesOf(child);
        const certain = namedKeys.has(`${to}:${child.row[column]}`) || own.every(email => emails.has(email));
        if (certain && !belongsToAnother(child, references, records, byTable, `${column}`)) next.push(child);
        else unclear.set(keyOf(from, child.row['id']!), { entity: nameOf(from), id: `${child.row['id']}` });
      }
    }
    frontier = add(next);
  }
  for (const key of records.keys()) unclear.delete(key);
  return { records: [...records.values()], emails, unclear: [...unclear.values()] };
}

export const nameOf = ({ module, name }: CompiledEntity): string => `${module}.${name}`;

/** A message of somebody else in a conversation of this person refers to both. */
function belongsToAnother(
  { entity, row }: Found,
  references: readonly Reference[],
  records: ReadonlyMap<string, Found>,
  byTable: ReadonlyMap<string, CompiledEntity>,
  by: string,
): boolean {
  return references.some(({ from, column, to }) => {
    if (from !== entity || column === by || row[column] == null) return false;
    const target = byTable.get(to);
    return target !== undefined && emailColumns(target).length > 0 && !records.has(`${to}:${row[column]}`);
  });
}

async function referencesOf(db: Database, entities: readonly CompiledEntity[]): Promise<Reference[]> {
  const results = await db.read(
    entities.map(({ table }) => ({ sql: 'SELECT "from", "table" FROM pragma_foreign_key_list(?)', args: [table] })),
  );
  return results.flatMap(({ rows }, index) =>
    rows.map(([column, to]) => ({ from: entities[index]!, column: column as string, to: to as string })),
  );
}

/** The rows where one of the columns has one of the values, with id, personal columns and references. */
async function select(
  db: Database,
  entity: CompiledEntity,
  columns: readonly string[],
  values: readonly string[],
): Promise<Found[]> {
  if (values.length === 0 || columns.length === 0) return [];
  const read = new Set(['id', ...columns]);
  for (const { columns: own } of piiFields(entity)) for (const column of own) read.add(column.slice(1, -1));
  for (const { json, columns: own } of entity.fields) if (json.kind === 'ref') read.add(own[0]!.slice(1, -1));
  const names = [...read];
  const where = columns.map(column => `lower("${column}") IN (SELECT value FROM json_each(?1))`).join(' OR ');
  const [found] = await db.read([
    {
      sql: `SELECT ${names.map(name => `"${name}"`).join(', ')} FROM "${entity.table}" WHERE ${where}`,
      args: [JSON.stringify(values)],
    },
  ]);
  return found!.rows.map(row => ({
    entity,
    row: Object.fromEntries(names.map((name, index) => [name, row[index]!])),
  }));
}
