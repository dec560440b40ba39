/** Finds every record that is about one person: by id, by e-mail, and by what refers to those. */
import type { Database, SqlValue } from '../../schemas/ports/index.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import { type NestedReference, nestedReferences } from '../engine/compile/nested-references.ts';
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

/** `entities` are all that the store keeps records of. */
export async function findPerson(db: Database, entities: readonly CompiledEntity[], sought: Sought): Promise<Traces> {
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
  const lists = await listsOf(db, entities);
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
    for (const { from, reference } of lists) {
      const idsIn = (found: Iterable<Found>) =>
        [...found].flatMap(({ entity, row }) => (entity.table === reference.table ? [row['id'] as string] : []));
      const parents = idsIn(frontier);
      if (parents.length === 0) continue;
      const naming = await whoNames(db, reference, parents, idsIn(records.values()));
      for (const child of await select(db, from, ['id'], [...naming.keys()])) {
        const own = addressesOf(child);
        // A list of several people is nobody's own.
        const certain = !naming.get(child.row['id'] as string) && own.every(email => emails.has(email));
        if (certain && !belongsToAnother(child, references, records, byTable, '')) next.push(child);
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

interface List {
  readonly from: CompiledEntity;
  readonly reference: NestedReference;
}

/** References within lists and objects whose tables are in the store. */
async function listsOf(db: Database, entities: readonly CompiledEntity[]): Promise<List[]> {
  const [found] = await db.read([{ sql: `SELECT name FROM sqlite_schema WHERE type = 'table'` }]);
  const there = new Set(found!.rows.map(([name]) => name));
  const all = entities.flatMap(from => nestedReferences(from).map(reference => ({ from, reference })));
  return all.filter(({ reference }) => there.has(reference.side));
}

/** The records that name one of `parents`, and whether they name anybody else than `known` too. */
async function whoNames(
  db: Database,
  { side }: NestedReference,
  parents: readonly string[],
  known: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const naming = `SELECT "record" FROM "${side}" WHERE "target" IN (SELECT value FROM json_each(?2))`;
  const others = `max("target" NOT IN (SELECT value FROM json_each(?1)))`;
  const sql = `SELECT "record", ${others} FROM "${side}" WHERE "record" IN (${naming}) GROUP BY "record"`;
  const [found] = await db.read([{ sql, args: [JSON.stringify(known), JSON.stringify(parents)] }]);
  return new Map(found!.rows.map(([record, other]) => [record as string, other === 1]));
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
