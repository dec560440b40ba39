/** What a manifest may say, part by part. */
import * as z from 'zod';
import { campaignParts } from '../protocol/campaign.ts';
import { widgetModes } from '../protocol/widget-mode.ts';
import { cronProblem } from './cron.ts';
import type { FieldJson } from './field.ts';
import { formParts, genericKinds } from './generic-widget.ts';
import type { FieldsJson } from './manifest.ts';
import { migrationSchema } from './migration.ts';
import { localePattern } from './translated.ts';

export const identifier = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
const moduleNamePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const expression = z.string().min(1).max(1000);
const cronExpression = z.string().check(context => {
  const problem = cronProblem(context.value);
  if (problem) context.issues.push({ code: 'custom', message: `"${context.value}" ${problem}`, input: context.value });
});
const physicalName = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);
/** What the page says to widgets is no event of an element. */
const elementEvent = z.string().regex(/^inlay:(?!(?:campaign|connect|consent|prefill)$)[a-z][a-z0-9-]{0,39}$/);
const mediaTypes = z.array(z.string().regex(/^[a-z]+\/(?:\*|[a-z0-9.+-]+)$/)).max(20);
const pixels = z.int().min(1).max(2048);
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
  bool: { accepted: z.literal(true).optional() },
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
  geo: {},
  address: {},
  file: {
    accept: mediaTypes.optional(),
    visitors: z
      .strictObject({ accept: mediaTypes.min(1), maxBytes: z.int().min(1), bytesPerVisit: z.int().min(1) })
      .optional(),
    maxBytes: z.int().min(1).optional(),
    variants: z
      .record(
        identifier,
        z.strictObject({
          width: pixels,
          height: pixels,
          fit: z.enum(['cover', 'contain']),
          format: z.enum(['jpeg', 'png', 'webp']),
        }),
      )
      .refine(variants => Object.keys(variants).length <= 8, 'A field has at most 8 variants.')
      .optional(),
  },
  sequence: {
    pattern: z
      .string()
      .max(60)
      .regex(
        /^(?:[A-Za-z0-9 ./_-]|\{(?:yyyy|yy|mm|dd|scope)\})*\{#{1,12}\}(?:[A-Za-z0-9 ./_-]|\{(?:yyyy|yy|mm|dd|scope)\})*$/,
      ),
    scope: identifier.optional(),
    reset: z.enum(['yearly', 'monthly', 'never']).optional(),
    gapless: z.boolean().optional(),
    on: identifier.optional(),
  },
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
  immutable: z.boolean().optional(),
  encrypted: z.boolean().optional(),
  computed: expression.optional(),
  campaign: z.enum(campaignParts).optional(),
  translated: z.boolean().optional(),
  id: z
    .string()
    .regex(/^f_[a-z0-9]{4,20}$/)
    .optional(),
  column: physicalName.optional(),
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
    check: filterSchema.optional(),
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
  check: z
    .union([
      z.strictObject({ left: identifier, op: z.enum(['lt', 'lte']), right: identifier }),
      z.record(z.string(), z.union([z.record(z.string(), z.unknown()), z.array(filterSchema)])),
    ])
    .optional(),
});
const entitySchema = z.strictObject({
  label: z.string().max(60),
  plural: z.string().max(60).optional(),
  labelField: identifier.optional(),
  scope: z
    .literal(
      'client',
      'records belong to the whole client: keep a site in a field of your own, and name it in the access',
    )
    .optional(),
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
          where: z
            .record(
              identifier,
              z
                .array(z.union([z.string(), z.boolean()]))
                .min(1)
                .max(50),
            )
            .optional(),
          to: z.string(),
          roles: z.array(z.string()),
          danger: z.boolean().optional(),
          guard: expression.optional(),
          reason: z.string().max(200).optional(),
          askReason: z.enum(['optional', 'required']).optional(),
          effects: z
            .array(z.strictObject({ emit: identifier, with: z.record(identifier, identifier).optional() }))
            .max(10)
            .optional(),
          after: z
            .union([
              z.strictObject({ field: identifier, seconds: z.int().optional() }),
              z.strictObject({ seconds: z.int().min(1) }),
            ])
            .optional(),
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
  lockWhen: z
    .strictObject({ when: z.union([expression, filterSchema]), except: z.array(identifier).optional() })
    .optional(),
  retention: z
    .strictObject({
      after: z.int().min(1).max(36_500),
      from: identifier,
      action: z.enum(['delete', 'anonymise']),
      where: filterSchema.optional(),
      keeps: z.string().min(1).max(200).optional(),
    })
    .optional(),
  id: z
    .string()
    .regex(/^e_[a-z0-9]{4,20}$/)
    .optional(),
  table: physicalName.optional(),
});

const widgetPlace = {
  tag: z.string().regex(/^inlay-[a-z0-9-]+$/),
  label: z.string(),
  surfaces: z.array(z.enum(['site', 'page', 'dashboard', 'api'])),
  height: z.int().min(0).max(4000),
  heights: z.record(z.string(), z.int().min(0).max(4000)).optional(),
  mode: z.enum(widgetModes).optional(),
  funnel: z
    .strictObject({
      steps: z.array(elementEvent).max(20).optional(),
      completes: z.array(elementEvent).min(1).max(20),
    })
    .optional(),
  events: z.array(elementEvent).max(40).optional(),
};
const shownField = z.array(identifier).min(1).max(40);
const words = z.record(
  z.string().regex(localePattern),
  z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}(?:\..{1,60})?$/), z.string().min(1).max(400)),
);
const widgetSchema = z.union([
  z.strictObject({
    ...widgetPlace,
    props: fieldsSchema.optional(),
    actions: z.array(identifier),
    prefetch: identifier.optional(),
    chooses: z.record(identifier, identifier).optional(),
  }),
  z.strictObject({
    ...widgetPlace,
    kind: z.enum(genericKinds),
    entity: identifier.optional(),
    action: identifier.optional(),
    fields: shownField,
    layout: z.enum(['stack', 'columns', 'rows', 'quotes', 'grid', 'wide']).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    parts: z.record(identifier, z.enum(formParts)).optional(),
    filter: filterSchema.optional(),
    sort: z.string().optional(),
    pageSize: z.int().min(1).max(100).optional(),
    detail: shownField.optional(),
    image: identifier.optional(),
    start: identifier.optional(),
    end: identifier.optional(),
    texts: words.optional(),
  }),
]);

/** The shape of a manifest; names across its parts are checked apart. */
export const manifestSchema = z.strictObject({
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
  extends: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-zA-Z0-9]*$/),
      z.strictObject({
        fields: fieldsSchema,
        access: z.record(z.string(), z.strictObject({ read: z.boolean().optional(), write: z.boolean().optional() })),
      }),
    )
    .optional(),
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
      captcha: z.union([z.literal(true), z.literal('auto')]).optional(),
    }),
  ),
  subscribes: z.record(identifier, z.string()).optional(),
  jobs: z
    .record(
      identifier,
      z.union([
        z.strictObject({ everySeconds: z.int().min(10) }),
        z.strictObject({ cron: cronExpression, per: z.literal('site').optional() }),
        z.strictObject({ payload: fieldsSchema }),
      ]),
    )
    .optional(),
  widgets: z.record(z.string().regex(moduleNamePattern), widgetSchema).optional(),
  screens: z
    .record(identifier, z.strictObject({ label: z.string(), tag: z.string().regex(/^inlay-[a-z0-9-]+$/) }))
    .optional(),
  migrations: z.array(migrationSchema).optional(),
});
