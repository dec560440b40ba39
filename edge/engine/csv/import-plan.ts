/** What an import would do: each row a new record, a change of one that matches, or an error. */
import Papa from 'papaparse';
import * as z from 'zod';
import { type FieldProblem, Problem } from '../../../schemas/errors/index.ts';
import { fieldProblems } from '../../../schemas/errors/validate.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import type { CompiledEntity, CompiledField, RecordValues } from '../compile/entity.ts';
import { headersOf, readCell } from './cells.ts';

const mostRows = 2_000;
type Values = Record<string, unknown>;

export const importSchema = z.strictObject({
  csv: z.string().optional(),
  rows: z.array(z.record(z.string(), z.unknown())).max(mostRows).optional(),
  /** Column -> field; without it columns are named as fields are. */
  mapping: z.record(z.string(), z.string()).optional(),
  /** Field by whose value a row finds the record to change. */
  match: z.string().optional(),
  dryRun: z.boolean().default(false),
});
export type ImportInput = z.output<typeof importSchema>;

/** `row` counts from 1, without the header. */
export interface RowError extends FieldProblem {
  readonly row: number;
}

export interface ImportRow {
  readonly row: number;
  readonly input: Values;
  /** What the match field holds, as it is stored; undefined where nothing is matched. */
  readonly key: SqlValue | undefined;
}

/** One record to be written, with what all its rows say. */
export interface ImportEntry {
  /** In order; the first one names the entry. */
  readonly rows: number[];
  /** As it was read; undefined for a new one. */
  readonly record: RecordValues | undefined;
  readonly values: Values;
}

export interface ImportPlan {
  readonly entries: readonly ImportEntry[];
  readonly errors: readonly RowError[];
}

const invalid = (pointer: string, code: string, message: string) =>
  Problem.of('VALIDATION_FAILED', { errors: [{ pointer, code, message }] });

const isWritable = ({ builtIn, json }: CompiledField) =>
  !builtIn && !json.readOnly && !json.hidden && !('encrypted' in json && json.encrypted);

/** Rows as objects by column. Throws VALIDATION_FAILED. */
function rowsOf({ csv, rows }: ImportInput): readonly Values[] {
  if ((csv === undefined) === (rows === undefined)) throw invalid('/csv', 'REQUIRED', 'Send either "csv" or "rows"');
  if (rows) return rows;
  const parsed = Papa.parse<Values>(csv!, { header: true, skipEmptyLines: 'greedy' });
  const broken = parsed.errors.find(({ type }) => type === 'Quotes');
  if (broken) throw invalid('/csv', 'UNREADABLE', `Row ${(broken.row ?? 0) + 1}: ${broken.message}`);
  if (parsed.data.length > mostRows) throw invalid('/csv', 'TOO_BIG', `Import at most ${mostRows} rows at a time`);
  return parsed.data;
}

/** Column -> field's column name, such as `price.amount`. Columns that only the engine sets are left out where nothing was mapped. */
function columnsOf(entity: CompiledEntity, input: ImportInput, rows: readonly Values[]): Map<string, string> {
  const writable = new Set(entity.fields.filter(isWritable).flatMap(headersOf));
  const known = new Set(entity.fields.filter(({ json }) => !json.hidden).flatMap(headersOf));
  const present = new Set(rows.flatMap(row => Object.keys(row)));
  const mapping = input.mapping ?? Object.fromEntries([...present].map(name => [name, name]));
  const columns = new Map<string, string>();
  for (const [column, target] of Object.entries(mapping)) {
    const pointer = `/mapping/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!present.has(column)) throw invalid(pointer, 'UNKNOWN_COLUMN', 'The file has no such column');
    if (writable.has(target)) columns.set(column, target);
    else if (input.mapping || !known.has(target)) throw invalid(pointer, 'UNKNOWN_FIELD', `"${target}" cannot be set`);
  }
  return columns;
}

export type ReadRows = ReturnType<typeof readRows>;

/** The rows with their values as the API takes them. Throws VALIDATION_FAILED. */
export function readRows(entity: CompiledEntity, input: ImportInput) {
  const rows = rowsOf(input);
  const columns = columnsOf(entity, input, rows);
  const match = input.match === undefined ? undefined : entity.byName.get(input.match);
  const comparable = match && isWritable(match) && !['money', 'list', 'object', 'json'].includes(match.json.kind);
  if (input.match !== undefined && !(comparable && [...columns.values()].includes(input.match))) {
    throw invalid('/match', 'UNKNOWN_FIELD', 'Match by a field that a column is mapped to');
  }
  const errors: RowError[] = [];
  const good = rows.flatMap((source, i): ImportRow[] => {
    const row = i + 1;
    const values = inputOf(entity, columns, source);
    if (!match || values[match.name] === undefined) return [{ row, input: values, key: undefined }];
    const parsed = match.codec.schema.safeParse(values[match.name]);
    if (parsed.success) return [{ row, input: values, key: match.codec.toSql(parsed.data)[0] ?? undefined }];
    for (const problem of fieldProblems(parsed.error)) {
      errors.push({ ...problem, row, pointer: `/${match.name}${problem.pointer}` });
    }
    return [];
  });
  return { rows: good, errors, match, fields: new Set([...columns.values()].map(name => name.split('.')[0]!)) };
}

function inputOf(entity: CompiledEntity, columns: ReadonlyMap<string, string>, source: Values): Values {
  const input: Values = {};
  for (const [column, target] of columns) {
    const [name, part] = target.split('.') as [string, string | undefined];
    const { json } = entity.byName.get(name)!;
    if (!part) {
      const value = readCell(json, source[column]);
      if (value !== undefined) input[name] = value;
      continue;
    }
    const value = readCell({ kind: part === 'amount' ? 'int' : 'text', required: false }, source[column]);
    if (value !== undefined) input[name] = { ...(input[name] as object), [part]: value };
  }
  return input;
}

/** `found`: the records whose match field has a row's key, by `keyText`. */
export function planImport(
  entity: CompiledEntity,
  read: ReadRows,
  found: ReadonlyMap<string, readonly RecordValues[]>,
): ImportPlan {
  const entries: ImportEntry[] = [];
  const begun = new Map<string, ImportEntry>();
  const errors: RowError[] = [...read.errors];
  for (const { row, input, key } of read.rows) {
    const records = key === undefined ? [] : (found.get(keyText(key)) ?? []);
    if (records.length > 1) {
      const message = 'Several records have this value';
      errors.push({ row, pointer: `/${read.match!.name}`, code: 'AMBIGUOUS', message });
      continue;
    }
    const name = records[0]?.id ?? (key === undefined ? undefined : `new:${keyText(key)}`);
    const earlier = name === undefined ? undefined : begun.get(name);
    const schema = records[0] || earlier ? entity.patchSchema : entity.createSchema;
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      errors.push(...fieldProblems(parsed.error, input).map(problem => ({ ...problem, row })));
    } else if (earlier) {
      earlier.rows.push(row);
      Object.assign(earlier.values, parsed.data);
    } else {
      const entry = { rows: [row], record: records[0], values: { ...(parsed.data as Values) } };
      entries.push(entry);
      if (name !== undefined) begun.set(name, entry);
    }
  }
  return { entries, errors };
}

/** A key as it is looked up by: a number read back is not always of the kind that was written. */
export const keyText = (key: SqlValue): string => String(key);

/** SQL values as JSON text; `JSON.stringify` knows no bigint. */
export const sqlJson = (values: readonly SqlValue[]): string =>
  `[${values.map(value => (typeof value === 'bigint' ? value.toString() : JSON.stringify(value))).join(',')}]`;
