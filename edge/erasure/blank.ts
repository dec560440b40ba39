/** What is left of a record once the person is taken out of it: ids, times and amounts, no name. */
import type { FieldJson } from '../../schemas/module/index.ts';
import type { SqlValue } from '../../schemas/ports/index.ts';
import type { CompiledEntity, CompiledField } from '../engine/compile/entity.ts';
import { ERASED } from '../engine/sealing.ts';

export { ERASED };

/** A row by its column names, without their quotes. */
export type Columns = Readonly<Record<string, SqlValue>>;

const nested = (node: FieldJson): readonly FieldJson[] =>
  node.kind === 'list' ? [node.of] : node.kind === 'object' ? Object.values(node.fields) : [];

/** Whether the field, or a part of it, names or describes a person. */
export const holdsPii = (node: FieldJson): boolean => node.pii === true || nested(node).some(holdsPii);

export const piiFields = (entity: CompiledEntity): readonly CompiledField[] =>
  entity.fields.filter(({ json }) => holdsPii(json));

/** Column names of fields that hold an address to reach a person by. */
export const emailColumns = (entity: CompiledEntity): string[] =>
  entity.fields.flatMap(({ json, columns }) =>
    json.pii && json.kind === 'text' && json.format === 'email' ? [columns[0]!.slice(1, -1)] : [],
  );

/** New values for the columns that held something personal; empty where none did. */
export function blanked(entity: CompiledEntity, row: Columns): Record<string, SqlValue> {
  const changes: Record<string, SqlValue> = {};
  for (const { json, columns } of piiFields(entity)) {
    for (const [index, quoted] of columns.entries()) {
      const column = quoted.slice(1, -1);
      const value = row[column];
      if (value == null) continue;
      // What is sealed goes whole: nothing here can open it.
      if (json.encrypted) changes[column] = json.required ? ERASED : null;
      else if (json.pii) changes[column] = stub(json, index, row);
      else changes[column] = JSON.stringify(blankedPart(json, JSON.parse(`${value}`)));
    }
  }
  return changes;
}

/** What must be there becomes a stub that reads as one; the rest becomes nothing. */
function stub(json: FieldJson, index: number, row: Columns): SqlValue {
  const isPlainText = json.kind === 'richText' || (json.kind === 'text' && json.format === undefined);
  if (index > 0 || !isPlainText || !json.required) return null;
  return json.unique ? `${ERASED} ${row['id']}` : ERASED;
}

function blankedPart(node: FieldJson, value: unknown): unknown {
  if (value == null) return value;
  if (node.pii) return node.required && (node.kind === 'text' || node.kind === 'richText') ? ERASED : null;
  if (node.kind === 'list' && Array.isArray(value)) return value.map(item => blankedPart(node.of, item));
  if (node.kind !== 'object') return value;
  const entries = Object.entries(value).map(([name, part]) => {
    const inner = node.fields[name];
    return [name, inner ? blankedPart(inner, part) : part];
  });
  return Object.fromEntries(entries);
}
