/** The REST verbs over an entity: list, get, create, update, delete, transition. */
import { Problem } from '../../schemas/errors/index.ts';
import { validate } from '../../schemas/errors/validate.ts';
import { checkTransition, grantedFields, grantFor } from './access.ts';
import { type Call, type Reply, runCall } from './call.ts';
import { type CompiledEntity, decodeRow, quote, type RecordValues, recordJson } from './compile/entity.ts';
import type { CompiledModule } from './compile/module.ts';
import { placeholders, whereSql } from './compile/where.ts';
import { createContext } from './context.ts';
import { decodeCursor, encodeCursor, keysetSql, orderBySql } from './query/cursor.ts';
import { parseListQuery } from './query/parse.ts';
import { EntityRepository, filterVariables } from './repository.ts';
import type { Runtime } from './runtime.ts';

export interface RecordReply extends Reply {
  readonly etag?: string;
}

export interface Target {
  readonly module: CompiledModule;
  readonly entity: CompiledEntity;
}

export const etagOf = (rev: unknown): string => `"${rev}"`;

/** The revision an If-Match header names; undefined without one. Throws PRECONDITION_FAILED for one that cannot match. */
export function revisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const rev = /^(?:W\/)?"(\d+)"$/.exec(ifMatch)?.[1];
  if (!rev) throw Problem.of('PRECONDITION_FAILED');
  return Number(rev);
}

const envelope = (data: unknown): string => `{"data":${JSON.stringify(data)}}`;

export async function getRecord(runtime: Runtime, call: Call, { entity }: Target, id: string): Promise<RecordReply> {
  const grant = grantFor(entity, 'read', call.actor);
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const target = placeholders(filterVariables(call.actor, runtime.ports.clock.now()));
  const idSql = target.value(id);
  const limit = grant !== true && grant.where ? ` AND ${whereSql(entity, grant.where, target)}` : '';
  const sql = `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE "id" = ${idSql}${limit}`;
  const [result] = await db.read([{ sql, args: target.args }]);
  const row = result?.rows[0];
  if (!row) throw Problem.of('NOT_FOUND');
  const record = decodeRow(entity, row);
  return { status: 200, body: envelope(recordJson(entity, record, grantedFields(grant))), etag: etagOf(record.rev) };
}

export async function listRecords(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  params: Iterable<[string, string]>,
): Promise<Reply> {
  const grant = grantFor(entity, 'read', call.actor);
  const visible = grantedFields(grant);
  const query = parseListQuery(entity, params, visible);
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const target = placeholders(filterVariables(call.actor, runtime.ports.clock.now()));
  const filters = [query.filter, ...(grant !== true && grant.where ? [grant.where] : [])];
  const where = filters.map(filter => whereSql(entity, filter, target)).join(' AND ');
  const table = quote(entity.table);
  const key = runtime.secrets.cursorKey;
  const keyset = query.after
    ? keysetSql(query.sort, decodeCursor(key, entity.table, query.sort, query.after))
    : undefined;
  const statements = [
    {
      sql: `SELECT ${entity.selectList} FROM ${table} WHERE ${where}${keyset ? ` AND ${keyset.sql}` : ''} ORDER BY ${orderBySql(query.sort)} LIMIT ${query.size + 1}`,
      args: keyset ? [...target.args, ...keyset.args] : target.args,
    },
  ];
  if (query.count) statements.push({ sql: `SELECT count(*) FROM ${table} WHERE ${where}`, args: target.args });
  const [page, total] = await db.read(statements);
  const rows = page!.rows.slice(0, query.size);
  const more = page!.rows.length > query.size;
  const only = query.fields ?? visible;
  const reply = {
    data: rows.map(row => recordJson(entity, decodeRow(entity, row), only)),
    page: {
      size: query.size,
      after: more ? encodeCursor(key, entity.table, query.sort, rows.at(-1)!) : null,
      ...(total ? { total: total.rows[0]![0] } : {}),
    },
  };
  return { status: 200, body: JSON.stringify(reply) };
}

/** Fields a grant lets the caller write; others are refused by name. */
function checkWritable(grant: ReturnType<typeof grantFor>, input: Readonly<Record<string, unknown>>): void {
  const allowed = grantedFields(grant);
  const refused = allowed ? Object.keys(input).filter(name => !allowed.has(name)) : [];
  if (refused.length === 0) return;
  const errors = refused.map(name => ({ pointer: `/${name}`, code: 'FORBIDDEN', message: 'You may not set this' }));
  throw Problem.of('FORBIDDEN', { errors });
}

export async function createRecord(runtime: Runtime, call: Call, target: Target, input: unknown): Promise<RecordReply> {
  const { module, entity } = target;
  const grant = grantFor(entity, 'create', call.actor);
  const draft = validate(entity.createSchema, input) as Record<string, unknown>;
  checkWritable(grant, input as Record<string, unknown>);
  const visible = readableFields(entity, call);
  const reply = await runCall(runtime, call, async work => {
    const record = new EntityRepository(work, module, entity, call.actor).create(draft);
    return { status: 201, body: envelope(recordJson(entity, record, visible)) };
  });
  return { ...reply, etag: etagOf(1) };
}

/** What a reply to a write may show: the caller may be able to write what it cannot read. */
function readableFields(entity: CompiledEntity, call: Call): ReadonlySet<string> | undefined {
  try {
    return grantedFields(grantFor(entity, 'read', call.actor));
  } catch {
    return new Set();
  }
}

async function existing(repository: EntityRepository, id: string): Promise<RecordValues> {
  const record = await repository.get(id);
  if (!record) throw Problem.of('NOT_FOUND');
  return record;
}

const shown = (entity: CompiledEntity, call: Call, record: RecordValues, patch: object, now: number): string =>
  envelope(
    recordJson(
      entity,
      { ...record, ...patch, rev: record.rev + 1, updatedAt: now } as RecordValues,
      readableFields(entity, call),
    ),
  );

export async function updateRecord(
  runtime: Runtime,
  call: Call,
  { module, entity }: Target,
  id: string,
  input: unknown,
  ifMatch: number | undefined,
): Promise<RecordReply> {
  const grant = grantFor(entity, 'update', call.actor);
  const patch = validate(entity.patchSchema, input) as Record<string, unknown>;
  checkWritable(grant, patch);
  const reply = await runCall(runtime, call, async work => {
    const repository = new EntityRepository(work, module, entity, call.actor);
    const record = await existing(repository, id);
    if (ifMatch !== undefined && ifMatch !== record.rev) throw Problem.of('PRECONDITION_FAILED');
    repository.update(id, patch, { rev: record.rev, retry: true });
    return { status: 200, body: shown(entity, call, record, patch, work.now) };
  });
  return withEtag(reply);
}

export async function deleteRecord(
  runtime: Runtime,
  call: Call,
  { module, entity }: Target,
  id: string,
  ifMatch: number | undefined,
): Promise<Reply> {
  grantFor(entity, 'delete', call.actor);
  return runCall(runtime, call, async work => {
    const repository = new EntityRepository(work, module, entity, call.actor);
    if (ifMatch !== undefined) {
      const record = await existing(repository, id);
      if (record.rev !== ifMatch) throw Problem.of('PRECONDITION_FAILED');
    }
    repository.delete(id);
    return { status: 204, body: '' };
  });
}

export async function transitionRecord(
  runtime: Runtime,
  call: Call,
  { module, entity }: Target,
  id: string,
  name: string,
  input: unknown,
  ifMatch: number | undefined,
): Promise<RecordReply> {
  const transition = entity.json.states?.transitions[name];
  if (!transition) throw Problem.of('NOT_FOUND');
  grantFor(entity, 'read', call.actor);
  checkTransition(entity, name, call.actor);
  const patch = validate(entity.patchSchema, input ?? {}) as Record<string, unknown>;
  const reply = await runCall(runtime, call, async work => {
    const repository = new EntityRepository(work, module, entity, call.actor);
    const record = await existing(repository, id);
    if (ifMatch !== undefined && ifMatch !== record.rev) throw Problem.of('PRECONDITION_FAILED');
    const state = record[entity.json.states!.field] as string;
    if (!transition.from.includes(state)) {
      const allowed = Object.entries(entity.json.states!.transitions).flatMap(([key, t]) =>
        t.from.includes(state) ? [key] : [],
      );
      throw Problem.of('INVALID_TRANSITION', {
        detail: `"${name}" is not possible from "${state}".`,
        extensions: { allowed },
      });
    }
    const effect = module.code?.transitions?.[entity.name]?.[name];
    if (effect) await effect(record as never, createContext(runtime, call, module, work, true));
    repository.transition(id, name, patch, { rev: record.rev, retry: true });
    const after = { ...patch, [entity.json.states!.field]: transition.to };
    return { status: 200, body: shown(entity, call, record, after, work.now) };
  });
  return withEtag(reply);
}

/** The ETag is read back from the reply's record, so that a replayed reply has it too. */
function withEtag(reply: Reply): RecordReply {
  const { rev } = (JSON.parse(reply.body) as { data: { rev: number } }).data;
  return { ...reply, etag: etagOf(rev) };
}
