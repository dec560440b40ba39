/** References within lists and objects: a table beside the entity's keeps them as foreign keys, so that a delete finds them by an index. */
import { type CompiledEntity, quote } from './entity.ts';
import { bounded, snakeCase } from './naming.ts';
import type { Reference } from './references.ts';

export interface NestedReference extends Reference {
  /** Quoted column of the field that they are in. */
  readonly column: string;
  /** Unquoted; a row for each record and each record that it names at this place. */
  readonly side: string;
}

export interface Trigger {
  readonly name: string;
  /** Unquoted; the table that it watches. */
  readonly on: string;
  readonly sql: string;
}

export function nestedReferences(entity: CompiledEntity): readonly NestedReference[] {
  return entity.fields.flatMap(({ refs, column, columns }) =>
    refs.flatMap((reference): NestedReference[] => {
      if (reference.path.length === 0) return [];
      const members = reference.path.filter(step => step !== '*').map(snakeCase);
      const side = bounded([entity.table, column, ...members, 'refs'].join('.'));
      return [{ ...reference, column: columns[0]!, side }];
    }),
  );
}

/** Whether a table is one of these, whatever it is called. */
export const isSideTable = (name: string, columns: ReadonlySet<string>): boolean =>
  name.includes('.') && columns.size === 2 && columns.has('target') && columns.has('record');

/** The key leads with the target, which is what a delete asks for. Deferred, as a single reference is: records of one commit come in any order. */
export const sideTableSql = (entity: CompiledEntity, { side, table }: NestedReference): string[] => [
  `CREATE TABLE IF NOT EXISTS ${quote(side)} ("target" TEXT NOT NULL REFERENCES ${quote(table)} ("id") DEFERRABLE INITIALLY DEFERRED, "record" TEXT NOT NULL REFERENCES ${quote(entity.table)} ("id") ON DELETE CASCADE, PRIMARY KEY ("target", "record")) STRICT, WITHOUT ROWID`,
  `CREATE INDEX IF NOT EXISTS ${quote(bounded(`${side}.record`))} ON ${quote(side)} ("record")`,
];

const member = (name: string) => `."${name}"`;

/** `SELECT target[, also]` of the ids at the reference's place in `value`, an SQL expression of the field's column. */
function targetsIn(value: string, path: readonly string[], { also = '', of = '' } = {}): string {
  // Another version may have kept another kind of text in this column.
  const document = `CASE WHEN json_valid(${value}) THEN ${value} END`;
  const tables = of ? [of] : [];
  let at = `'$'`;
  for (const [i, step] of path.entries()) {
    if (step === '*') {
      tables.push(`json_each(${document}, ${at}) e${i}`);
      at = `e${i}.fullkey`;
    } else at = `${at} || '${member(step)}'`;
  }
  const from = tables.length > 0 ? ` FROM ${tables.join(', ')}` : '';
  const target = `json_extract(${document}, ${at})`;
  return `SELECT ${target} AS "target"${also && `, ${also}`}${from} WHERE json_type(${document}, ${at}) = 'text'`;
}

/** `value` without what names the record `OLD`: the nearest thing around the reference that may be absent goes. */
function without(value: string, [step, ...rest]: readonly string[], inside: readonly string[], depth = 0): string {
  if (step === undefined) return 'NULL';
  const named = (expression: string, steps: readonly string[]) =>
    steps.length === 0 ? expression : `json_extract(${expression}, '$${steps.map(member).join('')}')`;
  if (step === '*') {
    const element = `e${depth}`;
    const [each, found] = [`${element}.value`, `json_each(${value}) ${element}`];
    if (rest.length > 0)
      return `(SELECT json_group_array(json(${without(each, rest, inside, depth + 1)})) FROM ${found})`;
    const kept = `CASE WHEN ${element}.type = 'object' THEN json(${each}) ELSE ${each} END`;
    return `(SELECT json_group_array(${kept}) FROM ${found} WHERE ${named(each, inside)} IS NOT OLD."id")`;
  }
  const at = `'$${member(step)}'`;
  if (rest.length === 0) {
    const isIt = `${named(value, [step, ...inside])} = OLD."id"`;
    return `CASE WHEN ${isIt} THEN json_set(${value}, ${at}, NULL) ELSE ${value} END`;
  }
  const inner = without(`json_extract(${value}, ${at})`, rest, inside, depth);
  return `CASE WHEN json_type(${value}, ${at}) IN ('object', 'array') THEN json_set(${value}, ${at}, json(${inner})) ELSE ${value} END`;
}

const insertInto = (side: string) => `INSERT OR IGNORE INTO ${quote(side)} ("target", "record")`;

/** Keep the side table true to the records, whoever writes them. What was named before it had a foreign key is not asked for again. */
export function keepingTriggers(entity: CompiledEntity, { side, column, path }: NestedReference): Trigger[] {
  const [old, fresh] = [`OLD.${column}`, `NEW.${column}`];
  const insert = `${insertInto(side)} ${targetsIn(fresh, path, { also: 'NEW."id"' })}`;
  const gone = `DELETE FROM ${quote(side)} WHERE "record" = NEW."id" AND "target" NOT IN (${targetsIn(fresh, path)})`;
  const added = `${insertInto(side)} SELECT * FROM (${targetsIn(fresh, path, { also: 'NEW."id"' })}) WHERE "target" NOT IN (${targetsIn(old, path)})`;
  return [
    triggerOn(entity.table, bounded(`${side}.insert`), 'INSERT', `${fresh} IS NOT NULL`, `${insert};`),
    triggerOn(
      entity.table,
      bounded(`${side}.update`),
      `UPDATE OF ${column}`,
      `${fresh} IS NOT ${old}`,
      `${gone}; ${added};`,
    ),
  ];
}

/** What a delete of the other record does here; nothing for `restrict`, which the foreign key sees to. */
function deletingTriggers(entity: CompiledEntity, reference: NestedReference): Trigger[] {
  const { side, column, path, cut, onDelete, table } = reference;
  if (onDelete === 'restrict') return [];
  const own = quote(entity.table);
  const pointing = `SELECT "record" FROM ${quote(side)} WHERE "target" = OLD."id"`;
  // Triggers do not fire themselves again, so records of one entity that go with each other go at once.
  const gone =
    table === entity.table
      ? `WITH RECURSIVE gone("id") AS (${pointing} UNION SELECT s."record" FROM ${quote(side)} s JOIN gone ON s."target" = gone."id") SELECT "id" FROM gone`
      : pointing;
  const emptied = without(column, path.slice(0, cut), path.slice(cut));
  const body =
    onDelete === 'cascade'
      ? `DELETE FROM ${own} WHERE "id" IN (${gone});`
      : `UPDATE ${own} SET ${column} = ${emptied}, "rev" = "rev" + 1 WHERE "id" IN (${pointing});`;
  return [triggerOn(table, bounded(`${side}.delete`), 'DELETE', '1', body)];
}

function triggerOn(table: string, name: string, when: string, only: string, body: string): Trigger {
  const sql = `CREATE TRIGGER ${quote(name)} AFTER ${when} ON ${quote(table)} WHEN ${only} BEGIN ${body} END`;
  return { name, on: table, sql };
}

export const nestedTriggers = (entity: CompiledEntity): Trigger[] =>
  nestedReferences(entity).flatMap(reference => [
    ...keepingTriggers(entity, reference),
    ...deletingTriggers(entity, reference),
  ]);

/** Fills a side table anew from the records that are there; an element whose record went before has no row. */
export function sideTableSeeds(entity: CompiledEntity, { side, column, path, table }: NestedReference): string[] {
  const named = targetsIn(`r.${column}`, path, { also: 'r."id" AS "record"', of: `${quote(entity.table)} r` });
  return [
    `DELETE FROM ${quote(side)}`,
    `${insertInto(side)} SELECT f.* FROM (${named}) f WHERE EXISTS (SELECT 1 FROM ${quote(table)} t WHERE t."id" = f."target")`,
  ];
}
