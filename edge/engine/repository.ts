/** Typed reads and buffered writes of one entity, within one unit of work and one actor's limits. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import type { FilterVariable } from '../../schemas/filter/filter.ts';
import type { GrantJson, Verb } from '../../schemas/module/index.ts';
import type { SqlValue } from '../../schemas/ports/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { grantFor } from './access.ts';
import {
  type CompiledEntity,
  columnValues,
  completeDraft,
  decodeRow,
  quote,
  type RecordValues,
} from './compile/entity.ts';
import type { CompiledModule } from './compile/module.ts';
import { placeholders, whereSql } from './compile/where.ts';
import { problemOf } from './constraints.ts';
import { liveOnly, removal } from './soft-delete.ts';
import { Contention } from './store/commit.ts';
import type { UnitOfWork } from './store/unit-of-work.ts';

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
    return result.rows.map(row => decodeRow(this.entity, row));
  }

  create(draft: Values): RecordValues {
    const grant = this.grant('create');
    const presets = grant === true ? {} : grant.presets;
    const record: RecordValues = {
      id: uuidv7(),
      createdAt: this.work.now,
      updatedAt: this.work.now,
      rev: 1,
      ...completeDraft(this.entity, { ...draft, ...presets }),
    };
    const { columns, args } = columnValues(this.entity, record);
    this.work.write(
      `INSERT INTO ${quote(this.entity.table)} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      args,
    );
    this.note('created', record.id, draft);
    return record;
  }

  update(id: string, patch: Values, options: Expected = {}): void {
    this.set(patch, 'update', [{ id: { eq: id } }, ...atRevision(options)]);
    this.work.expectChange(staleness(options) ?? Problem.of('NOT_FOUND'));
    this.note('updated', id, patch);
  }

  updateWhere(where: Values, patch: Values): void {
    this.set(patch, 'update', [where]);
  }

  transition(id: string, name: string, patch: Values = {}, options: Expected = {}): void {
    const states = this.entity.json.states;
    const transition = states?.transitions[name];
    if (!states || !transition) throw new TypeError(`${this.entity.table} has no transition "${name}"`);
    const from = { [states.field]: { in: transition.from } };
    this.set({ ...patch, [states.field]: transition.to }, undefined, [
      { id: { eq: id } },
      from,
      ...atRevision(options),
    ]);
    const detail = `"${name}" needs one of: ${transition.from.join(', ')}.`;
    this.work.expectChange(staleness(options) ?? Problem.of('INVALID_TRANSITION', { detail }));
    this.note(name, id, { ...patch, [states.field]: transition.to });
  }

  delete(id: string): void {
    const { sql, args } = this.conditions('delete', [{ id: { eq: id } }]);
    this.work.write(...removal(this.entity, sql, args, this.work.now));
    this.work.expectChange(Problem.of('NOT_FOUND'));
    this.note('deleted', id, null);
  }

  expectNone(where: Values, code: string): void {
    const target = placeholders(filterVariables(this.actor, this.work.now));
    const sql = whereSql(this.entity, where, target);
    const condition = `NOT EXISTS (SELECT 1 FROM ${quote(this.entity.table)} WHERE ${sql})`;
    this.work.expect(condition, target.args, problemOf(this.module, code));
  }

  /** `verb` is undefined where the caller has checked the right already. */
  private set(patch: Values, verb: Verb | undefined, filters: readonly unknown[]): void {
    const { columns, args } = columnValues(this.entity, patch);
    const target = placeholders(filterVariables(this.actor, this.work.now));
    const all = verb ? [...filters, ...grantWhere(this.grant(verb))] : filters;
    const where = all.map(filter => whereSql(this.entity, filter, target)).join(' AND ');
    const assignments = [...columns.map(column => `${column} = ?`), '"updated_at" = ?', '"rev" = "rev" + 1'];
    this.work.write(`UPDATE ${quote(this.entity.table)} SET ${assignments.join(', ')} WHERE ${where}`, [
      ...args,
      this.work.now,
      ...target.args,
    ]);
  }

  /** Audit and outbox rows of one write; what names a person or is hidden is left out of them. */
  private note(action: string, id: string, values: Values | null): void {
    const name = `${this.entity.module}.${this.entity.name}`;
    const diff =
      values && Object.fromEntries(Object.entries(values).map(([key, value]) => [key, this.redact(key, value)]));
    this.work.audit.push({ action, entity: name, record: id, diff });
    this.work.outbox.push({ id: uuidv7(), event: `${name}.${action}`, record: id, payload: { id } });
  }

  private redact(name: string, value: unknown): unknown {
    const field = this.entity.byName.get(name);
    if (!field || value == null) return value ?? null;
    return field.json.pii || field.json.hidden ? '[redacted]' : field.codec.toJson(value);
  }
}
