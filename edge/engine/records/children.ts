/** Records that point to others: a page for each of these, read together. */
import type { Call } from '../call.ts';
import type { SqlRow } from '../compile/codec.ts';
import { decodeRow, recordJson } from '../compile/entity.ts';
import { encodeCursor } from '../query/cursor.ts';
import type { QueryInput } from '../query/input.ts';
import { checkQuery } from '../query/parse.ts';
import { Reader } from '../query/reader.ts';
import { inOrder, pageFrom, pageStatements } from '../query/select.ts';
import { filterVariables } from '../repository/record-scope.ts';
import type { Runtime } from '../runtime.ts';
import { rowOpener } from '../sealing.ts';
import type { ListedPage } from './read.ts';
import type { Target } from './target.ts';

/**
 * Pages of the records whose reference `field` names each of `ids`, by these, in one statement and one more for the totals. The
 * query's bounds hold for each page. Throws FORBIDDEN, INVALID_QUERY.
 */
export async function readChildren(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  field: string,
  ids: readonly string[],
  input: QueryInput,
): Promise<ReadonlyMap<string, ListedPage>> {
  const reader = new Reader(call);
  const subject = reader.subject(entity);
  const query = checkQuery(reader, subject, input, call.actor);
  const { columns, at } = entity.byName.get(field)!;
  const column = columns[0]!;
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const statements = pageStatements(query, filterVariables(call.actor, runtime.ports.clock.now()));
  const from = pageFrom(runtime.secrets.cursorKey, query);
  const pages = statements.pages(column, ids, from, query.size);
  const [found, totals] = await db.read(query.count ? [pages, statements.counts(column, ids)] : [pages]);
  const groups = new Map<string, SqlRow[]>(ids.map(id => [id, []]));
  for (const row of found!.rows) groups.get(row[at] as string)!.push(row);
  const counts = new Map(totals?.rows.map(([id, count]) => [id as string, Number(count)]));
  const open = rowOpener(() => runtime.secrets.fieldKey(call.tenant.client.id));
  const pageOf = (id: string, group: readonly SqlRow[]): ListedPage => {
    const rows = inOrder(group, query.size, from);
    return {
      data: rows.map(row => recordJson(entity, decodeRow(entity, row, open), subject.visible, call.locale)),
      included: undefined,
      size: query.size,
      more: group.length > query.size,
      total: totals && (counts.get(id) ?? 0),
      from,
      cursorAt: index => encodeCursor(runtime.secrets.cursorKey, entity.table, query.sort, rows[index]!),
    };
  };
  return new Map([...groups].map(([id, group]) => [id, pageOf(id, group)]));
}
