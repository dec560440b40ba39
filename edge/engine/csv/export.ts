/** A filtered list as CSV (RFC 4180), read page by page while it is sent. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import type { Call } from '../call.ts';
import type { SqlRow } from '../compile/codec.ts';
import { decodeRow, recordJson } from '../compile/entity.ts';
import { queryOfParams } from '../query/input.ts';
import { checkQuery } from '../query/parse.ts';
import { entityKey, Reader } from '../query/reader.ts';
import { pageStatements } from '../query/select.ts';
import type { Target } from '../records/target.ts';
import { filterVariables } from '../repository/record-scope.ts';
import type { Runtime } from '../runtime.ts';
import { rowOpener } from '../sealing.ts';
import { cellsOf, headersOf } from './cells.ts';

const pageRows = 200;

/** The file's lines in parts. Params are a list's, without pages. Throws FORBIDDEN, INVALID_QUERY before the first part. */
export async function exportCsv(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  params: Iterable<[string, string]>,
): Promise<ReadableStream<Uint8Array>> {
  const reader = new Reader(call);
  const subject = reader.subject(entity);
  const given = [...params];
  for (const [key] of given) {
    if (/^(?:page\[|include$|count$|fields\[)/.test(key)) {
      throw Problem.of('INVALID_QUERY', { detail: `"${key}" is not a parameter of an export` });
    }
  }
  const query = checkQuery(reader, subject, queryOfParams(given), call.actor);
  const only = query.fields.get(entityKey(entity)) ?? subject.visible;
  const fields = entity.fields.filter(
    ({ name, json, builtIn }) => !json.hidden && (builtIn || !only || only.has(name)),
  );
  const statements = pageStatements(query, filterVariables(call.actor, runtime.ports.clock.now()));
  const read = async (after: readonly SqlValue[] | undefined) => {
    const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
    const [page] = await db.read([statements.page({ values: after, backward: false }, pageRows)]);
    return page!.rows;
  };
  const open = rowOpener(() => runtime.secrets.fieldKey(call.tenant.client.id));
  const line = (row: SqlRow) => {
    const json = recordJson(entity, decodeRow(entity, row, open), only, call.locale);
    return `${fields.flatMap(field => cellsOf(field, json[field.name])).join(',')}\r\n`;
  };
  const encoder = new TextEncoder();
  let rows: readonly SqlRow[] | undefined = await read(undefined);
  let head = `${fields.flatMap(headersOf).join(',')}\r\n`;
  return new ReadableStream({
    async pull(controller) {
      const page = rows ?? [];
      const shown = page.slice(0, pageRows);
      controller.enqueue(encoder.encode(head + shown.map(line).join('')));
      head = '';
      if (page.length <= pageRows) return controller.close();
      const last = shown.at(-1)!;
      rows = await read(query.sort.map(({ at }) => last[at]!));
      if (rows.length === 0) controller.close();
    },
  });
}
