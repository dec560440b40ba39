/** Which fields of its records a read asks for: all of them, or those that a handler names. */
import type { SqlRow } from '../compile/codec.ts';
import type { CompiledEntity, RecordValues } from '../compile/entity.ts';

export interface Selection {
  /** SQL text. */
  readonly columns: string;
  decode(row: SqlRow): RecordValues;
}

/** The named fields and the id. Throws TypeError for a field that the entity lacks or that is encrypted. */
export function selectionOf(entity: CompiledEntity, names: readonly string[]): Selection {
  let at = 0;
  const parts = [...new Set(['id', ...names])].map(name => {
    const field = entity.byName.get(name);
    if (!field || field.json.encrypted) throw new TypeError(`"${name}" of ${entity.table} cannot be asked for by name`);
    const from = at;
    at += field.columns.length;
    return { field, from };
  });
  return {
    columns: parts.flatMap(({ field }) => field.columns).join(', '),
    decode(row) {
      const record: Record<string, unknown> = {};
      for (const { field, from } of parts) record[field.name] = field.codec.fromSql(row, from);
      return record as RecordValues;
    },
  };
}
