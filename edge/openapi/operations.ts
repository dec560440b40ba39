/** The operations on one entity, and an action as an operation. */
import { type FieldsJson, whileText } from '../../schemas/module/index.ts';
import { recordBaseExample, recordHeaders, usualHeaders, writeHeaders } from './components.ts';
import { exampleObject, type JsonSchema, objectSchema } from './field-schema.ts';
import { historyOperation } from './history-operation.ts';
import { listParameters, queryBodySchema, shapeParameters } from './list-parameters.ts';
import { manyOperations } from './many-operations.ts';
import { camel, type Names, pascal, plural } from './naming.ts';
import { bodyOf, type EntityNames, envelope, json, object, type Part, ref, shared } from './operation-parts.ts';
import { problemResponses, writeCodes } from './problem-responses.ts';
import { includable, includedTargets } from './query-surface.ts';
import { reportOperations } from './report-operations.ts';
import { stepSchema } from './steps.ts';
import type { ActionSurface, EntitySurface } from './surface.ts';

/** Codes that the entity's own constraints give. */
const constraintCodes = ({ entity }: EntitySurface): readonly string[] => [
  ...(entity.json.constraints ?? []).map(({ code, unique }) => code ?? (unique ? 'ALREADY_EXISTS' : 'CONFLICT')),
  ...(entity.fields.some(field => field.json.unique) ? ['ALREADY_EXISTS'] : []),
];

/** What the operations on one entity have in common. */
export interface Describing {
  readonly surface: EntitySurface;
  readonly names: EntityNames;
  /** `booking`, `bookings`, `BookingBooking`. */
  readonly label: string;
  readonly many: string;
  readonly stem: string;
  readonly record: JsonSchema;
  readonly example: { readonly data: Readonly<Record<string, unknown>> };
  operation(id: string, summary: string, description: string): Part;
  replies(ok: Part, ...codes: string[]): Part;
}

function describing(surface: EntitySurface, names: EntityNames, ids: Names): Describing {
  const { module, entity, shown, builtIns } = surface;
  const { label, plural: declared } = entity.json;
  const keptExample = 'deletedAt' in builtIns ? { deletedAt: null } : {};
  return {
    surface,
    names,
    label: label.toLowerCase(),
    many: (declared ?? plural(label)).toLowerCase(),
    stem: pascal(module.name) + pascal(entity.name),
    record: ref('schemas', names.record),
    example: { data: { ...recordBaseExample, ...keptExample, ...exampleObject(shown, 'output') } },
    operation: (id, summary, description) => ({
      operationId: ids.take(id),
      summary,
      description,
      tags: [module.manifest.label],
    }),
    replies: (ok, ...codes) => ({ ...ok, ...problemResponses(module, codes) }),
  };
}

/** Records that an include brings, by entity and id. */
function includedSchema(
  surface: EntitySurface,
  nameOf: (of: EntitySurface) => EntityNames,
): Readonly<Record<string, JsonSchema>> {
  if (includable(surface).length === 0) return {};
  const byId = (target: EntitySurface): JsonSchema => ({
    type: 'object',
    additionalProperties: { anyOf: [ref('schemas', nameOf(target).record), { type: 'null' }] },
  });
  const properties = Object.fromEntries([...includedTargets(surface)].map(([key, target]) => [key, byId(target)]));
  const description = 'With `include`: by entity, then by id; null for a record that the credential may not read.';
  return { included: { type: 'object', description, properties } };
}

export function entityPaths(
  surface: EntitySurface,
  nameOf: (of: EntitySurface) => EntityNames,
  ids: Names,
): Readonly<Record<string, Part>> {
  const { module, entity, path } = surface;
  const names = nameOf(surface);
  const common = describing(surface, names, ids);
  const { label, many, stem, record, example, operation, replies } = common;
  const included = includedSchema(surface, nameOf);
  const changed = (description: string): Part => ({
    description,
    headers: { ...recordHeaders, ...writeHeaders },
    content: json(envelope(record), example),
  });
  const page = {
    '200': {
      description: 'The page.',
      headers: usualHeaders,
      content: json(
        object({ data: { type: 'array', items: record }, page: ref('schemas', 'Page'), ...included }, ['included']),
        { data: [example.data], page: { size: 25, after: null } },
      ),
    },
  };

  const collection: Record<string, Part> = {};
  if (surface.readable) {
    collection['get'] = {
      ...operation(`list${pascal(module.name)}${pascal(plural(entity.name))}`, `List ${many}`, `A page of ${many}.`),
      parameters: listParameters(surface, names.filter),
      responses: replies(page, 'INVALID_QUERY'),
    };
  }
  if (surface.creatable) {
    collection['post'] = {
      ...operation(`create${stem}`, `Create a ${label}`, `Adds a ${label} record.`),
      parameters: shared('IdempotencyKey'),
      requestBody: bodyOf(ref('schemas', names.create), exampleObject(surface.creatable, 'input')),
      responses: replies({ '201': changed('Created.') }, ...writeCodes, ...constraintCodes(surface)),
    };
  }
  const single: Record<string, Part> = {};
  if (surface.readable) {
    single['get'] = {
      ...operation(`get${stem}`, `Get a ${label}`, `One ${label} record by its id.`),
      parameters: [...shared('Id', 'IfNoneMatch'), ...shapeParameters(surface)],
      responses: replies(
        {
          '200': {
            description: 'The record. With `include` it has no ETag.',
            headers: recordHeaders,
            content: json(object({ data: record, ...included }, ['included']), example),
          },
          '304': { description: 'Not changed since `If-None-Match`.', headers: recordHeaders },
        },
        'NOT_FOUND',
        'INVALID_QUERY',
      ),
    };
  }
  if (surface.updatable) {
    single['patch'] = {
      ...operation(`update${stem}`, `Change a ${label}`, 'Members that are left out stay as they are.'),
      parameters: shared('Id', 'IfMatch', 'IdempotencyKey'),
      requestBody: bodyOf(ref('schemas', names.update), firstMember(surface.updatable)),
      responses: replies(
        { '200': changed('Changed.') },
        'NOT_FOUND',
        'PRECONDITION_FAILED',
        ...writeCodes,
        ...constraintCodes(surface),
      ),
    };
  }
  if (surface.deletable) {
    single['delete'] = {
      ...operation(
        `delete${stem}`,
        `Delete a ${label}`,
        surface.restorable
          ? `Takes the ${label} record out of lists; it can be restored.`
          : `Removes the ${label} record for good.`,
      ),
      parameters: shared('Id', 'IfMatch', 'IdempotencyKey'),
      responses: replies(
        { '204': { description: 'Deleted.', headers: writeHeaders } },
        'NOT_FOUND',
        'PRECONDITION_FAILED',
        'IN_USE',
        'IDEMPOTENCY_MISMATCH',
      ),
    };
  }
  const beside: Record<string, Part> = {};
  if (surface.readable) {
    beside[`${path}/query`] = {
      post: {
        ...operation(
          `query${pascal(module.name)}${pascal(plural(entity.name))}`,
          `Query ${many}`,
          'A list whose parameters are sent as JSON, for those too long for an address.',
        ),
        requestBody: bodyOf(queryBodySchema(surface, names.filter), { page: { size: 25 } }),
        responses: replies(page, 'INVALID_QUERY', ...writeCodes.slice(0, 3)),
      },
    };
  }
  if (surface.restorable) {
    beside[`${path}/{id}/restore`] = {
      post: {
        ...operation(`restore${stem}`, `Restore a ${label}`, `Brings a deleted ${label} record back.`),
        parameters: shared('Id', 'IdempotencyKey'),
        responses: replies(
          { '200': changed('The record as it is again.') },
          'NOT_FOUND',
          'IDEMPOTENCY_MISMATCH',
          ...constraintCodes(surface),
        ),
      },
    };
  }
  const transitions = Object.entries(surface.transitions).map(([name, transition]) => {
    const { label: title, from, to, askReason } = transition;
    const condition = whileText(transition, surface.shown, text => `\`${text}\``);
    const step = stepSchema(surface, names.update, askReason);
    const post = {
      ...operation(
        `${camel(name)}${stem}`,
        `${title ?? pascal(name)}: ${label}`,
        `Takes the record from ${from.map(state => `\`${state}\``).join(', ')} to \`${to}\`${condition}.`,
      ),
      parameters: shared('Id', 'IfMatch', 'IdempotencyKey'),
      requestBody: { required: askReason === 'required', content: json(step.schema, step.example) },
      responses: replies(
        { '200': changed('The record after the step.') },
        'NOT_FOUND',
        'PRECONDITION_FAILED',
        'INVALID_TRANSITION',
        ...writeCodes,
        ...Object.keys(module.manifest.errors ?? {}),
      ),
    };
    return [`${path}/{id}/transitions/${name}`, { post }] as const;
  });
  return inLanguages(surface, [
    [path, collection] as const,
    ...Object.entries({ ...reportOperations(common), ...manyOperations(common, constraintCodes(surface)) }),
    [`${path}/{id}`, single] as const,
    ...Object.entries({ ...beside, ...historyOperation(common) }),
    ...transitions,
  ]);
}

/** Whether the operation's reply, or what it takes, has texts that may be translated. */
const hasTexts = (path: string, method: string): boolean =>
  method !== 'delete' && !/\/(?:aggregate|history|undo)$/.test(path);

/** The paths that have a verb, with the parameter `locale` where the entity has texts in several languages. */
function inLanguages({ entity }: EntitySurface, paths: readonly (readonly [string, Part])[]) {
  const spoken = (path: string, item: Part) =>
    Object.fromEntries(
      Object.entries(item).map(([method, operation]) => {
        const { parameters = [], ...rest } = operation as Part & { parameters?: readonly Part[] };
        const more = entity.translated && hasTexts(path, method) ? shared('Locale') : [];
        return [method, { ...rest, parameters: [...parameters, ...more] }];
      }),
    );
  return Object.fromEntries(
    paths.filter(([, item]) => Object.keys(item).length > 0).map(([path, item]) => [path, spoken(path, item)]),
  );
}

const firstMember = (fields: FieldsJson) =>
  exampleObject(Object.fromEntries(Object.entries(fields).slice(0, 1)), 'output');

export function actionPath({ module, action, path }: ActionSurface, ids: Names): Readonly<Record<string, Part>> {
  const { json: declared, name } = action;
  const output = objectSchema(declared.output ?? {}, 'output');
  const writes = declared.effect === 'write';
  const post = {
    operationId: ids.take(camel(module.name) + pascal(name)),
    summary: declared.label ?? `${module.manifest.label}: ${words(name)}`,
    description: declared.description ?? `Runs the action \`${name}\`.`,
    tags: [module.manifest.label],
    parameters: writes ? shared('IdempotencyKey') : [],
    requestBody: bodyOf(objectSchema(declared.input, 'input'), exampleObject(declared.input, 'input')),
    responses: {
      '200': {
        description: 'What the action answers.',
        headers: writes ? writeHeaders : usualHeaders,
        content: json(envelope(output), { data: exampleObject(declared.output ?? {}, 'output') }),
      },
      ...problemResponses(module, [
        ...(writes ? writeCodes : writeCodes.slice(0, 4)),
        'NOT_FOUND',
        'CONFLICT',
        ...(declared.captcha
          ? (['CAPTCHA_REQUIRED', 'CAPTCHA_INVALID', 'CAPTCHA_EXPIRED', 'CAPTCHA_USED'] as const)
          : []),
        ...Object.keys(module.manifest.errors ?? {}),
      ]),
    },
  };
  return { [path]: { post } };
}

const words = (name: string): string => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
