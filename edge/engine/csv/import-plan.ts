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

export interface ImportPlan {
  readonly created: { readonly draft: Values }[];
  readonly changed: { readonly record: RecordValues; readonly patch: Values }[];
  /** Rows that found their record, also one that an earlier row of the file makes. */
  readonly updates: number;
  readonly errors: RowError[];
  readonly failedRows: number;
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
    for (const { message } of parsed.error.issues)
      errors.push({ row, pointer: `/${match.name}`, code: 'INVALID', message });
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

/** `found`: the records whose match field has a row's key. */
export function planImport(
  entity: CompiledEntity,
  read: ReturnType<typeof readRows>,
  found: ReadonlyMap<SqlValue, readonly RecordValues[]>,
): ImportPlan {
  const created: { draft: Values }[] = [];
  const changed = new Map<string, { record: RecordValues; patch: Values }>();
  const made = new Map<SqlValue, { draft: Values }>();
  const errors: RowError[] = [...read.errors];
  let updates = 0;
  for (const { row, input, key } of read.rows) {
    const records = key === undefined ? [] : (found.get(key) ?? []);
    if (records.length > 1) {
      const message = 'Several records have this value';
      errors.push({ row, pointer: `/${read.match!.name}`, code: 'AMBIGUOUS', message });
      continue;
    }
    const earlier = key === undefined ? undefined : made.get(key);
    const known = records[0] ?? earlier;
    const parsed = (known ? entity.patchSchema : entity.createSchema).safeParse(input);
    if (!parsed.success) {
      errors.push(...fieldProblems(parsed.error).map(problem => ({ ...problem, row })));
      continue;
    }
    const values = parsed.data as Values;
    if (!known) {
      const entry = { draft: values };
      created.push(entry);
      if (key !== undefined) made.set(key, entry);
      continue;
    }
    updates += 1;
    if (earlier) Object.assign(earlier.draft, values);
    else {
      const record = records[0]!;
      const patch = { ...changed.get(record.id)?.patch, ...values };
      changed.set(record.id, { record, patch });
    }
  }
  const failedRows = new Set(errors.map(error => error.row)).size;
  return { created, changed: [...changed.values()], updates, errors, failedRows };
}
