/** Typed reads and buffered writes of one entity, within one unit of work and one actor's limits. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import type { FilterVariable } from '../../schemas/filter/filter.ts';
import type { GrantJson, Verb } from '../../schemas/module/index.ts';
import type { SqlValue } from '../../schemas/ports/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { grantFor } from './access.ts';
import { type Expression, recordToCel } from './compile/cel.ts';
import type { SqlRow } from './compile/codec.ts';
import { type CompiledEntity, completeDraft, decodeRow, quote, type RecordValues } from './compile/entity.ts';
import type { CompiledModule } from './compile/module.ts';
import { computedOf, computedValues, holds, lockedFields, lockedProblem } from './compile/rules.ts';
import { placeholders, whereSql } from './compile/where.ts';
import { problemOf } from './constraints.ts';
import { RowWrite } from './row-write.ts';
import { rowOpener } from './sealing.ts';
import { liveOnly, removal } from './soft-delete.ts';
import { Contention } from './store/commit.ts';
import type { OutboxRow, UnitOfWork } from './store/unit-of-work.ts';
import { said, tellState, toldOf } from './transition-event.ts';
import { checkGuard, checkStep, emitEffects } from './transition-rules.ts';

type Values = Readonly<Record<string, unknown>>;

const most = 1000;

/** What a filter's variables stand for in this call. */
export function filterVariables(actor: Actor, now: number): (name: FilterVariable['var']) => SqlValue | undefined {
  return name => {
    switch (name) {
      case 'now':
        return now;
      case 'actor.id':
        return actor.id ?? undefined;
      case 'actor.siteId':
        return actor.siteId ?? undefined;
      case 'actor.personId':
        return actor.kind === 'customer' ? (actor.id ?? undefined) : undefined;
    }
  };
}

/** The rows a grant covers, as a filter. */
const grantWhere = (grant: GrantJson): readonly unknown[] => (grant !== true && grant.where ? [grant.where] : []);

/** The revision a write was decided on; `retry` runs the call again on fresh reads when it moved on. */
interface Expected {
  readonly rev?: number;
  readonly retry?: boolean;
  /** The record as it was read, where the caller has it. */
  readonly record?: RecordValues;
  /** Of a transition: why, in the words of whoever takes it. */
  readonly reason?: string;
}

const atRevision = ({ rev }: Expected): readonly unknown[] => (rev === undefined ? [] : [{ rev: { eq: rev } }]);

function staleness({ rev, retry }: Expected): Error | undefined {
  if (rev === undefined) return undefined;
  const problem = Problem.of('PRECONDITION_FAILED');
  return retry ? new Contention(problem) : problem;
}

export class EntityRepository {
  private readonly work: UnitOfWork;
  private readonly module: CompiledModule;
  readonly entity: CompiledEntity;
  /** Whose limits apply; the system's where a handler asked for it. */
  private readonly actor: Actor;

  constructor(work: UnitOfWork, module: CompiledModule, entity: CompiledEntity, actor: Actor) {
    this.work = work;
    this.module = module;
    this.entity = entity;
    this.actor = actor;
  }

  private grant(verb: Verb): GrantJson {
    return grantFor(this.entity, verb, this.actor);
  }

  private conditions(verb: Verb, filters: readonly unknown[]): { sql: string; args: SqlValue[] } {
    const target = placeholders(filterVariables(this.actor, this.work.now));
    const all = [...filters, ...liveOnly(this.entity), ...grantWhere(this.grant(verb))];
    const sql = all.map(filter => whereSql(this.entity, filter, target)).join(' AND ');
    return { sql: sql || '1', args: target.args };
  }

  async get(id: string): Promise<RecordValues | undefined> {
    return this.first({ id: { eq: id } });
  }

  async first(where: Values): Promise<RecordValues | undefined> {
    return (await this.list({ where, limit: 1 }))[0];
  }

  async list(query: { where?: Values; sort?: readonly string[]; limit?: number } = {}): Promise<RecordValues[]> {
    const { sql, args } = this.conditions('read', query.where ? [query.where] : []);
    const order = [...(query.sort ?? []), 'id'].map(name => {
      const field = this.entity.byName.get(name.replace(/^-/, ''));
      if (!field) throw Problem.of('INVALID_QUERY', { detail: `"${name}" is not a field` });
      return `${field.columns[0]}${name.startsWith('-') ? ' DESC' : ''}`;
    });
    const result = await this.work.read(
      `SELECT ${this.entity.selectList} FROM ${quote(this.entity.table)} WHERE ${sql} ORDER BY ${order.join(', ')} LIMIT ${query.limit ?? most}`,
      args,
    );
    return result.rows.map(row => this.decode(row));
  }

  create(draft: Values): RecordValues {
    const grant = this.grant('create');
    const { entity, work } = this;
    const record: RecordValues = {
      id: uuidv7(),
      createdAt: work.now,
      updatedAt: work.now,
      rev: 1,
      ...completeDraft(entity, { ...draft, ...this.presets(grant) }),
    };
    for (const field of entity.fields) {
      const text = record[field.name];
      if (field.json.translated && typeof text === 'string') record[field.name] = { [work.scope.locale]: text };
    }
    Object.assign(record, computedValues(entity, record));
    const row = new RowWrite(work, entity, record.id);
    row.values(record);
    for (const sequence of entity.sequences) {
      if (!sequence.on) record[sequence.field.name] = row.number(sequence, record);
    }
    work.write(
      `INSERT INTO ${quote(entity.table)} (${row.columns.join(', ')}) VALUES (${row.expressions.join(', ')})`,
      row.args,
    );
    this.postCheck(grant, record.id);
    this.note('created', record.id, draft);
    this.remember(record);
    return record;
  }

  /** The record as it will be, where `options.record` says what it is now. */
  update(id: string, patch: Values, options: Expected = {}): RecordValues | undefined {
    const grant = this.grant('update');
    const set = { ...patch, ...this.presets(grant) };
    this.note('updated', id, set);
    return this.change(id, options, this.entity.rules.needsRecord, record => this.put(id, set, grant, options, record));
  }

  /** Where values are computed, or a lock or a single setting hangs on the record, records are updated one by one: TypeError. */
  updateWhere(where: Values, patch: Values): void {
    const { rules, encrypted, table } = this.entity;
    const sealed = encrypted.some(field => field.name in patch);
    if (rules.needsRecord || sealed || rules.immutable.some(name => name in patch)) {
      throw new TypeError(`${table}: update these records one by one`);
    }
    const grant = this.grant('update');
    this.expectUnlocked([where], patch);
    this.work.timed ||= this.entity.rules.timed;
    this.set({ ...patch, ...this.presets(grant) }, [where, ...grantWhere(grant)]);
  }

  transition(id: string, name: string, patch: Values = {}, options: Expected = {}): RecordValues | undefined {
    const { entity, work } = this;
    const states = entity.json.states;
    const transition = states?.transitions[name];
    if (!states || !transition) throw new TypeError(`${entity.table} has no transition "${name}"`);
    const told = toldOf(transition, id, this.actor, options.reason);
    const event = this.note(name, id, { ...patch, [states.field]: transition.to, ...said(told) }, told);
    const needed = Boolean(entity.rules.needsRecord || transition.guard || transition.effects);
    return this.change(id, options, needed, record => {
      if (told.from === null) tellState(work, entity, event, told, record);
      return this.take(id, name, patch, options, record);
    });
  }

  delete(id: string): void {
    const { entity, work } = this;
    this.grant('delete');
    this.change(id, {}, entity.rules.lock?.isCel ?? false, record => {
      if (record) this.checkLock(record, {}, true);
      this.expectUnlocked([{ id: { eq: id } }], undefined);
      for (const { on, numberColumn } of entity.sequences) {
        if (!on) continue;
        const numbered = `NOT EXISTS (SELECT 1 FROM ${quote(entity.table)} WHERE "id" = ? AND ${numberColumn} IS NOT NULL)`;
        const detail = 'What has a number of a gapless sequence stays.';
        work.expect(numbered, [id], Problem.of('LOCKED', { detail }));
      }
      const { sql, args } = this.conditions('delete', [{ id: { eq: id } }]);
      work.write(...removal(entity, sql, args, work.now));
      work.expectChange(Problem.of('NOT_FOUND'));
      return undefined;
    });
    this.note('deleted', id, null);
  }

  expectFewer(where: Values, limit: number, code: string): void {
    const { sql, args } = this.sql([where]);
    const condition = `(SELECT count(*) FROM ${quote(this.entity.table)} WHERE ${sql}) < ?`;
    this.work.expect(condition, [...args, limit], problemOf(this.module, code));
  }

  expectNone(where: Values, code: string): void {
    const { sql, args } = this.sql([where]);
    const condition = `NOT EXISTS (SELECT 1 FROM ${quote(this.entity.table)} WHERE ${sql})`;
    this.work.expect(condition, args, problemOf(this.module, code));
  }

  private sql(filters: readonly unknown[]): { sql: string; args: SqlValue[] } {
    const target = placeholders(filterVariables(this.actor, this.work.now));
    const sql = filters.map(filter => whereSql(this.entity, filter, target)).join(' AND ');
    return { sql: sql || '1', args: target.args };
  }

  /** A grant's preset values; a variable such as the actor's id gets its value here. */
  private presets(grant: GrantJson): Values {
    if (grant === true || !grant.presets) return {};
    const variables = filterVariables(this.actor, this.work.now);
    const value = (preset: unknown) =>
      typeof preset === 'object' && preset !== null && 'var' in preset
        ? (variables((preset as FilterVariable).var) ?? null)
        : preset;
    return Object.fromEntries(Object.entries(grant.presets).map(([name, preset]) => [name, value(preset)]));
  }

  private readonly key = (id: string) => `${this.entity.table}/${id}`;

  private remember(record: RecordValues): void {
    this.work.records.set(this.key(record.id), record);
  }

  /** Runs `write` now, or before the commit with the record where it is needed and not known. */
  private change(
    id: string,
    options: Expected,
    needed: boolean,
    write: (record: RecordValues | undefined) => RecordValues | undefined,
  ): RecordValues | undefined {
    const run = (record: RecordValues | undefined) => {
      const after = write(record);
      if (after) this.remember(after);
      return after;
    };
    if (!needed || options.record) return run(options.record);
    const load = async () => {
      if (this.work.records.has(this.key(id))) return;
      const { sql, args } = this.sql([{ id: { eq: id } }]);
      const { rows } = await this.work.read(
        `SELECT ${this.entity.selectList} FROM ${quote(this.entity.table)} WHERE ${sql}`,
        args,
      );
      if (!rows[0]) throw Problem.of('NOT_FOUND');
      this.remember(this.decode(rows[0]));
    };
    this.work.postpone(load, () => void run(this.work.records.get(this.key(id)) as RecordValues));
    return undefined;
  }

  private decode(row: SqlRow): RecordValues {
    if (this.entity.encrypted.length > 0) this.work.sensitive = true;
    return decodeRow(
      this.entity,
      row,
      rowOpener(() => this.work.scope.fieldKey()),
    );
  }

  private put(id: string, patch: Values, grant: GrantJson, options: Expected, record: RecordValues | undefined) {
    const after = record && this.after(record, patch);
    const set = after ? { ...patch, ...computedOf(this.entity, after) } : patch;
    if (record) this.checkLock(record, patch, false);
    this.expectUnlocked([{ id: { eq: id } }], patch);
    this.expectUnset(id, patch);
    const expected = record ? { retry: true, rev: record.rev, ...options } : options;
    this.set(set, [{ id: { eq: id } }, ...atRevision(expected), ...grantWhere(grant)], id);
    this.work.expectChange(staleness(expected) ?? Problem.of('NOT_FOUND'));
    this.postCheck(grant, id);
    return after;
  }

  private take(id: string, name: string, patch: Values, options: Expected, record: RecordValues | undefined) {
    const { entity, work } = this;
    const states = entity.json.states!;
    const transition = states.transitions[name]!;
    const set: Record<string, unknown> = { ...patch, [states.field]: transition.to };
    if (record) {
      checkStep(entity, name, record);
      this.checkLock(record, patch, false);
      checkGuard(this.module, entity, name, { ...record, ...patch }, this.actor, work);
    }
    this.expectUnlocked([{ id: { eq: id } }], patch);
    this.expectUnset(id, patch);
    const row = new RowWrite(work, entity, id);
    const after = record && this.after(record, set);
    row.values({ ...set, ...(after && computedOf(entity, after)) }, 'update');
    for (const sequence of entity.sequences) {
      if (sequence.on !== name) continue;
      const token = row.number(sequence, patch);
      if (after) after[sequence.field.name] = record[sequence.field.name] ?? token;
    }
    const expected = record ? { retry: true, rev: record.rev, ...options } : options;
    const from = { [states.field]: { in: transition.from } };
    this.write(row, [{ id: { eq: id } }, from, ...atRevision(expected)]);
    const detail = `"${name}" needs one of: ${transition.from.join(', ')}.`;
    work.expectChange(staleness(expected) ?? Problem.of('INVALID_TRANSITION', { detail }));
    if (after) emitEffects(this.module, entity, name, after, work);
    return after;
  }

  /** The record with a patch, its computed values and the engine's own fields as the write leaves them. */
  private after(record: RecordValues, patch: Values): RecordValues {
    const after: RecordValues = { ...record, ...patch, rev: record.rev + 1, updatedAt: this.work.now };
    for (const field of this.entity.fields) {
      const text = patch[field.name];
      if (field.json.translated && typeof text === 'string') {
        after[field.name] = { ...(record[field.name] as object | null), [this.work.scope.locale]: text };
      }
    }
    return Object.assign(after, computedValues(this.entity, after));
  }

  private checkLock(record: RecordValues, patch: Values, deleting: boolean): void {
    const { rules, json } = this.entity;
    const { lock } = rules;
    if (!lock?.isCel) return;
    const fields = lockedFields(this.entity, patch);
    if (!deleting && fields.length === 0) return;
    if (holds(lock.when as Expression, { record: recordToCel(json.fields, record) }, true)) throw lockedProblem(fields);
  }

  /** Refuses the commit where a row is locked by a filter; without a patch the row is to go. */
  private expectUnlocked(filters: readonly unknown[], patch: Values | undefined): void {
    const { lock } = this.entity.rules;
    const fields = patch ? lockedFields(this.entity, patch) : [];
    if (!lock || lock.isCel || (patch && fields.length === 0)) return;
    const { sql, args } = this.sql([...filters, lock.when]);
    const condition = `NOT EXISTS (SELECT 1 FROM ${quote(this.entity.table)} WHERE ${sql})`;
    this.work.expect(condition, args, lockedProblem(fields));
  }

  /** Refuses the commit where a field that is set once has another value already. */
  private expectUnset(id: string, patch: Values): void {
    for (const name of this.entity.rules.immutable) {
      if (!(name in patch)) continue;
      const field = this.entity.byName.get(name)!;
      const args = field.json.encrypted ? field.columns.map(() => null) : field.codec.toSql(patch[name]);
      const same = field.columns.map(column => `${column} IS ?`).join(' AND ');
      const set = `"id" = ? AND ${field.columns[0]} IS NOT NULL AND NOT (${same})`;
      const condition = `NOT EXISTS (SELECT 1 FROM ${quote(this.entity.table)} WHERE ${set})`;
      const errors = [{ pointer: `/${name}`, code: 'IMMUTABLE', message: 'This can be set only once' }];
      this.work.expect(condition, [id, ...args], Problem.of('LOCKED', { errors }));
    }
  }

  /** Refuses the commit unless the written row still matches what the grant says. */
  private postCheck(grant: GrantJson, id: string): void {
    if (grant === true || !grant.check) return;
    const { sql, args } = this.sql([{ id: { eq: id } }, grant.check]);
    const detail = 'The record as written is outside what this credential may write.';
    const condition = `EXISTS (SELECT 1 FROM ${quote(this.entity.table)} WHERE ${sql})`;
    this.work.expect(condition, args, Problem.of('FORBIDDEN', { detail }));
  }

  private set(patch: Values, filters: readonly unknown[], id = ''): void {
    const row = new RowWrite(this.work, this.entity, id);
    row.values(patch, 'update');
    this.write(row, filters);
  }

  private write(row: RowWrite, filters: readonly unknown[]): void {
    const { sql, args } = this.sql(filters);
    const pairs = row.columns.map((column, i) => `${column} = ${row.expressions[i]}`);
    const assignments = [...pairs, '"updated_at" = ?', '"rev" = "rev" + 1'].join(', ');
    this.work.write(`UPDATE ${quote(this.entity.table)} SET ${assignments} WHERE ${sql}`, [
      ...row.args,
      this.work.now,
      ...args,
    ]);
  }

  /** Audit and outbox rows of one write; what names a person or is hidden is left out of them. */
  private note(action: string, id: string, values: Values | null, payload: object = { id }): OutboxRow {
    const name = `${this.entity.module}.${this.entity.name}`;
    const diff =
      values && Object.fromEntries(Object.entries(values).map(([key, value]) => [key, this.redact(key, value)]));
    this.work.audit.push({ action, entity: name, record: id, diff });
    const event: OutboxRow = { id: uuidv7(), event: `${name}.${action}`, record: id, key: id, payload };
    this.work.outbox.push(event);
    this.work.timed ||= this.entity.rules.timed;
    return event;
  }

  private redact(name: string, value: unknown): unknown {
    const field = this.entity.byName.get(name);
    if (!field || value == null) return value ?? null;
    return field.json.pii || field.json.hidden || field.json.encrypted ? '[redacted]' : field.codec.toJson(value);
  }
}
