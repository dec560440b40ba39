/** An entity made ready to run: its table, its columns, and how rows become values. */
import type * as z from 'zod';
import { type EntityJson, type FieldJson, type ManifestJson, moduleName } from '../../../schemas/module/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import { type Codec, codecOf, inputSchema, type SqlRow } from './codec.ts';

export interface CompiledField {
  readonly name: string;
  readonly json: FieldJson;
  readonly codec: Codec;
  /** Quoted column names, one for each of the codec's columns. */
  readonly columns: readonly string[];
  /** Index of the first column in a selected row. */
  readonly at: number;
  /** One of id, createdAt, updatedAt, rev, deletedAt. */
  readonly builtIn: boolean;
}

export interface CompiledEntity {
  readonly module: string;
  readonly name: string;
  /** Unquoted; quote it with `quote`. */
  readonly table: string;
  readonly json: EntityJson;
  readonly fields: readonly CompiledField[];
  readonly byName: ReadonlyMap<string, CompiledField>;
  /** Quoted column list of a whole row. */
  readonly selectList: string;
  readonly createSchema: z.ZodType;
  readonly patchSchema: z.ZodType;
}

/** A stored record as handlers see it. */
export type RecordValues = { id: string; createdAt: number; updatedAt: number; rev: number } & Record<string, unknown>;

export const quote = (name: string): string => `"${name}"`;
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** Module names have no underscore, so the first one splits the two halves and no two entities share a table. */
export const tableName = (module: string, entity: string): string => `${module}_${snakeCase(entity)}`;

/** The table behind a ref such as `resource` or `calendar.resource`. */
export function refTable(module: string, to: string): string {
  const [owner, target] = to.includes('.') ? (to.split('.') as [string, string]) : [module, to];
  return tableName(owner, target);
}

const builtIns: Readonly<Record<string, FieldJson>> = {
  id: { kind: 'text', required: true, readOnly: true },
  createdAt: { kind: 'instant', required: true, readOnly: true },
  updatedAt: { kind: 'instant', required: true, readOnly: true },
  rev: { kind: 'int', required: true, readOnly: true },
};

const deletedAt: FieldJson = { kind: 'instant', required: false, readOnly: true };
const builtInFields = (json: EntityJson) => (json.softDelete ? { ...builtIns, deletedAt } : builtIns);

export function compileEntity(manifest: ManifestJson, name: string): CompiledEntity {
  const json = manifest.entities[name];
  if (!json) throw new Error(`${manifest.id} has no entity "${name}"`);
  const module = moduleName(manifest);
  const fields: CompiledField[] = [];
  let at = 0;
  const add = (field: string, node: FieldJson, builtIn: boolean) => {
    const codec = codecOf(node);
    const columns = codec.columns.map(column => quote(snakeCase(field) + column.suffix));
    fields.push({ name: field, json: node, codec, columns, at, builtIn });
    at += columns.length;
  };
  for (const [field, node] of Object.entries(builtInFields(json))) add(field, node, true);
  for (const [field, node] of Object.entries(json.fields)) add(field, node, false);
  const writable = Object.fromEntries(Object.entries(json.fields).filter(([, node]) => !node.readOnly && !node.hidden));
  return {
    module,
    name,
    table: tableName(module, name),
    json,
    fields,
    byName: new Map(fields.map(field => [field.name, field])),
    selectList: fields.flatMap(field => field.columns).join(', '),
    createSchema: inputSchema(writable),
    patchSchema: inputSchema(writable, { partial: true }),
  };
}

/** A selected row as a handler sees it. */
export function decodeRow(entity: CompiledEntity, row: SqlRow): RecordValues {
  const record: Record<string, unknown> = {};
  for (const field of entity.fields) record[field.name] = field.codec.fromSql(row, field.at);
  return record as RecordValues;
}

/** A record as JSON, with only these fields where given; hidden ones never. */
export function recordJson(
  entity: CompiledEntity,
  record: RecordValues,
  only?: ReadonlySet<string>,
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const field of entity.fields) {
    if (field.json.hidden || (only && !field.builtIn && !only.has(field.name))) continue;
    json[field.name] = field.codec.toJson(record[field.name]);
  }
  return json;
}

/** Column-value pairs for the fields present in `values`. */
export function columnValues(
  entity: CompiledEntity,
  values: Readonly<Record<string, unknown>>,
): { columns: string[]; args: SqlValue[] } {
  const columns: string[] = [];
  const args: SqlValue[] = [];
  for (const field of entity.fields) {
    if (!(field.name in values)) continue;
    columns.push(...field.columns);
    args.push(...field.codec.toSql(values[field.name]));
  }
  return { columns, args };
}

/** Fills in what a draft leaves out: defaults, null for optional fields, the initial state. Throws on a missing required field. */
export function completeDraft(
  entity: CompiledEntity,
  draft: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of entity.fields) {
    if (field.builtIn) continue;
    const initial = entity.json.states?.field === field.name ? entity.json.states.initial : undefined;
    const value = draft[field.name] ?? initial ?? field.json.default ?? null;
    if (value === null && field.json.required) throw new TypeError(`${entity.table}.${field.name} is missing`);
    values[field.name] = value;
  }
  for (const name of Object.keys(draft)) {
    if (!entity.byName.has(name)) throw new TypeError(`${entity.table} has no field "${name}"`);
  }
  return values;
}
