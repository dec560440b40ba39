/** An entity's tables, indexes and triggers as SQL. Tables are STRICT; spans are half-open. */
import { type ConstraintJson, isComparison } from '../../../schemas/module/index.ts';
import { type CompiledEntity, type CompiledField, quote } from './entity.ts';
import { bounded } from './naming.ts';
import { nestedTriggers, type Trigger } from './nested-references.ts';
import { timerTriggers } from './timers.ts';
import { literals, whereSql } from './where.ts';

/** Raised when the same manifest leads to other tables, indexes or triggers than it did, so that stores look again. */
export const ddlRevision = 2;

/** What an error message of SQLite says when this constraint refuses a row. */
export const constraintMessage = (entity: CompiledEntity, name: string): string => `constraint:${entity.table}.${name}`;

const columnOf = (entity: CompiledEntity, field: string): string => entity.byName.get(field)!.columns[0]!;

function columnDefinitions(field: CompiledField): string[] {
  return field.columns.map((column, i) => {
    const parts = [column, field.codec.columns[i]!.type];
    if (field.name === 'id') parts.push('PRIMARY KEY NOT NULL');
    // A version that does not know the field yet, or no longer, writes rows too: the engine checks what is required.
    else if (field.builtIn && field.json.required) parts.push('NOT NULL');
    if (field.json.kind === 'ref') {
      const actions = { restrict: '', cascade: ' ON DELETE CASCADE', setNull: ' ON DELETE SET NULL' };
      parts.push(`REFERENCES ${quote(field.refTable!)} ("id")${actions[field.json.onDelete]}`);
      parts.push('DEFERRABLE INITIALLY DEFERRED');
    }
    return parts.join(' ');
  });
}

/** Adds a field to a table that may have rows. */
export function addColumnSql(entity: CompiledEntity, field: CompiledField): string[] {
  return columnDefinitions(field).map(definition => `ALTER TABLE ${quote(entity.table)} ADD COLUMN ${definition}`);
}

/** Two fields of every row, which a table can be born with; undefined for other constraints. */
function plainCheck(entity: CompiledEntity, { check, where }: ConstraintJson, prefix: string): string | undefined {
  if (!isComparison(check) || where) return undefined;
  return `${prefix}${columnOf(entity, check.left)} ${check.op === 'lt' ? '<' : '<='} ${prefix}${columnOf(entity, check.right)}`;
}

/**
 * Checks as triggers, which speak as a CHECK would: those with a filter, as they go with the version in use, and those of two
 * fields that the table was not `born` with, since SQLite adds no CHECK to a table that exists.
 */
export function checkTriggers(entity: CompiledEntity, born: string | undefined): Trigger[] {
  return (entity.json.constraints ?? []).flatMap((constraint): Trigger[] => {
    const { name, check, where } = constraint;
    if (!check) return [];
    const plain = plainCheck(entity, constraint, 'NEW.');
    const inTable = `CONSTRAINT ${quote(`${entity.table}.${name}`)} CHECK`;
    if (plain && (born === undefined || born.includes(inTable))) return [];
    const now = literals('NEW.', 'NEW."updated_at"');
    const comparison = { ...constraint, where: undefined };
    const holds = plainCheck(entity, comparison, 'NEW.') ?? whereSql(entity, check, now);
    const among = where ? `(${whereSql(entity, where, now)}) AND ` : '';
    return (['INSERT', 'UPDATE'] as const).map(verb => {
      const trigger = `${entity.table}.${name}.${verb.toLowerCase()}`;
      const sql = `CREATE TRIGGER ${quote(trigger)} BEFORE ${verb} ON ${quote(entity.table)} WHEN ${among}NOT (${holds}) BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: ${entity.table}.${name}'); END`;
      return { name: trigger, on: entity.table, sql };
    });
  });
}

export function createTableSql(entity: CompiledEntity): string {
  const columns = entity.fields.flatMap(columnDefinitions);
  const checks = (entity.json.constraints ?? []).flatMap(constraint => {
    const holds = plainCheck(entity, constraint, '');
    return holds ? `CONSTRAINT ${quote(`${entity.table}.${constraint.name}`)} CHECK (${holds})` : [];
  });
  return `CREATE TABLE IF NOT EXISTS ${quote(entity.table)} (\n  ${[...columns, ...checks].join(',\n  ')}\n) STRICT`;
}

interface Index {
  readonly name: string;
  /** Quoted. */
  readonly columns: readonly string[];
  readonly unique: boolean;
  /** SQL; undefined for an index of all rows. */
  readonly where: string | undefined;
}

/** What fields and constraints ask for, each by itself. */
function askedIndexes(entity: CompiledEntity): Index[] {
  const asked: Index[] = [];
  const index = (suffix: string, columns: readonly string[], { unique = false, where = '' } = {}) =>
    asked.push({ name: bounded(`${entity.table}.${suffix}`), columns, unique, where: where || undefined });
  for (const field of entity.fields) {
    // A reserved word's column has a dash behind it, its index never had.
    const name = field.column.replace(/_$/, '');
    if (field.json.unique) index(`${name}_unique`, field.columns, { unique: true });
    else if (field.json.index || field.json.kind === 'ref' || field.json.kind === 'sequence')
      index(`${name}_index`, field.json.kind === 'sequence' ? field.columns.slice(0, 1) : field.columns);
  }
  for (const constraint of entity.json.constraints ?? []) {
    const span = constraint.noOverlap ?? constraint.capacity;
    // The end leads: spans that ended before the new one starts are never visited.
    if (span)
      index(
        constraint.name,
        [...span.scope, span.end, span.start].map(field => columnOf(entity, field)),
      );
    if (constraint.unique) {
      const where = constraint.where ? whereSql(entity, constraint.where, literals('', '0')) : undefined;
      index(
        constraint.name,
        constraint.unique.map(field => columnOf(entity, field)),
        { unique: true, where },
      );
    }
  }
  return asked;
}

/** Whether another index of all rows begins with the same columns; of two that are alike the first stays. A unique one stays for what it refuses. */
function isCovered(index: Index, all: readonly Index[]): boolean {
  return all.some((other, i) => {
    if (other === index || other.where !== undefined || index.where !== undefined) return false;
    if (!index.columns.every((column, n) => other.columns[n] === column)) return false;
    const alike = other.columns.length === index.columns.length;
    if (index.unique) return alike && other.unique && i < all.indexOf(index);
    return !alike || other.unique || i < all.indexOf(index);
  });
}

/** Indexes for unique, indexed and ref fields and for constraints, none of which another one makes superfluous. */
export function createIndexSql(entity: CompiledEntity): string[] {
  const asked = askedIndexes(entity);
  return asked
    .filter(index => !isCovered(index, asked))
    .map(
      ({ name, columns, unique, where }) =>
        `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${quote(name)} ON ${quote(entity.table)} (${columns.join(', ')})${where ? ` WHERE ${where}` : ''}`,
    );
}

/** Names of those that another one covers; older stores have them. */
export function coveredIndexes(entity: CompiledEntity): string[] {
  const asked = askedIndexes(entity);
  return asked.filter(index => isCovered(index, asked)).map(({ name }) => name);
}

function overlapCondition(entity: CompiledEntity, constraint: ConstraintJson): string {
  const span = constraint.noOverlap ?? constraint.capacity!;
  const column = (field: string) => columnOf(entity, field);
  return [
    `o."id" <> NEW."id"`,
    ...span.scope.map(field => `o.${column(field)} = NEW.${column(field)}`),
    `o.${column(span.end)} > NEW.${column(span.start)}`,
    `o.${column(span.start)} < NEW.${column(span.end)}`,
    whereSql(entity, constraint.where, literals('o.', 'NEW."updated_at"')),
  ].join(' AND ');
}

/** The load peaks where the new span starts or where another starts inside it. */
function peakLoad(entity: CompiledEntity, constraint: ConstraintJson): string {
  const { start, end, quantity } = constraint.capacity!;
  const column = (field: string) => columnOf(entity, field);
  const table = quote(entity.table);
  const touching = overlapCondition(entity, constraint);
  return `(SELECT max(load) FROM (SELECT (SELECT coalesce(sum(o.${column(quantity)}), 0) FROM ${table} o WHERE ${touching} AND o.${column(start)} <= p.at AND o.${column(end)} > p.at) AS load FROM (SELECT NEW.${column(start)} AS at UNION SELECT o.${column(start)} FROM ${table} o WHERE ${touching} AND o.${column(start)} > NEW.${column(start)}) p))`;
}

/** Triggers are dropped before other DDL and made anew after it. Those of references within fields may watch other tables too. */
export function createTriggerSql(entity: CompiledEntity): Trigger[] {
  const guards = (entity.json.constraints ?? []).flatMap(constraint => {
    if (!constraint.noOverlap && !constraint.capacity) return [];
    const table = quote(entity.table);
    const refused = constraint.noOverlap
      ? `EXISTS (SELECT 1 FROM ${table} o WHERE ${overlapCondition(entity, constraint)})`
      : `${peakLoad(entity, constraint)} + NEW.${columnOf(entity, constraint.capacity!.quantity)} > NEW.${columnOf(entity, constraint.capacity!.limit)}`;
    const when = whereSql(entity, constraint.where, literals('NEW.', 'NEW."updated_at"'));
    const message = constraintMessage(entity, constraint.name);
    return (['INSERT', 'UPDATE'] as const).map(verb => {
      const name = bounded(`${entity.table}.${constraint.name}.${verb.toLowerCase()}`);
      const sql = `CREATE TRIGGER ${quote(name)} BEFORE ${verb} ON ${table} WHEN ${when} BEGIN SELECT RAISE(ABORT, '${message}') WHERE ${refused}; END`;
      return { name, on: entity.table, sql };
    });
  });
  const timers = timerTriggers(entity).map(trigger => ({ ...trigger, on: entity.table }));
  return [
    ...guards,
    ...checkTriggers(entity, undefined),
    ...timers,
    ...letGoTriggers(entity),
    ...nestedTriggers(entity),
  ];
}

/** A record whose reference the database has set to null is another one than before: its revision says so. */
function letGoTriggers(entity: CompiledEntity): Trigger[] {
  const table = quote(entity.table);
  return entity.fields.flatMap(({ refs, column, columns }) =>
    refs.flatMap(({ path, onDelete }): Trigger[] => {
      if (path.length > 0 || onDelete !== 'setNull') return [];
      const name = bounded(`${entity.table}.${column}.let-go`);
      const of = columns[0]!;
      const when = `OLD.${of} IS NOT NULL AND NEW.${of} IS NULL AND NEW."rev" = OLD."rev"`;
      const sql = `CREATE TRIGGER ${quote(name)} AFTER UPDATE OF ${of} ON ${table} WHEN ${when} BEGIN UPDATE ${table} SET "rev" = "rev" + 1 WHERE "id" = NEW."id"; END`;
      return [{ name, on: entity.table, sql }];
    }),
  );
}
