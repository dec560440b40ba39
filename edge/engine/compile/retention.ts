/** What a record's age asks for: SQL that deletes it or takes the person out of it. Run by whoever sweeps. */
import type { Statement } from '../../../schemas/ports/index.ts';
import { toLocal } from '../../../schemas/time/index.ts';
import { type CompiledEntity, quote } from './entity.ts';
import { placeholders, whereSql } from './where.ts';

const dayMs = 86_400_000;

/**
 * The write for the records of an entity that are past their time at `now` (epoch milliseconds), at most `limit` of them; undefined
 * for an entity that keeps everything. Optional personal fields become null, required texts "[erased]"; those done already do not
 * match again. Dates count in the client's `zone`.
 */
export function retentionSql(entity: CompiledEntity, now: number, zone: string, limit = 500): Statement | undefined {
  const { retention } = entity.json;
  if (!retention) return undefined;
  const from = entity.byName.get(retention.from)!;
  const before = now - retention.after * dayMs;
  const target = placeholders(name => (name === 'now' ? now : undefined));
  const conditions = [
    `${from.columns[0]} < ${target.value(from.json.kind === 'date' ? toLocal(before, zone).date : before)}`,
    whereSql(entity, retention.where, target),
  ];
  const table = quote(entity.table);
  const due = (more: readonly string[]) =>
    `"id" IN (SELECT "id" FROM ${table} WHERE ${[...conditions, ...more].join(' AND ')} ORDER BY "id" LIMIT ${limit})`;
  if (retention.action === 'delete') return { sql: `DELETE FROM ${table} WHERE ${due([])}`, args: target.args };
  const erased = entity.fields.flatMap(({ json, columns }) => {
    if (!json.pii) return [];
    const value = json.required && json.kind === 'text' && !json.encrypted && !json.translated ? `'[erased]'` : 'NULL';
    return columns.map(column => ({ column, value }));
  });
  if (erased.length === 0) return undefined;
  const left = `(${erased.map(({ column, value }) => `${column} IS NOT ${value}`).join(' OR ')})`;
  const set = [...erased.map(({ column, value }) => `${column} = ${value}`), '"updated_at" = ?', '"rev" = "rev" + 1'];
  return { sql: `UPDATE ${table} SET ${set.join(', ')} WHERE ${due([left])}`, args: [now, ...target.args] };
}
