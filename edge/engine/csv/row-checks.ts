/** What a store says of an import's rows before they are written: values that are taken, references that lead nowhere. */
import type { SqlValue } from '../../../schemas/ports/index.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { demandsOf } from '../../files/file-rules.ts';
import { type CompiledEntity, completeDraft, quote } from '../compile/entity.ts';
import { idsAt } from '../compile/references.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { type ImportEntry, keyText, type RowError, sqlJson } from './import-plan.ts';

interface Unique {
  readonly fields: readonly string[];
  readonly columns: readonly string[];
  readonly code: string;
}

/** Those that hold for every row; one with a condition of its own is the commit's to judge. */
function uniquesOf({ fields, json, byName }: CompiledEntity): Unique[] {
  const own = fields.flatMap(field =>
    field.json.unique && !field.json.hidden
      ? [{ fields: [field.name], columns: field.columns, code: 'ALREADY_EXISTS' }]
      : [],
  );
  const constraints = (json.constraints ?? []).flatMap(({ unique, where, code = 'ALREADY_EXISTS' }) =>
    unique && !where ? [{ fields: unique, columns: unique.map(name => byName.get(name)!.columns[0]!), code }] : [],
  );
  return [...own, ...constraints];
}

/** Entries that a value of another record, or of an earlier row, keeps out; they are judged in order, as they are written. */
export async function takenValues(
  work: UnitOfWork,
  entity: CompiledEntity,
  entries: readonly ImportEntry[],
): Promise<RowError[]> {
  const errors = uniquesOf(entity).map(async unique => {
    const keyOf = (values: Readonly<Record<string, unknown>>): string | undefined => {
      const parts = unique.fields.flatMap(name => {
        const { codec, columns } = entity.byName.get(name)!;
        return codec.toSql(values[name]).slice(0, unique.fields.length === 1 ? columns.length : 1);
      });
      return parts.includes(null) ? undefined : sqlJson(parts);
    };
    const wanted = entries.map(({ record, values }) =>
      keyOf(record ? { ...record, ...values } : completeDraft(entity, values)),
    );
    const keys = [...new Set(wanted.flatMap(key => key ?? []))];
    if (keys.length === 0) return [];
    const parts = unique.columns.map((_, i) => `value ->> ${i}`).join(', ');
    const { rows } = await work.read(
      `SELECT "id", ${unique.columns.join(', ')} FROM ${quote(entity.table)} WHERE (${unique.columns.join(', ')}) IN (SELECT ${parts} FROM json_each(?))`,
      [`[${keys.join(',')}]`],
    );
    const holders = new Map<string, string | number>();
    for (const [id, ...values] of rows as (readonly SqlValue[])[]) holders.set(sqlJson(values), String(id));
    return entries.flatMap(({ record, rows: [row] }, i): RowError[] => {
      const before = record && keyOf(record);
      const key = wanted[i];
      const holder = key === undefined ? undefined : holders.get(key);
      if (holder === undefined || holder === record?.id) {
        if (before !== undefined && before !== key) holders.delete(before);
        if (key !== undefined) holders.set(key, record?.id ?? row!);
        return [];
      }
      const message = typeof holder === 'number' ? `Row ${holder} has it already` : 'This is taken';
      return unique.fields.map(name => ({ row: row!, pointer: `/${name}`, code: unique.code, message }));
    });
  });
  return (await Promise.all(errors)).flat();
}

/** Files that are not what their fields take. */
export async function wrongFiles(
  work: UnitOfWork,
  actor: Actor,
  entity: CompiledEntity,
  entries: readonly ImportEntry[],
): Promise<RowError[]> {
  const errors = entity.fields.flatMap(({ name, files }) =>
    files.map(async ({ path, node }) => {
      const named = entries.flatMap(({ rows: [row], values, record }) =>
        record && sqlText(record[name]) === sqlText(values[name])
          ? []
          : idsAt(values[name], path, `/${name}`).map(found => ({ ...found, row: row! })),
      );
      if (named.length === 0) return [];
      const demands = demandsOf(node, actor);
      const { rows } = await work.read(
        `SELECT j.value, ${demands.map(({ sql }) => `coalesce(${sql}, 0)`).join(', ')} FROM json_each(?) j LEFT JOIN "_file" f ON f."id" = j.value`,
        [...demands.flatMap(({ args }) => args), JSON.stringify([...new Set(named.map(({ id }) => id))])],
      );
      const wrong = new Map(rows.map(([id, ...met]) => [id, demands.find((_demand, i) => Number(met[i]) === 0)]));
      return named.flatMap(({ id, pointer, row }): RowError[] => {
        const demand = wrong.get(id);
        return demand ? [{ row, pointer, code: demand.code, message: demand.message }] : [];
      });
    }),
  );
  return (await Promise.all(errors)).flat();
}

const sqlText = (value: unknown): string => JSON.stringify(value ?? null);

/** References to records that are not there. */
export async function danglingReferences(
  work: UnitOfWork,
  entity: CompiledEntity,
  entries: readonly ImportEntry[],
): Promise<RowError[]> {
  const errors = entity.fields.flatMap(({ name, refs }) =>
    refs.map(async ({ path, table }) => {
      const named = entries.flatMap(({ rows: [row], values }) =>
        idsAt(values[name], path, `/${name}`).map(found => ({ ...found, row: row! })),
      );
      if (named.length === 0) return [];
      const ids = JSON.stringify([...new Set(named.map(({ id }) => id))]);
      const { rows } = await work.read(
        `SELECT "id" FROM ${quote(table)} WHERE "id" IN (SELECT value FROM json_each(?))`,
        [ids],
      );
      const there = new Set(rows.map(([id]) => keyText(id!)));
      return named.flatMap(({ id, pointer, row }): RowError[] =>
        there.has(id)
          ? []
          : [{ row, pointer, code: 'NOT_FOUND', message: 'A record that this points to is not there' }],
      );
    }),
  );
  return (await Promise.all(errors)).flat();
}
