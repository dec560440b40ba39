/** Reading records over REST: one, or a page of them, within what the caller's role shows. */
import { Problem } from '../../../schemas/errors/index.ts';
import { grantedFields } from '../access.ts';
import type { Call, Reply } from '../call.ts';
import { decodeRow, quote, recordJson } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { decodeCursor, encodeCursor } from '../query/cursor.ts';
import { loadIncluded } from '../query/include.ts';
import { type QueryInput, queryOfParams } from '../query/input.ts';
import { checkFields, checkInclude, checkQuery } from '../query/parse.ts';
import { entityKey, Reader } from '../query/reader.ts';
import { pageStatements } from '../query/select.ts';
import { filterVariables } from '../repository.ts';
import type { Runtime } from '../runtime.ts';
import { rowOpener } from '../sealing.ts';
import { deletedFilter, deletedMode, liveOnly } from '../soft-delete.ts';
import { envelope, etagOf, type RecordReply, readGrant, type Target } from './target.ts';

/** Opens encrypted fields under the client's key. */
const openerOf = (runtime: Runtime, call: Call) => rowOpener(() => runtime.secrets.fieldKey(call.tenant.client.id));

/** `params` may ask for `fields`, `include` and `deleted`. Throws NOT_FOUND, also for a record that the caller may not read. */
export async function getRecord(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  id: string,
  params?: Iterable<[string, string]>,
): Promise<RecordReply> {
  const grant = readGrant(entity, call.actor);
  if (!grant) throw Problem.of('NOT_FOUND');
  const asked = params && askedOfOne(call, { entity, grant, visible: grantedFields(grant) }, params);
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const variables = filterVariables(call.actor, runtime.ports.clock.now());
  const target = placeholders(variables);
  const conditions = [`"id" = ${target.value(id)}`];
  for (const filter of asked?.deleted ?? liveOnly(entity)) conditions.push(whereSql(entity, filter, target));
  if (grant !== true && grant.where) conditions.push(whereSql(entity, grant.where, target));
  const sql = `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE ${conditions.join(' AND ')} LIMIT 1`;
  const [result] = await db.read([{ sql, args: target.args }]);
  const row = result?.rows[0];
  if (!row) throw Problem.of('NOT_FOUND');
  const record = decodeRow(entity, row, openerOf(runtime, call));
  const only = asked?.fields.get(entityKey(entity)) ?? grantedFields(grant);
  const data = recordJson(entity, record, only, call.locale);
  const etag = etagOf(record.rev, entity.translated ? call.locale : undefined);
  if (!asked || asked.include.length === 0) return { status: 200, body: envelope(data), etag };
  const included = await loadIncluded(
    db,
    asked.include,
    [record],
    asked.fields,
    variables,
    openerOf(runtime, call),
    call.locale,
  );
  // The tag names the record's revision alone; what is included may change without it.
  return { status: 200, body: JSON.stringify({ data, included }) };
}

function askedOfOne(call: Call, subject: ReturnType<Reader['subject']>, params: Iterable<[string, string]>) {
  const given = [...params];
  for (const [key] of given) {
    if (!/^(?:fields(?:\[[^\]]+\])?|include|deleted)$/.test(key)) {
      throw Problem.of('INVALID_QUERY', { detail: `"${key}" is not a parameter of a record` });
    }
  }
  const input = queryOfParams(given);
  const reader = new Reader(call);
  const include = checkInclude(reader, subject, input.include);
  const fields = checkFields(reader, subject, input.fields, include);
  return { include, fields, deleted: deletedFilter(subject.entity, deletedMode(input.deleted), call.actor) };
}

/** Throws FORBIDDEN, INVALID_QUERY. */
export function listRecords(
  runtime: Runtime,
  call: Call,
  target: Target,
  params: Iterable<[string, string]>,
): Promise<Reply> {
  return queryRecords(runtime, call, target, () => queryOfParams(params));
}

/** `input` is asked for after the right to read is known, so that a refusal tells nothing about the query. Throws FORBIDDEN, INVALID_QUERY. */
export async function queryRecords(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  input: () => QueryInput,
): Promise<Reply> {
  const reader = new Reader(call);
  const subject = reader.subject(entity);
  const query = checkQuery(reader, subject, input(), call.actor);
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const variables = filterVariables(call.actor, runtime.ports.clock.now());
  const key = runtime.secrets.cursorKey;
  const statements = pageStatements(query, variables);
  const after = query.after ? decodeCursor(key, entity.table, query.sort, query.after) : undefined;
  const first = statements.page(after, query.size);
  const [page, total] = await db.read(query.count ? [first, statements.count] : [first]);
  const rows = page!.rows.slice(0, query.size);
  const more = page!.rows.length > query.size;
  const only = query.fields.get(entityKey(entity)) ?? subject.visible;
  const open = openerOf(runtime, call);
  const records = rows.map(row => decodeRow(entity, row, open));
  const reply = {
    data: records.map(record => recordJson(entity, record, only, call.locale)),
    ...(query.include.length > 0
      ? { included: await loadIncluded(db, query.include, records, query.fields, variables, open, call.locale) }
      : {}),
    page: {
      size: query.size,
      after: more ? encodeCursor(key, entity.table, query.sort, rows.at(-1)!) : null,
      ...(total ? { total: total.rows[0]![0] } : {}),
    },
  };
  return { status: 200, body: JSON.stringify(reply) };
}
