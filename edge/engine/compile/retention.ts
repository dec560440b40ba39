/** What a record's age asks for: which records are past their time, and the write that lets go of them or of the person in them. */
import type { Statement } from '../../../schemas/ports/index.ts';
import { toLocal } from '../../../schemas/time/index.ts';
import { type CompiledEntity, quote } from './entity.ts';
import { placeholders, whereSql } from './where.ts';

const dayMs = 86_400_000;

/** A column that keeps the record it points to from going. */
export interface Referrer {
  readonly table: string;
  readonly column: string;
}

export interface CompiledRetention {
  readonly action: 'delete' | 'anonymise';
  /** Ids of records that are past their time, at most `limit`. */
  readonly due: Statement;
  /** How many of the ids still are there. */
  still(ids: readonly string[]): Statement;
  /** Touches exactly those. */
  write(ids: readonly string[]): Statement;
}

/**
 * Undefined for an entity that keeps everything. Dates count in the client's `zone`, `now` is in epoch milliseconds. What others
 * point to stays until they have gone. Optional personal fields become null, required texts "[erased]"; those done already are not due again.
 */
export function retentionOf(
  entity: CompiledEntity,
  now: number,
  zone: string,
  referrers: readonly Referrer[],
  limit: number,
): CompiledRetention | undefined {
  const { retention } = entity.json;
  if (!retention) return undefined;
  const table = quote(entity.table);
  const erased = retention.action === 'delete' ? [] : erasedColumns(entity);
  if (retention.action === 'anonymise' && erased.length === 0) return undefined;
  const from = entity.byName.get(retention.from)!;
  const before = now - retention.after * dayMs;
  const target = placeholders(name => (name === 'now' ? now : undefined));
  const conditions = [
    `${from.columns[0]} < ${target.value(from.json.kind === 'date' ? toLocal(before, zone).date : before)}`,
    whereSql(entity, retention.where, target),
    ...(retention.action === 'delete'
      ? referrers.map(
          by => `NOT EXISTS (SELECT 1 FROM ${quote(by.table)} r WHERE r.${quote(by.column)} = ${table}."id")`,
        )
      : [`(${erased.map(({ column, value }) => `${column} IS NOT ${value}`).join(' OR ')})`]),
  ];
  const among = '"id" IN (SELECT value FROM json_each(?))';
  const set = [...erased.map(({ column, value }) => `${column} = ${value}`), '"updated_at" = ?', '"rev" = "rev" + 1'];
  return {
    action: retention.action,
    due: {
      sql: `SELECT "id" FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY "id" LIMIT ${limit}`,
      args: target.args,
    },
    still: ids => ({ sql: `SELECT count(*) FROM ${table} WHERE ${among}`, args: [JSON.stringify(ids)] }),
    write: ids =>
      retention.action === 'delete'
        ? { sql: `DELETE FROM ${table} WHERE ${among}`, args: [JSON.stringify(ids)] }
        : { sql: `UPDATE ${table} SET ${set.join(', ')} WHERE ${among}`, args: [now, JSON.stringify(ids)] },
  };
}

function erasedColumns(entity: CompiledEntity): { readonly column: string; readonly value: string }[] {
  return entity.fields.flatMap(({ json, columns }) => {
    if (!json.pii) return [];
    const value = json.required && json.kind === 'text' && !json.encrypted && !json.translated ? `'[erased]'` : 'NULL';
    return columns.map(column => ({ column, value }));
  });
}
