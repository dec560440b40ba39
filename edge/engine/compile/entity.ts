/** An entity made ready to run: its table, its columns, and how rows become values. */
import type * as z from 'zod';
import {
  type EntityJson,
  type FieldJson,
  ManifestError,
  type ManifestJson,
  moduleName,
  type Translated,
  textFor,
} from '../../../schemas/module/index.ts';
import { type FileRule, fileRulesOf } from '../../files/file-rules.ts';
import { type Codec, codecOf, inputSchema, type SqlRow } from './codec.ts';
import { columnName, tableName } from './naming.ts';
import { type Reference, referencesOf } from './references.ts';
import { compileRules, type EntityRules } from './rules.ts';
import type { CompiledSequence } from './sequence.ts';
import { compileSequences } from './sequence.ts';

export interface CompiledField {
  readonly name: string;
  readonly json: FieldJson;
  readonly codec: Codec;
  /** Quoted column names, one for each of the codec's columns. */
  readonly columns: readonly string[];
  /** What the columns' names begin with, and an index's name is made of; stays when the field is renamed. */
  readonly column: string;
  /** Index of the first column in a selected row. */
  readonly at: number;
  /** One of id, createdAt, updatedAt, rev, deletedAt. */
  readonly builtIn: boolean;
  /** False for what is encrypted or structured. */
  readonly filterable: boolean;
  /** Table that a ref, or each element of a list of them, points to. */
  readonly refTable?: string;
  /** Its references, also those within lists and objects. */
  readonly refs: readonly Reference[];
  /** The places in it that hold ids of files. */
  readonly files: readonly FileRule[];
  /** Set where another module added the field. */
  readonly extension?: FieldExtension;
}

/** The module that added a field to another's entity, and which roles it lets read and write it. */
export interface FieldExtension {
  readonly module: string;
  /** Its name in that module. */
  readonly field: string;
  readonly access: Readonly<Record<string, { readonly read?: boolean; readonly write?: boolean }>>;
}

export interface CompiledEntity {
  readonly module: string;
  readonly name: string;
  /** Unquoted; quote it with `quote`. */
  readonly table: string;
  /** With the fields that other modules have added. */
  readonly json: EntityJson;
  readonly fields: readonly CompiledField[];
  /** Those of `fields` that other modules have added. */
  readonly added: readonly CompiledField[];
  readonly byName: ReadonlyMap<string, CompiledField>;
  /** Quoted column list of a whole row. */
  readonly selectList: string;
  readonly createSchema: z.ZodType;
  readonly patchSchema: z.ZodType;
  readonly rules: EntityRules;
  readonly sequences: readonly CompiledSequence[];
  /** Whether some field has a text for each locale. */
  readonly translated: boolean;
  /** Fields that are sealed at rest. */
  readonly encrypted: readonly CompiledField[];
}

export { snakeCase } from './naming.ts';

/** A stored record as handlers see it. */
export type RecordValues = { id: string; createdAt: number; updatedAt: number; rev: number } & Record<string, unknown>;

export const quote = (name: string): string => `"${name}"`;

const builtIns: Readonly<Record<string, FieldJson>> = {
  id: { kind: 'text', required: true, readOnly: true },
  createdAt: { kind: 'instant', required: true, readOnly: true },
  updatedAt: { kind: 'instant', required: true, readOnly: true },
  rev: { kind: 'int', required: true, readOnly: true },
};

const deletedAt: FieldJson = { kind: 'instant', required: false, readOnly: true };
const builtInFields = (json: EntityJson) => (json.softDelete ? { ...builtIns, deletedAt } : builtIns);

/** A field that is not its entity's own: its member name, its node, its column and who added it. */
export interface AddedField {
  readonly name: string;
  readonly json: FieldJson;
  readonly column: string;
  readonly extension: FieldExtension;
}

export interface EntityOptions {
  /** Table of an entity of another module, `module.entity`. */
  readonly tableOf?: (target: string) => string | undefined;
  readonly added?: readonly AddedField[];
}

const structured = new Set<FieldJson['kind']>(['geo', 'address']);

/** Throws `ManifestError` on an expression that is not one and on two fields that would share a column. */
export function compileEntity(manifest: ManifestJson, name: string, options: EntityOptions = {}): CompiledEntity {
  const declared = manifest.entities[name];
  if (!declared) throw new Error(`${manifest.id} has no entity "${name}"`);
  const own = withStateKept(declared);
  const added = options.added ?? [];
  const json: EntityJson =
    added.length === 0
      ? own
      : { ...own, fields: { ...own.fields, ...Object.fromEntries(added.map(field => [field.name, field.json])) } };
  const module = moduleName(manifest);
  const fields: CompiledField[] = [];
  const owner = new Map<string, string>();
  let at = 0;
  const add = (
    field: string,
    node: FieldJson,
    extra: { column?: string; builtIn?: boolean; added?: FieldExtension },
  ) => {
    const codec = codecOf(node);
    const column = extra.column ?? node.column ?? columnName(field);
    const columns = codec.columns.map(({ suffix }) => quote(column + suffix));
    const refs = referencesOf(node, to => tableBehind(manifest, to, options));
    for (const taken of columns) {
      const other = owner.get(taken);
      if (other) throw new ManifestError([`entities.${name}.fields: "${field}" and "${other}" would share ${taken}`]);
      owner.set(taken, field);
    }
    fields.push({
      name: field,
      json: node,
      codec,
      columns,
      column,
      at,
      builtIn: extra.builtIn ?? false,
      filterable: !node.encrypted && !node.translated && !structured.has(node.kind),
      refTable: refs.find(({ path }) => path.length === 0 || path.join() === '*')?.table,
      refs,
      files: fileRulesOf(node),
      extension: extra.added,
    });
    at += columns.length;
  };
  for (const [field, node] of Object.entries(builtInFields(json))) {
    add(field, node, { builtIn: true, column: columnName(field) });
  }
  for (const [field, node] of Object.entries(own.fields)) add(field, node, {});
  for (const { name: field, json: node, column, extension } of added) {
    add(field, node, { column, added: extension });
  }
  const writable = Object.fromEntries(
    fields.flatMap(({ name: field, json: node, builtIn }) =>
      builtIn || node.readOnly || node.hidden ? [] : [[field, node] as const],
    ),
  );
  const table = json.table ?? tableName(manifest.id, name);
  return {
    module,
    name,
    table,
    json,
    fields,
    added: fields.filter(field => field.extension),
    byName: new Map(fields.map(field => [field.name, field])),
    selectList: fields.flatMap(field => field.columns).join(', '),
    createSchema: inputSchema(writable),
    patchSchema: inputSchema(writable, { partial: true }),
    rules: compileRules(name, json),
    sequences: compileSequences(table, fields),
    translated: fields.some(field => field.json.translated),
    encrypted: fields.filter(field => field.json.encrypted),
  };
}

/** The state is the transitions' alone, whether its author wrote so or not: no schema, surface or import may offer it. */
function withStateKept(json: EntityJson): EntityJson {
  const field = json.states?.field;
  const node = field === undefined ? undefined : json.fields[field];
  return node ? { ...json, fields: { ...json.fields, [field!]: { ...node, readOnly: true } } } : json;
}

/** The table behind a ref to such as `resource` or `calendar.resource`. */
function tableBehind(manifest: ManifestJson, to: string, { tableOf }: EntityOptions): string {
  if (!to.includes('.')) return manifest.entities[to]?.table ?? tableName(manifest.id, to);
  const [owner, target] = to.split('.') as [string, string];
  return tableOf?.(to) ?? tableName(`inlay.${owner}`, target);
}

/** Opens what is sealed in a row; null for what is not. */
export type RowOpener = (entity: CompiledEntity, record: RecordValues) => void;

/** A selected row as a handler sees it. Without an opener, what is encrypted stays null. */
export function decodeRow(entity: CompiledEntity, row: SqlRow, open?: RowOpener): RecordValues {
  const record: Record<string, unknown> = {};
  for (const field of entity.fields) record[field.name] = field.codec.fromSql(row, field.at);
  if (entity.encrypted.length > 0) {
    if (open) open(entity, record as RecordValues);
    else for (const field of entity.encrypted) record[field.name] = null;
  }
  return record as RecordValues;
}

/** A record as JSON, with only these fields where given; hidden ones never. With a locale, translated texts are the one that it wants most. */
export function recordJson(
  entity: CompiledEntity,
  record: RecordValues,
  only?: ReadonlySet<string>,
  locale?: { readonly read: readonly string[] },
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const field of entity.fields) {
    if (field.json.hidden || (only && !field.builtIn && !only.has(field.name))) continue;
    const value = record[field.name];
    json[field.name] =
      locale && field.json.translated && value != null
        ? (textFor(value as Translated, locale.read) ?? null)
        : field.codec.toJson(value);
  }
  return json;
}

/** Fills in what a draft leaves out: defaults, null for optional fields, the initial state. Throws on a missing required field. */
export function completeDraft(
  entity: CompiledEntity,
  draft: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of entity.fields) {
    if (field.builtIn) continue;
    const given = field.json.computed !== undefined || field.json.kind === 'sequence';
    if (given && draft[field.name] != null) throw new TypeError(`${entity.table}.${field.name} is set by the engine`);
    const initial = entity.json.states?.field === field.name ? entity.json.states.initial : undefined;
    const value = draft[field.name] ?? initial ?? field.json.default ?? null;
    if (value === null && field.json.required && !given)
      throw new TypeError(`${entity.table}.${field.name} is missing`);
    values[field.name] = value;
  }
  for (const name of Object.keys(draft)) {
    if (!entity.byName.has(name)) throw new TypeError(`${entity.table} has no field "${name}"`);
  }
  return values;
}
