/** The JSON form of a module: what is stored, signed, compared and loaded. The engine and generic screens read this alone. */
import * as z from 'zod';
import type { FilterJson } from '../filter/filter.ts';
import { Field, type FieldJson } from './field.ts';
import { type MigrationDef, migrationSchema } from './migration.ts';
import type { ActionDef, AnyModule, ErrorDef, ModuleType, ScreenDef, WidgetDef } from './module.ts';

export type FieldsJson = Readonly<Record<string, FieldJson>>;

export type GrantJson =
  | true
  | {
      readonly where?: FilterJson;
      readonly fields?: readonly string[];
      readonly presets?: Readonly<Record<string, unknown>>;
    };

export type Verb = 'read' | 'create' | 'update' | 'delete';
export type RoleAccessJson = { readonly [V in Verb]?: GrantJson };

interface SpanJson {
  readonly start: string;
  readonly end: string;
  readonly scope: readonly string[];
}

export interface ConstraintJson {
  readonly name: string;
  readonly code?: string;
  readonly where?: FilterJson;
  readonly unique?: readonly string[];
  readonly retry?: boolean;
  readonly noOverlap?: SpanJson;
  readonly capacity?: SpanJson & { readonly quantity: string; readonly limit: string };
  readonly check?: { readonly left: string; readonly op: 'lt' | 'lte'; readonly right: string };
}

export interface TransitionJson {
  readonly label?: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly roles: readonly string[];
  readonly danger?: boolean;
}

export interface StatesJson {
  readonly field: string;
  readonly initial: string;
  readonly transitions: Readonly<Record<string, TransitionJson>>;
}

export interface EntityJson {
  readonly label: string;
  readonly plural?: string;
  readonly labelField?: string;
  readonly scope?: 'client' | 'site';
  readonly fields: FieldsJson;
  readonly constraints?: readonly ConstraintJson[];
  readonly states?: StatesJson;
  readonly softDelete?: boolean;
  readonly access: Readonly<Record<string, RoleAccessJson>>;
  readonly display?: { readonly columns?: readonly string[]; readonly sort?: string; readonly internal?: boolean };
}

export interface ActionJson extends Omit<ActionDef, 'input' | 'output'> {
  readonly input: FieldsJson;
  readonly output?: FieldsJson;
}

export type JobJson = { readonly everySeconds: number } | { readonly cron: string } | { readonly payload: FieldsJson };

export interface ManifestJson {
  readonly id: string;
  readonly version: string;
  readonly type: ModuleType;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly categories: readonly string[];
  readonly requires?: Readonly<Record<string, { readonly range: string; readonly actions?: readonly string[] }>>;
  readonly roles?: Readonly<Record<string, { readonly label: string }>>;
  readonly egress?: readonly string[];
  readonly settings: FieldsJson;
  readonly errors?: Readonly<Record<string, ErrorDef>>;
  readonly entities: Readonly<Record<string, EntityJson>>;
  readonly events: Readonly<Record<string, FieldsJson>>;
  readonly actions: Readonly<Record<string, ActionJson>>;
  readonly subscribes?: Readonly<Record<string, string>>;
  readonly jobs?: Readonly<Record<string, JobJson>>;
  readonly widgets?: Readonly<Record<string, WidgetDef & { readonly props?: unknown }>>;
  readonly screens?: Readonly<Record<string, ScreenDef>>;
  readonly migrations?: readonly MigrationDef[];
}

/** The JSON form of a declared module. */
export function toManifest(module: AnyModule): ManifestJson {
  return JSON.parse(JSON.stringify(module, (_key, value) => (value instanceof Field ? value.json : value)));
}

/** `inlay.booking` -> `booking`. */
export const moduleName = (manifest: { readonly id: string }): string =>
  manifest.id.slice(manifest.id.indexOf('.') + 1);
export const majorVersion = (manifest: { readonly version: string }): number => Number.parseInt(manifest.version, 10);

const identifier = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
const moduleNamePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const kinds = {
  text: {
    min: z.int().optional(),
    max: z.int().optional(),
    format: z.enum(['email', 'phone', 'url', 'slug', 'colour']).optional(),
  },
  richText: { max: z.int().optional() },
  int: { min: z.int().optional(), max: z.int().optional() },
  decimal: { scale: z.int().min(0).max(9) },
  money: {},
  bool: {},
  date: {},
  instant: {},
  localTime: {},
  duration: { min: z.int().optional(), max: z.int().optional() },
  zone: {},
  enum: { values: z.array(z.string().max(60)).min(1).max(100) },
  ref: {
    to: z.string().regex(/^(?:[a-z][a-z0-9-]*\.)?[a-z][a-zA-Z0-9]*$/),
    onDelete: z.enum(['restrict', 'cascade', 'setNull']),
  },
  list: {
    get of() {
      return fieldSchema;
    },
    max: z.int().optional(),
  },
  object: {
    get fields() {
      return fieldsSchema;
    },
  },
  json: {},
} satisfies Record<FieldJson['kind'], object>;

const meta = {
  required: z.boolean(),
  default: z.unknown().optional(),
  label: z.string().max(80).optional(),
  help: z.string().max(300).optional(),
  unique: z.boolean().optional(),
  index: z.boolean().optional(),
  search: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  pii: z.boolean().optional(),
  hidden: z.boolean().optional(),
};

const fieldSchema: z.ZodType<FieldJson> = z.lazy(() =>
  z.discriminatedUnion(
    'kind',
    Object.entries(kinds).map(([kind, shape]) => z.strictObject({ kind: z.literal(kind), ...shape, ...meta })) as never,
  ),
) as never;
const fieldsSchema: z.ZodType<FieldsJson> = z.record(identifier, fieldSchema) as never;

const filterSchema = z.record(z.string(), z.unknown());
const grant = z.union([
  z.literal(true),
  z.strictObject({
    where: filterSchema.optional(),
    fields: z.array(identifier).optional(),
    presets: z.record(identifier, z.unknown()).optional(),
  }),
]);
const span = { start: identifier, end: identifier, scope: z.array(identifier).min(1) };
const constraint = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/),
  code: z.string().optional(),
  where: filterSchema.optional(),
  unique: z.array(identifier).min(1).optional(),
  retry: z.boolean().optional(),
  noOverlap: z.strictObject(span).optional(),
  capacity: z.strictObject({ ...span, quantity: identifier, limit: identifier }).optional(),
  check: z.strictObject({ left: identifier, op: z.enum(['lt', 'lte']), right: identifier }).optional(),
});
const entitySchema = z.strictObject({
  label: z.string().max(60),
  plural: z.string().max(60).optional(),
  labelField: identifier.optional(),
  scope: z.enum(['client', 'site']).optional(),
  fields: fieldsSchema,
  constraints: z.array(constraint).optional(),
  states: z
    .strictObject({
      field: identifier,
      initial: z.string(),
      transitions: z.record(
        identifier,
        z.strictObject({
          label: z.string().optional(),
          from: z.array(z.string()).min(1),
          to: z.string(),
          roles: z.array(z.string()),
          danger: z.boolean().optional(),
        }),
      ),
    })
    .optional(),
  softDelete: z.boolean().optional(),
  access: z.record(
    z.string(),
    z.strictObject({
      read: grant.optional(),
      create: grant.optional(),
      update: grant.optional(),
      delete: grant.optional(),
    }),
  ),
  display: z
    .strictObject({
      columns: z.array(identifier).optional(),
      sort: z.string().optional(),
      internal: z.boolean().optional(),
    })
    .optional(),
});

const manifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  type: z.enum(['widget', 'app', 'integration', 'system', 'custom']),
  label: z.string().max(60),
  description: z.string().max(400),
  icon: z.string().max(40),
  categories: z.array(z.string()),
  requires: z
    .record(
      z.string().regex(moduleNamePattern),
      z.strictObject({ range: z.string(), actions: z.array(identifier).optional() }),
    )
    .optional(),
  roles: z.record(z.string(), z.strictObject({ label: z.string() })).optional(),
  egress: z.array(z.string()).optional(),
  settings: fieldsSchema,
  errors: z
    .record(
      z.string().regex(/^[A-Z][A-Z0-9_]*$/),
      z.strictObject({ status: z.literal([400, 403, 404, 409, 410, 422]), title: z.string() }),
    )
    .optional(),
  entities: z.record(identifier, entitySchema),
  events: z.record(identifier, fieldsSchema),
  actions: z.record(
    identifier,
    z.strictObject({
      label: z.string().optional(),
      description: z.string().optional(),
      input: fieldsSchema,
      output: fieldsSchema.optional(),
      access: z.array(z.string()),
      effect: z.enum(['read', 'write']),
      system: z.boolean().optional(),
      limit: z.strictObject({ perMinute: z.int().min(1) }).optional(),
    }),
  ),
  subscribes: z.record(identifier, z.string()).optional(),
  jobs: z
    .record(
      identifier,
      z.union([
        z.strictObject({ everySeconds: z.int().min(10) }),
        z.strictObject({ cron: z.string().regex(/^(?:[\w*,/#-]+ ){4}[\w*,/#-]+$/, 'must be five fields') }),
        z.strictObject({ payload: fieldsSchema }),
      ]),
    )
    .optional(),
  widgets: z
    .record(
      z.string().regex(moduleNamePattern),
      z.strictObject({
        tag: z.string().regex(/^inlay-[a-z0-9-]+$/),
        label: z.string(),
        surfaces: z.array(z.enum(['site', 'page', 'dashboard', 'api'])),
        props: fieldsSchema.optional(),
        actions: z.array(identifier),
        prefetch: identifier.optional(),
        height: z.int().min(0).max(4000),
      }),
    )
    .optional(),
  screens: z
    .record(identifier, z.strictObject({ label: z.string(), tag: z.string().regex(/^inlay-[a-z0-9-]+$/) }))
    .optional(),
  migrations: z.array(migrationSchema).optional(),
});

/** Reads a manifest from JSON and refuses one that names what it does not declare. Throws `ManifestError`. */
export function parseManifest(json: unknown): ManifestJson {
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    throw new ManifestError(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`));
  }
  const manifest = parsed.data as ManifestJson;
  const problems = danglingNames(manifest);
  if (problems.length > 0) throw new ManifestError(problems);
  return manifest;
}

export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The manifest is not valid:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}

/** Names used in one part of the manifest that no other part declares. */
function danglingNames(manifest: ManifestJson): string[] {
  const problems: string[] = [];
  const need = (ok: boolean, where: string, name: string) => {
    if (!ok) problems.push(`${where}: "${name}" is not declared`);
  };
  const required = new Set(Object.keys(manifest.requires ?? {}));
  const checkFields = (fields: FieldsJson, at: string): void => {
    for (const [name, node] of Object.entries(fields)) {
      if (node.kind === 'ref') {
        const [owner, target] = node.to.includes('.') ? node.to.split('.') : [undefined, node.to];
        need(owner ? required.has(owner) : target! in manifest.entities, `${at}.${name}`, node.to);
      }
      if (node.kind === 'object') checkFields(node.fields, `${at}.${name}`);
      if (node.kind === 'list') checkFields({ of: node.of }, `${at}.${name}`);
    }
  };
  for (const [name, entity] of Object.entries(manifest.entities)) {
    const at = `entities.${name}`;
    const has = (field: string) => field in entity.fields;
    checkFields(entity.fields, `${at}.fields`);
    if (entity.labelField) need(has(entity.labelField), `${at}.labelField`, entity.labelField);
    for (const column of entity.display?.columns ?? []) need(has(column), `${at}.display.columns`, column);
    for (const c of entity.constraints ?? []) {
      const s = c.noOverlap ?? c.capacity;
      const used = [
        ...(c.unique ?? []),
        ...(s ? [s.start, s.end, ...s.scope] : []),
        ...(c.capacity ? [c.capacity.quantity, c.capacity.limit] : []),
        ...(c.check ? [c.check.left, c.check.right] : []),
      ];
      need(used.length > 0, `${at}.constraints`, c.name);
      for (const field of used) need(has(field), `${at}.constraints.${c.name}`, field);
      if (c.code) need(c.code in (manifest.errors ?? {}), `${at}.constraints.${c.name}.code`, c.code);
    }
    if (entity.states) {
      const stateField = entity.fields[entity.states.field];
      const values = stateField?.kind === 'enum' ? stateField.values : [];
      for (const state of [
        entity.states.initial,
        ...Object.values(entity.states.transitions).flatMap(t => [...t.from, t.to]),
      ]) {
        need(values.includes(state), `${at}.states`, state);
      }
    }
    for (const [role, access] of Object.entries(entity.access)) {
      for (const g of Object.values(access)) {
        if (g && g !== true) for (const field of g.fields ?? []) need(has(field), `${at}.access.${role}`, field);
      }
    }
  }
  for (const [name, action] of Object.entries(manifest.actions)) {
    checkFields(action.input, `actions.${name}.input`);
    checkFields(action.output ?? {}, `actions.${name}.output`);
  }
  for (const [name, fields] of Object.entries(manifest.events)) checkFields(fields, `events.${name}`);
  for (const [name, job] of Object.entries(manifest.jobs ?? {})) {
    if ('payload' in job) checkFields(job.payload, `jobs.${name}.payload`);
  }
  for (const [name, widget] of Object.entries(manifest.widgets ?? {})) {
    for (const action of widget.actions) need(action in manifest.actions, `widgets.${name}.actions`, action);
    if (widget.prefetch) need(widget.prefetch in manifest.actions, `widgets.${name}.prefetch`, widget.prefetch);
  }
  checkMigrations(manifest, need, problems);
  return problems;
}

/** An older step may fill what a later version has given up; what is still declared is never dropped. */
function checkMigrations(
  manifest: ManifestJson,
  need: (ok: boolean, where: string, name: string) => void,
  problems: string[],
): void {
  const has = (entity: string, field: string) => field in (manifest.entities[entity]?.fields ?? {});
  for (const { to, backfill = [], contract = [] } of manifest.migrations ?? []) {
    for (const { entity, set } of to === manifest.version ? backfill : []) {
      for (const field of Object.keys(set)) need(has(entity, field), `migrations.${to}.backfill.${entity}`, field);
    }
    for (const { entity, field } of contract) {
      const kept = field === undefined ? entity in manifest.entities : has(entity, field);
      if (kept) problems.push(`migrations.${to}.contract: "${field ?? entity}" is still declared`);
    }
  }
}
