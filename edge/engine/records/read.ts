/** Reading records over REST: one, or a page of them, within what the caller's role shows. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { Statement } from '../../../schemas/ports/index.ts';
import { grantedFields } from '../access.ts';
import type { Call, Reply } from '../call.ts';
import type { SqlRow } from '../compile/codec.ts';
import { type CompiledEntity, decodeRow, quote, recordJson } from '../compile/entity.ts';
import { rowJson } from '../compile/row-json.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { encodeCursor } from '../query/cursor.ts';
import { type Included, loadIncluded } from '../query/include.ts';
import { type QueryInput, queryOfParams } from '../query/input.ts';
import { checkFields, checkInclude, checkQuery, type ListQuery } from '../query/parse.ts';
import { entityKey, Reader } from '../query/reader.ts';
import { inOrder, type PageFrom, pageFrom, pageStatements } from '../query/select.ts';
import { filterVariables } from '../repository/record-scope.ts';
import type { Runtime } from '../runtime.ts';
import { rowOpener } from '../sealing.ts';
import { spellingOf } from '../search/misspelt.ts';
import { deletedFilter, deletedMode, liveOnly } from '../soft-delete.ts';
import { whenReady } from '../when-ready.ts';
import { etagOf, type RecordReply, readGrant, type Target } from './target.ts';

/** Opens encrypted fields under the client's key. */
const openerOf = (runtime: Runtime, call: Call) => rowOpener(() => runtime.secrets.fieldKey(call.tenant.client.id));

/** `params` may ask for `fields`, `include` and `deleted`. Throws NOT_FOUND, also for a record that the caller may not read. */
export function getRecord(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  id: string,
  params?: Iterable<[string, string]>,
): RecordReply | Promise<RecordReply> {
  const grant = readGrant(entity, call.actor);
  if (!grant) throw Problem.of('NOT_FOUND');
  const asked = params && askedOfOne(call, { entity, grant, visible: grantedFields(grant) }, params);
  const limits = [...(asked?.deleted ?? liveOnly(entity)), ...(grant !== true && grant.where ? [grant.where] : [])];
  const only = asked?.fields.get(entityKey(entity)) ?? grantedFields(grant);
  const open = openerOf(runtime, call);
  return whenReady(runtime.stores.open(call.tenant.store, call.tenant.modules), db => {
    const variables = filterVariables(call.actor, runtime.ports.clock.now());
    const one = limits.length > 0 ? oneWithin(entity, id, limits, variables) : oneOf(entity, id);
    return whenReady(db.read([one]), ([result]): RecordReply | Promise<RecordReply> => {
      const row = result?.rows[0];
      if (!row) throw Problem.of('NOT_FOUND');
      const data = rowJson(entity, row, open, only, call.locale);
      const etag = etagOf(row[entity.byName.get('rev')!.at], entity.translated ? call.locale : undefined);
      if (!asked || asked.include.length === 0) return { status: 200, body: `{"data":${data}}`, etag };
      const records = [decodeRow(entity, row, open)];
      const including = loadIncluded(db, asked.include, records, asked.fields, variables, open, call.locale);
      // The tag names the record's revision alone; what is included may change without it.
      return including.then(included => ({ status: 200, body: bodyOf(data, { included }) }));
    });
  });
}

/** A reply's text from the JSON of its data and what else it holds. */
function bodyOf(data: string, rest: object): string {
  const others = JSON.stringify(rest);
  return others === '{}' ? `{"data":${data}}` : `{"data":${data},${others.slice(1)}`;
}

/** Entity -> the text that reads one record: the same string each time, which is found in a cache without being read through. */
const textOfOne = new WeakMap<CompiledEntity, string>();

function oneOf(entity: CompiledEntity, id: string): Statement {
  let sql = textOfOne.get(entity);
  if (sql === undefined) {
    sql = `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE "id" = ? LIMIT 1`;
    textOfOne.set(entity, sql);
  }
  return { sql, args: [id] };
}

function oneWithin(
  entity: CompiledEntity,
  id: string,
  limits: readonly unknown[],
  variables: ReturnType<typeof filterVariables>,
): Statement {
  const target = placeholders(variables);
  const conditions = [`"id" = ${target.value(id)}`, ...limits.map(limit => whereSql(entity, limit, target))];
  const sql = `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE ${conditions.join(' AND ')} LIMIT 1`;
  return { sql, args: target.args };
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
  target: Target,
  input: () => QueryInput,
): Promise<Reply> {
  const { rows, json, included, size, more, total, from, cursorAt } = await readRows(runtime, call, target, input);
  const [first, last] = rows.length > 0 ? [cursorAt.bind(null, 0), cursorAt.bind(null, rows.length - 1)] : [none, none];
  const page = {
    size,
    after: (from.backward ? !from.end : more) ? last() : null,
    ...(from.start ? {} : { before: !from.backward || more ? first() : null }),
    ...(total === undefined ? {} : { total }),
  };
  return { status: 200, body: bodyOf(`[${rows.map(json).join(',')}]`, { ...(included ? { included } : {}), page }) };
}

const none = () => null;

/** A page as the caller sees it. */
export interface ListedPage extends Omit<PageRows, 'rows' | 'json' | 'record'> {
  readonly data: readonly Record<string, unknown>[];
}

interface PageRows {
  readonly rows: readonly SqlRow[];
  /** A row as JSON text, and as the object that it stands for. */
  json(row: SqlRow): string;
  record(row: SqlRow): Record<string, unknown>;
  readonly included: Included | undefined;
  readonly size: number;
  /** Whether there is more in the direction that was read. */
  readonly more: boolean;
  readonly total: number | undefined;
  readonly from: PageFrom;
  /** The cursor of a record of the page. */
  cursorAt(index: number): string;
}

/**
 * A list's page with its cursors made where they are asked for. `bounds` are filters of the manifest, which may compare what the
 * caller does not see. Throws FORBIDDEN, INVALID_QUERY.
 */
export async function readPage(
  runtime: Runtime,
  call: Call,
  target: Target,
  input: () => QueryInput,
  bounds: readonly unknown[] = [],
): Promise<ListedPage> {
  const { rows, json: _, record, ...page } = await readRows(runtime, call, target, input, bounds);
  return { ...page, data: rows.map(record) };
}

async function readRows(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  input: () => QueryInput,
  bounds: readonly unknown[] = [],
): Promise<PageRows> {
  const reader = new Reader(call);
  const subject = reader.subject(entity);
  const asked = input();
  const checked = checkQuery(reader, subject, asked, call.actor);
  const query = bounds.length > 0 ? { ...checked, filters: [...checked.filters, ...bounds] } : checked;
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const variables = filterVariables(call.actor, runtime.ports.clock.now());
  const from = pageFrom(runtime.secrets.cursorKey, query);
  const read = (of: ListQuery) => {
    const statements = pageStatements(of, variables);
    const wanted = statements.page(from, of.size);
    return db.read(of.count ? [wanted, statements.count] : [wanted]);
  };
  let [page, total] = await read(query);
  if (query.match && page!.rows.length === 0) {
    const spelling = spellingOf(subject, asked.q!);
    const match = spelling.statements.length > 0 && spelling.expression(await db.read(spelling.statements));
    if (match) [page, total] = await read({ ...query, match });
  }
  const rows = inOrder(page!.rows, query.size, from);
  const only = query.fields.get(entityKey(entity)) ?? subject.visible;
  const open = openerOf(runtime, call);
  const decode = (row: SqlRow) => decodeRow(entity, row, open);
  return {
    rows,
    json: row => rowJson(entity, row, open, only, call.locale),
    record: row => recordJson(entity, decode(row), only, call.locale),
    included:
      query.include.length > 0
        ? await loadIncluded(db, query.include, rows.map(decode), query.fields, variables, open, call.locale)
        : undefined,
    size: query.size,
    more: page!.rows.length > query.size,
    total: total && Number(total.rows[0]![0]),
    from,
    cursorAt: index => encodeCursor(runtime.secrets.cursorKey, entity.table, query.sort, rows[index]!),
  };
}
