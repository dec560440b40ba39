/** The statements that lead a table to what an entity declares. Nothing is ever taken from rows; constraints follow the version in use. */
import { addColumnSql, createIndexSql, createTableSql, createTriggerSql } from '../compile/ddl.ts';
import { type CompiledEntity, quote } from '../compile/entity.ts';
import { timerSeeds, timerTriggers } from '../compile/timers.ts';
import { indexName, type Shape, storedForm } from './shape.ts';

export function expandSteps(entity: CompiledEntity, shape: Shape): string[] {
  const table = shape.tables.get(entity.table);
  return [
    ...(table
      ? entity.fields.flatMap(field => {
          const known = field.columns.every(column => table.columns.has(column.slice(1, -1)));
          return known ? [] : addColumnSql(entity, field);
        })
      : [createTableSql(entity)]),
    ...indexSteps(entity, shape),
    ...triggerSteps(entity, shape),
    ...(table ? seedSteps(entity, shape) : []),
  ];
}

/** Records from before a timed transition wait for theirs too. */
function seedSteps(entity: CompiledEntity, { triggers }: Shape): string[] {
  const isNew = timerTriggers(entity).some(({ name, sql }) => triggers.get(name)?.sql !== storedForm(sql));
  return isNew ? timerSeeds(entity) : [];
}

/** An index of a version that is not in use costs little; a unique one would refuse rows that the version in use allows. */
function indexSteps(entity: CompiledEntity, { indexes }: Shape): string[] {
  const wanted = new Map(createIndexSql(entity).map(sql => [indexName(sql), sql]));
  const drops = [...indexes].flatMap(([name, { table, sql }]) => {
    if (table !== entity.table || !name.startsWith(`${table}.`)) return [];
    const next = wanted.get(name);
    const stale = next === undefined ? sql.startsWith('CREATE UNIQUE') : storedForm(next) !== sql;
    return stale ? [`DROP INDEX IF EXISTS ${quote(name)}`] : [];
  });
  const creates = [...wanted].filter(([name, sql]) => indexes.get(name)?.sql !== storedForm(sql)).map(([, sql]) => sql);
  return [...drops, ...creates];
}

function triggerSteps(entity: CompiledEntity, shape: Shape): string[] {
  const wanted = new Map(
    [...createTriggerSql(entity), ...checkTriggers(entity, shape)].map(({ name, sql }) => [name, sql]),
  );
  const drops = [...shape.triggers].flatMap(([name, { table, sql }]) => {
    if (table !== entity.table || !name.startsWith(`${table}.`)) return [];
    const next = wanted.get(name);
    return next === undefined || storedForm(next) !== sql ? [`DROP TRIGGER IF EXISTS ${quote(name)}`] : [];
  });
  const creates = [...wanted].filter(([name, sql]) => shape.triggers.get(name)?.sql !== storedForm(sql));
  return [...drops, ...creates.map(([, sql]) => sql)];
}

/** SQLite adds no CHECK to a table that exists, so a later one is a trigger that speaks as the CHECK would. */
function checkTriggers(entity: CompiledEntity, { tables }: Shape): { name: string; sql: string }[] {
  const born = tables.get(entity.table)?.sql;
  if (born === undefined) return [];
  return (entity.json.constraints ?? []).flatMap(({ name, check }) => {
    if (!check || born.includes(`CONSTRAINT ${quote(`${entity.table}.${name}`)} CHECK`)) return [];
    const column = (field: string) => `NEW.${entity.byName.get(field)!.columns[0]!}`;
    const holds = `${column(check.left)} ${check.op === 'lt' ? '<' : '<='} ${column(check.right)}`;
    return (['INSERT', 'UPDATE'] as const).map(verb => {
      const trigger = `${entity.table}.${name}.${verb.toLowerCase()}`;
      const sql = `CREATE TRIGGER ${quote(trigger)} BEFORE ${verb} ON ${quote(entity.table)} WHEN NOT (${holds}) BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: ${entity.table}.${name}'); END`;
      return { name: trigger, sql };
    });
  });
}
