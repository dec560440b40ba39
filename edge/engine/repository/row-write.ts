/** One row's columns on their way into SQL: sealed where they are encrypted, merged where they are translated, counted where they are numbers. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../../schemas/errors/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { expectFiles, type KeptBy } from '../../files/file-rules.ts';
import { type CompiledEntity, type CompiledField, quote } from '../compile/entity.ts';
import { idsAt } from '../compile/references.ts';
import { allocate, type CompiledSequence } from '../compile/sequence.ts';
import { sealValue } from '../sealing.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import type { RecordScope } from './record-scope.ts';

type Values = Readonly<Record<string, unknown>>;

export class RowWrite {
  /** Quoted names, and for each the SQL of its value. */
  readonly columns: string[] = [];
  readonly expressions: string[] = [];
  readonly args: SqlValue[] = [];
  private readonly work: UnitOfWork;
  private readonly entity: CompiledEntity;
  private readonly actor: Actor;
  private readonly id: string;

  constructor({ work, entity, actor }: RecordScope, id: string) {
    this.work = work;
    this.entity = entity;
    this.actor = actor;
    this.id = id;
  }

  /** Adds the fields that are present; numbers come by `number` alone. */
  values(values: Values, verb: 'insert' | 'update' = 'insert'): void {
    for (const field of this.entity.fields) {
      if (!(field.name in values) || field.json.kind === 'sequence') continue;
      const value = values[field.name];
      const column = field.columns[0]!;
      this.expectTargets(field, value);
      if (field.files.length > 0) {
        const kept = verb === 'update' && !field.json.encrypted ? this.keptBy(column) : undefined;
        expectFiles(this.work, this.actor, field.name, field.files, value, kept);
      }
      if (field.json.encrypted) {
        this.work.sensitive = true;
        const sealed = value == null ? null : sealValue(this.work.scope.fieldKey(), this.entity, field, this.id, value);
        this.add(column, '?', sealed);
      } else if (verb === 'update' && field.json.translated && typeof value === 'string') {
        this.add(column, `json_set(coalesce(${column}, '{}'), ?, ?)`, `$."${this.work.scope.locale}"`, value);
      } else {
        const parts = field.codec.toSql(value);
        for (const [i, part] of parts.entries()) this.add(field.columns[i]!, '?', part);
      }
    }
  }

  /** Adds to numbers that the row has. Throws TypeError for what is none. */
  sums(amounts: Values): void {
    for (const [name, amount] of Object.entries(amounts)) {
      const field = this.entity.byName.get(name);
      if (field?.json.kind !== 'int' || !Number.isSafeInteger(amount)) {
        throw new TypeError(`${this.entity.table}.${name} is no number to add ${amount} to`);
      }
      const column = field.columns[0]!;
      this.add(column, `coalesce(${column}, 0) + ?`, amount as number);
    }
  }

  /** Every reference within a list or an object leads to a record when the commit ends, as SQLite sees to for a single one. */
  private expectTargets({ name, refs }: CompiledField, value: unknown): void {
    for (const { path, table } of refs) {
      const ids = path.length === 0 ? [] : idsAt(value, path).map(({ id }) => id);
      if (ids.length === 0) continue;
      const missing = `SELECT 1 FROM json_each(?) j WHERE NOT EXISTS (SELECT 1 FROM ${quote(table)} WHERE "id" = j.value)`;
      const errors = [{ pointer: `/${name}`, code: 'NOT_FOUND', message: 'A record that this points to is not there' }];
      const problem = Problem.of('VALIDATION_FAILED', { errors });
      this.work.expectLast(`NOT EXISTS (${missing})`, [JSON.stringify(ids)], problem);
    }
  }

  /** Whether the row names a file before it is written; in a list or an object its id stands in quotes. */
  private keptBy(column: string): (id: string) => KeptBy {
    const sql = `EXISTS (SELECT 1 FROM ${quote(this.entity.table)} WHERE "id" = ? AND (${column} = ? OR instr(${column}, ?) > 0))`;
    return id => ({ sql, args: [this.id, id, JSON.stringify(id)] });
  }

  /** Counts the record's number and adds it; what is returned stands for the number until the commit. */
  number(sequence: CompiledSequence, values: Values): string {
    const { work, entity, id } = this;
    const allocation = allocate(sequence, entity.table, id, this.scopeOf(sequence, values), work.now, work.scope.zone);
    for (const { sql, args } of allocation.counting) work.write(sql, args);
    const { numberColumn, dayColumn } = sequence;
    const { number, day } = allocation;
    if (sequence.on) {
      this.add(dayColumn, `coalesce(${dayColumn}, ?)`, day);
      this.add(numberColumn, `coalesce(${numberColumn}, ${number.sql})`, ...number.args);
    } else {
      this.add(dayColumn, '?', day);
      this.add(numberColumn, number.sql, ...number.args);
    }
    const token = `number:${uuidv7()}`;
    work.numbers.push({
      token,
      sql: `(SELECT ${numberColumn} FROM ${quote(entity.table)} WHERE "id" = ?)`,
      args: [id],
    });
    return token;
  }

  /** The value whose counter it is: as it is being written, else as the row has it. */
  private scopeOf({ scopeColumn, on }: CompiledSequence, values: Values): { sql: string; args: SqlValue[] } {
    if (!scopeColumn) return { sql: "''", args: [] };
    const field = this.entity.fields.find(other => other.columns[0] === scopeColumn)!;
    if (!on || field.name in values) {
      const [value = null] = field.codec.toSql(values[field.name]);
      return { sql: '?', args: [value === null ? '' : String(value)] };
    }
    const sql = `(SELECT coalesce(CAST(${scopeColumn} AS TEXT), '') FROM ${quote(this.entity.table)} WHERE "id" = ?)`;
    return { sql, args: [this.id] };
  }

  private add(column: string, expression: string, ...args: readonly SqlValue[]): void {
    this.columns.push(column);
    this.expressions.push(expression);
    this.args.push(...args);
  }
}
