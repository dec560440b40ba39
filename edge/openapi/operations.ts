/** The operations on one entity, and an action as an operation. */
import type { FieldsJson } from '../../schemas/module/index.ts';
import { type parameters, recordBaseExample, recordHeaders, usualHeaders, writeHeaders } from './components.ts';
import { exampleObject, type JsonSchema, objectSchema } from './field-schema.ts';
import { listParameters } from './list-parameters.ts';
import { camel, type Names, pascal, plural } from './naming.ts';
import { problemResponses, writeCodes } from './problem-responses.ts';
import type { ActionSurface, EntitySurface } from './surface.ts';

type Part = Readonly<Record<string, unknown>>;

const ref = (kind: 'schemas' | 'parameters', name: string) => ({ $ref: `#/components/${kind}/${name}` });
const shared = (...names: (keyof typeof parameters)[]) => names.map(name => ref('parameters', name as string));
const json = (schema: JsonSchema, example: unknown): Part => ({ 'application/json': { schema, example } });
const bodyOf = (schema: JsonSchema, example: unknown): Part => ({ required: true, content: json(schema, example) });
const envelope = (schema: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['data'],
  properties: { data: schema },
});

/** Component names of one entity. */
export interface EntityNames {
  readonly record: string;
  readonly filter: string;
  readonly create: string;
  readonly update: string;
}

/** Codes that the entity's own constraints give. */
const constraintCodes = ({ entity }: EntitySurface): readonly string[] => [
  ...(entity.json.constraints ?? []).map(({ code, unique }) => code ?? (unique ? 'ALREADY_EXISTS' : 'CONFLICT')),
  ...(entity.fields.some(field => field.json.unique) ? ['ALREADY_EXISTS'] : []),
];

export function entityPaths(surface: EntitySurface, names: EntityNames, ids: Names): Readonly<Record<string, Part>> {
  const { module, entity, path, shown } = surface;
  const label = entity.json.label.toLowerCase();
  const many = (entity.json.plural ?? plural(entity.json.label)).toLowerCase();
  const stem = pascal(module.name) + pascal(entity.name);
  const record = ref('schemas', names.record);
  const example = { data: { ...recordBaseExample, ...exampleObject(shown, 'output') } };
  const operation = (id: string, summary: string, description: string): Part => ({
    operationId: ids.take(id),
    summary,
    description,
    tags: [module.manifest.label],
  });
  const replies = (ok: Part, ...codes: string[]) => ({ ...ok, ...problemResponses(module, codes) });
  const changed = (description: string): Part => ({
    description,
    headers: { ...recordHeaders, ...writeHeaders },
    content: json(envelope(record), example),
  });

  const collection: Record<string, Part> = {};
  if (surface.readable) {
    collection['get'] = {
      ...operation(`list${pascal(module.name)}${pascal(plural(entity.name))}`, `List ${many}`, `A page of ${many}.`),
      parameters: listParameters(surface, names.filter),
      responses: replies(
        {
          '200': {
            description: 'The page.',
            headers: usualHeaders,
            content: json(
              {
                type: 'object',
                required: ['data', 'page'],
                properties: { data: { type: 'array', items: record }, page: ref('schemas', 'Page') },
              },
              { data: [example.data], page: { size: 25, after: null } },
            ),
          },
        },
        'INVALID_QUERY',
      ),
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
      parameters: shared('Id', 'IfNoneMatch'),
      responses: replies(
        {
          '200': { description: 'The record.', headers: recordHeaders, content: json(envelope(record), example) },
          '304': { description: 'Not changed since `If-None-Match`.', headers: recordHeaders },
        },
        'NOT_FOUND',
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
      ...operation(`delete${stem}`, `Delete a ${label}`, `Removes the ${label} record for good.`),
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
  const transitions = Object.entries(surface.transitions).map(([name, { label: title, from, to }]) => {
    const post = {
      ...operation(
        `${camel(name)}${stem}`,
        `${title ?? pascal(name)}: ${label}`,
        `Takes the record from ${from.map(state => `\`${state}\``).join(', ')} to \`${to}\`.`,
      ),
      parameters: shared('Id', 'IfMatch', 'IdempotencyKey'),
      requestBody: { required: false, content: json(surface.updatable ? ref('schemas', names.update) : empty, {}) },
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
  return Object.fromEntries(
    [[path, collection] as const, [`${path}/{id}`, single] as const, ...transitions].filter(
      ([, item]) => Object.keys(item).length > 0,
    ),
  );
}

const empty: JsonSchema = { type: 'object', additionalProperties: false };

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
        ...Object.keys(module.manifest.errors ?? {}),
      ]),
    },
  };
  return { [path]: { post } };
}

const words = (name: string): string => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
