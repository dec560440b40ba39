/** Typed reads and buffered writes of one entity, within one unit of work and one actor's limits. */
import { Problem } from '../../../schemas/errors/index.ts';
import { type GrantJson, startsOf } from '../../../schemas/module/index.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import type { SqlRow } from '../compile/codec.ts';
import { type CompiledEntity, decodeRow, quote, type RecordValues } from '../compile/entity.ts';
import type { CompiledModule } from '../compile/module.ts';
import { computedOf } from '../compile/rules.ts';
import { isSearched } from '../compile/search-ddl.ts';
import { problemOf } from '../constraints.ts';
import { rowOpener } from '../sealing.ts';
import { removal } from '../soft-delete.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { said, tellState, toldOf } from '../transition-event.ts';
import { checkGuard, checkStep, emitEffects, notPossible } from '../transition-rules.ts';
import { campaignOf } from './campaign.ts';
import {
  checkLock,
  expectCovered,
  expectUnlocked,
  expectUnnumbered,
  expectUnset,
  expectWithin,
  refuseState,
} from './expectations.ts';
import { atRevision, type Expected, expectedOf, staleness } from './expected.ts';
import { note } from './note.ts';
import { recordAfter, recordOf } from './record-after.ts';
import { grantWhere, RecordScope, type Values } from './record-scope.ts';
import { RowWrite } from './row-write.ts';
import { selectionOf } from './selection.ts';

const most = 1000;

export interface RecordQuery {
  readonly where?: Values;
  readonly sort?: readonly string[];
  readonly limit?: number;
  /** These and the id, in place of all. */
  readonly fields?: readonly string[];
}

export class EntityRepository {
  private readonly work: UnitOfWork;
  private readonly module: CompiledModule;
  readonly entity: CompiledEntity;
  private readonly scope: RecordScope;

  constructor(work: UnitOfWork, module: CompiledModule, entity: CompiledEntity, actor: Actor) {
    this.work = work;
    this.module = module;
    this.entity = entity;
    this.scope = new RecordScope(work, entity, actor);
  }

  async get(id: string): Promise<RecordValues | undefined> {
    return this.first({ id: { eq: id } });
  }

  async first(where: Values): Promise<RecordValues | undefined> {
    return (await this.list({ where, limit: 1 }))[0];
  }

  async list(query: RecordQuery = {}): Promise<RecordValues[]> {
    const selection = query.fields && selectionOf(this.entity, query.fields);
    const { sql, args } = this.scope.conditions('read', query.where ? [query.where] : []);
    const order = [...(query.sort ?? []), 'id'].map(name => {
      const field = this.entity.byName.get(name.replace(/^-/, ''));
      if (!field) throw Problem.of('INVALID_QUERY', { detail: `"${name}" is not a field` });
      return `${field.columns[0]}${name.startsWith('-') ? ' DESC' : ''}`;
    });
    const result = await this.work.read(
      `SELECT ${selection?.columns ?? this.entity.selectList} FROM ${quote(this.entity.table)} WHERE ${sql} ORDER BY ${order.join(', ')} LIMIT ${query.limit ?? most}`,
      args,
    );
    return result.rows.map(row => (selection ? selection.decode(row) : this.decode(row)));
  }

  create(given: Values): RecordValues {
    const { entity, work, scope } = this;
    const draft = { ...campaignOf(entity, work.scope.campaign), ...given };
    const grant = scope.grant('create');
    refuseState(scope, draft);
    const record = recordOf(scope, { ...draft, ...scope.presets(grant) });
    const row = new RowWrite(scope, record.id);
    row.values(record);
    for (const sequence of entity.sequences) {
      if (!sequence.on) record[sequence.field.name] = row.number(sequence, record);
    }
    work.write(
      `INSERT INTO ${quote(entity.table)} (${row.columns.join(', ')}) VALUES (${row.expressions.join(', ')})`,
      row.args,
      isSearched(entity),
    );
    expectWithin(scope, grant, record.id);
    note(scope, 'created', record.id, draft);
    this.remember(record);
    return record;
  }

  /** The record as it will be, where `options.record` says what it is now. */
  update(id: string, patch: Values, options: Expected = {}): RecordValues | undefined {
    const grant = this.scope.grant('update');
    refuseState(this.scope, patch);
    const set = { ...patch, ...this.scope.presets(grant) };
    note(this.scope, 'updated', id, set);
    return this.change(id, options, this.entity.rules.needsRecord, record => this.put(id, set, grant, options, record));
  }

  /** Where values are computed or a lock hangs on the record, its numbers are set one by one: TypeError. */
  add(id: string, amounts: Values): void {
    const { entity, scope, work } = this;
    const grant = scope.grant('update');
    if (entity.rules.needsRecord || entity.rules.immutable.some(name => name in amounts)) {
      throw new TypeError(`${entity.table}: update these records one by one`);
    }
    expectUnlocked(scope, [{ id: { eq: id } }], amounts);
    const row = new RowWrite(scope, id);
    row.sums(amounts);
    this.write(row, [{ id: { eq: id } }, ...grantWhere(grant)]);
    work.expectChange(Problem.of('NOT_FOUND'));
    expectWithin(scope, grant, id);
    // What they became is known to the commit alone.
    note(scope, 'updated', id, {});
  }

  /** Where values are computed, or a lock, a single setting or a check hangs on the record, records are updated one by one: TypeError. */
  updateWhere(where: Values, patch: Values): void {
    const { rules, encrypted, table } = this.entity;
    const sealed = encrypted.some(field => field.name in patch);
    const grant = this.scope.grant('update');
    const checked = grant !== true && grant.check;
    if (rules.needsRecord || sealed || checked || rules.immutable.some(name => name in patch)) {
      throw new TypeError(`${table}: update these records one by one`);
    }
    refuseState(this.scope, patch);
    expectUnlocked(this.scope, [where], patch);
    this.work.timed ||= this.entity.rules.timed;
    this.set({ ...patch, ...this.scope.presets(grant) }, [where, ...grantWhere(grant)]);
  }

  transition(id: string, name: string, patch: Values = {}, options: Expected = {}): RecordValues | undefined {
    const { entity, work, scope } = this;
    const states = entity.json.states;
    const transition = states?.transitions[name];
    if (!states || !transition) throw new TypeError(`${entity.table} has no transition "${name}"`);
    const told = toldOf(transition, id, scope.actor, options.reason);
    const event = note(scope, name, id, { ...patch, [states.field]: transition.to, ...said(told) }, told);
    const needed = Boolean(entity.rules.needsRecord || transition.guard || transition.effects);
    return this.change(id, options, needed, record => {
      if (told.from === null) tellState(work, entity, event, told, record);
      return this.take(id, name, patch, options, record);
    });
  }

  delete(id: string): void {
    const { entity, work, scope } = this;
    scope.grant('delete');
    this.change(id, {}, entity.rules.lock?.isCel ?? false, record => {
      if (record) checkLock(scope, record, undefined);
      expectUnlocked(scope, [{ id: { eq: id } }], undefined);
      expectUnnumbered(scope, id);
      const { sql, args } = scope.conditions('delete', [{ id: { eq: id } }]);
      work.write(...removal(entity, sql, args, work.now), isSearched(entity));
      work.expectChange(Problem.of('NOT_FOUND'));
      return undefined;
    });
    note(scope, 'deleted', id, null);
  }

  expectFewer(where: Values, limit: number, code: string): void {
    const { sql, args } = this.scope.sql([where]);
    const condition = `(SELECT count(*) FROM ${quote(this.entity.table)} WHERE ${sql}) < ?`;
    this.work.expect(condition, [...args, limit], problemOf(this.module, code));
  }

  expectNone(where: Values, code: string): void {
    const { sql, args } = this.scope.sql([where]);
    const condition = `NOT EXISTS (SELECT 1 FROM ${quote(this.entity.table)} WHERE ${sql})`;
    this.work.expect(condition, args, problemOf(this.module, code));
  }

  /** What a grant sets, whatever the caller says. */
  presets(grant: GrantJson): Values {
    return this.scope.presets(grant);
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
      const { sql, args } = this.scope.sql([{ id: { eq: id } }]);
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
    const { entity, scope, work } = this;
    const after = record && recordAfter(scope, record, patch);
    const set = after ? { ...patch, ...computedOf(entity, after) } : patch;
    if (record) checkLock(scope, record, patch);
    expectUnlocked(scope, [{ id: { eq: id } }], patch);
    expectUnset(scope, id, patch);
    const expected = expectedOf(record, options);
    // Whoever has read it is told of a missing right, not of a record that moved on.
    if (record) expectCovered(scope, grant, id);
    this.set(set, [{ id: { eq: id } }, ...atRevision(expected), ...grantWhere(grant)], id);
    work.expectChange(staleness(expected) ?? Problem.of('NOT_FOUND'));
    expectWithin(scope, grant, id);
    return after;
  }

  private take(id: string, name: string, patch: Values, options: Expected, record: RecordValues | undefined) {
    const { entity, scope, work } = this;
    const states = entity.json.states!;
    const transition = states.transitions[name]!;
    const set: Record<string, unknown> = { ...patch, [states.field]: transition.to };
    if (record) {
      checkStep(entity, name, record);
      checkLock(scope, record, patch);
      checkGuard(this.module, entity, name, { ...record, ...patch }, scope.actor, work);
    }
    expectUnlocked(scope, [{ id: { eq: id } }], patch);
    expectUnset(scope, id, patch);
    const row = new RowWrite(scope, id);
    const after = record && recordAfter(scope, record, set);
    row.values({ ...set, ...(after && computedOf(entity, after)) }, 'update');
    for (const sequence of entity.sequences) {
      if (sequence.on !== name) continue;
      const token = row.number(sequence, patch);
      if (after) after[sequence.field.name] = record[sequence.field.name] ?? token;
    }
    const expected = expectedOf(record, options);
    const from = Object.entries(startsOf(states, name)).map(([field, values]) => ({ [field]: { in: values } }));
    if (options.grant) expectCovered(scope, options.grant, id);
    this.write(row, [{ id: { eq: id } }, ...from, ...atRevision(expected)]);
    work.expectChange(staleness(expected) ?? notPossible(entity, name));
    if (options.grant) expectWithin(scope, options.grant, id);
    if (after) emitEffects(this.module, entity, name, after, work);
    return after;
  }

  private set(patch: Values, filters: readonly unknown[], id = ''): void {
    const row = new RowWrite(this.scope, id);
    row.values(patch, 'update');
    this.write(row, filters);
  }

  private write(row: RowWrite, filters: readonly unknown[]): void {
    const { sql, args } = this.scope.sql(filters);
    const pairs = row.columns.map((column, i) => `${column} = ${row.expressions[i]}`);
    const assignments = [...pairs, '"updated_at" = ?', '"rev" = "rev" + 1'].join(', ');
    const update = `UPDATE ${quote(this.entity.table)} SET ${assignments} WHERE ${sql}`;
    this.work.write(update, [...row.args, this.work.now, ...args], isSearched(this.entity));
  }
}
