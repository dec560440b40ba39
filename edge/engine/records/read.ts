/** Reading records over REST: one, or a page of them, within what the caller's role shows. */
import { Problem } from '../../../schemas/errors/index.ts';
import { grantedFields, grantFor } from '../access.ts';
import type { Call, Reply } from '../call.ts';
import { decodeRow, quote, recordJson } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { decodeCursor, encodeCursor, keysetSql, orderBySql } from '../query/cursor.ts';
import { parseListQuery } from '../query/parse.ts';
import { filterVariables } from '../repository.ts';
import type { Runtime } from '../runtime.ts';
import { envelope, etagOf, type RecordReply, readGrant, type Target } from './target.ts';

/** Throws NOT_FOUND, also for a record that the caller may not read. */
export async function getRecord(runtime: Runtime, call: Call, { entity }: Target, id: string): Promise<RecordReply> {
  const grant = readGrant(entity, call.actor);
  if (!grant) throw Problem.of('NOT_FOUND');
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

/** Throws FORBIDDEN, INVALID_QUERY. */
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
