/** The files of one person: those in blanked fields, and those that blanked records own. */
import type { Statement } from '../../schemas/ports/index.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import { type Columns, ERASED } from './blank.ts';
import { type Found, nameOf } from './find-person.ts';

/** Files in the personal fields that are blanked, in lists too. Their ids tell nothing of the person. */
export function filesNamed(
  { fields }: CompiledEntity,
  row: Columns,
  blankedColumns: readonly string[],
): { readonly columns: ReadonlySet<string>; readonly ids: readonly string[] } {
  const columns = new Set<string>();
  const ids: string[] = [];
  for (const { json, columns: own } of fields) {
    const name = own[0]?.slice(1, -1) ?? '';
    const isList = json.kind === 'list' && json.of.kind === 'file';
    if (!blankedColumns.includes(name) || (json.kind !== 'file' && !isList)) continue;
    columns.add(name);
    const value = row[name];
    if (typeof value === 'string') ids.push(...(isList ? (JSON.parse(value) as string[]) : [value]));
  }
  return { columns, ids };
}

/** A condition on rows of `_file` that are there and theirs; `ids` are those that a field named. */
export function filesOf(records: readonly Found[], ids: readonly string[]): Required<Statement> {
  const owners = records.map(({ entity, row }) => `${nameOf(entity)}:${row['id']}`);
  return {
    sql: `("owner" IN (SELECT value FROM json_each(?)) OR "id" IN (SELECT value FROM json_each(?))) AND "name" <> ?`,
    args: [JSON.stringify(owners), JSON.stringify(ids), ERASED],
  };
}
