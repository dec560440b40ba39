/** The statements that lead a table to what an entity declares. Nothing is ever taken from rows; constraints follow the version in use. */
import {
  addColumnSql,
  checkTriggers,
  coveredIndexes,
  createIndexSql,
  createTableSql,
  createTriggerSql,
} from '../compile/ddl.ts';
import { type CompiledEntity, quote } from '../compile/entity.ts';
import {
  isSideTable,
  keepingTriggers,
  nestedReferences,
  sideTableSeeds,
  sideTableSql,
} from '../compile/nested-references.ts';
import { timerSeeds, timerTriggers } from '../compile/timers.ts';
import { indexName, type Shape, storedForm } from './shape.ts';

/** Of entities that go together: tables of all come before the triggers of any, which may watch one another's. */
export function expandSteps(entities: readonly CompiledEntity[], shape: Shape): string[] {
  const declared = new Set(entities.map(({ table }) => table));
  const isThere = (table: string) => declared.has(table) || shape.tables.has(table);
  return [
    ...entities.flatMap(entity => tableSteps(entity, shape)),
    ...entities.flatMap(entity => triggerSteps(entity, shape, isThere)),
    ...entities.flatMap(entity => seedSteps(entity, shape)),
  ];
}

function tableSteps(entity: CompiledEntity, shape: Shape): string[] {
  const table = shape.tables.get(entity.table);
  return [
    ...(table
      ? entity.fields.flatMap(field => {
          const known = field.columns.every(column => table.columns.has(column.slice(1, -1)));
          return known ? [] : addColumnSql(entity, field);
        })
      : [createTableSql(entity)]),
    ...indexSteps(entity, shape),
    ...sideTableSteps(entity, shape),
  ];
}

/** A side table refuses deletes, so it goes with the version in use, as what refuses rows does. */
function sideTableSteps(entity: CompiledEntity, { tables }: Shape): string[] {
  const wanted = nestedReferences(entity);
  const stale = [...tables].filter(
    ([name, { columns }]) =>
      name.startsWith(`${entity.table}.`) && isSideTable(name, columns) && !wanted.some(({ side }) => side === name),
  );
  return [
    ...stale.map(([name]) => `DROP TABLE ${quote(name)}`),
    ...wanted.filter(({ side }) => !tables.has(side)).flatMap(reference => sideTableSql(entity, reference)),
  ];
}

/** Records from before a timed transition wait for theirs too, and what records named before it was kept beside them is. */
function seedSteps(entity: CompiledEntity, { tables, triggers }: Shape): string[] {
  if (!tables.has(entity.table)) return [];
  const isNew = (wanted: readonly { name: string; sql: string }[]) =>
    wanted.some(({ name, sql }) => triggers.get(name)?.sql !== storedForm(sql));
  return [
    ...(isNew(timerTriggers(entity)) ? timerSeeds(entity) : []),
    ...nestedReferences(entity).flatMap(reference =>
      isNew(keepingTriggers(entity, reference)) ? sideTableSeeds(entity, reference) : [],
    ),
  ];
}

/** One that another makes superfluous goes. An index of a version that is not in use costs little; a unique one would refuse rows that the version in use allows. */
function indexSteps(entity: CompiledEntity, { indexes }: Shape): string[] {
  const wanted = new Map(createIndexSql(entity).map(sql => [indexName(sql), sql]));
  const covered = new Set(coveredIndexes(entity));
  const drops = [...indexes].flatMap(([name, { table, sql }]) => {
    if (table !== entity.table || !name.startsWith(`${table}.`)) return [];
    const next = wanted.get(name);
    const stale = next === undefined ? covered.has(name) || sql.startsWith('CREATE UNIQUE') : storedForm(next) !== sql;
    return stale ? [`DROP INDEX IF EXISTS ${quote(name)}`] : [];
  });
  const creates = [...wanted].filter(([name, sql]) => indexes.get(name)?.sql !== storedForm(sql)).map(([, sql]) => sql);
  return [...drops, ...creates];
}

function triggerSteps(entity: CompiledEntity, shape: Shape, isThere: (table: string) => boolean): string[] {
  const declared = createTriggerSql(entity).filter(({ on }) => isThere(on));
  const wanted = new Map(
    [...declared, ...checkTriggers(entity, shape.tables.get(entity.table)?.sql)].map(({ name, sql }) => [name, sql]),
  );
  const drops = [...shape.triggers].flatMap(([name, { sql }]) => {
    if (!name.startsWith(`${entity.table}.`)) return [];
    const next = wanted.get(name);
    return next === undefined || storedForm(next) !== sql ? [`DROP TRIGGER IF EXISTS ${quote(name)}`] : [];
  });
  const creates = [...wanted].filter(([name, sql]) => shape.triggers.get(name)?.sql !== storedForm(sql));
  return [...drops, ...creates.map(([, sql]) => sql)];
}
