/** Query parameters of a list, and its filter as a schema. */
import type { FieldJson } from '../../schemas/module/index.ts';
import { fieldSchema, type JsonSchema } from './field-schema.ts';
import { type Condition, comparableMembers, conditionsOf, includable, operatorsOf, sortable } from './query-surface.ts';
import { type EntitySurface, keyOf } from './surface.ts';

/** Operators on one kind of value, as members of a condition. */
function operatorSchemas(node: FieldJson, operators: readonly string[]): Readonly<Record<string, JsonSchema>> {
  const { default: _default, description: _description, ...value } = fieldSchema({ ...node, required: true }, 'output');
  const bare = node.kind === 'text' ? { type: 'string' } : value;
  const one = (operator: string): JsonSchema => {
    switch (operator) {
      case 'null':
        return { type: 'boolean' };
      case 'in':
      case 'nin':
        return { type: 'array', items: bare, maxItems: 200 };
      case 'between':
        return { type: 'array', items: bare, minItems: 2, maxItems: 2, description: 'Both ends are included.' };
      case 'contains':
      case 'startsWith':
        return { type: 'string' };
      default:
        return bare;
    }
  };
  return Object.fromEntries(operators.map(operator => [operator, one(operator)]));
}

const closed = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
});

const valueSchema = (node: FieldJson): JsonSchema => closed(operatorSchemas(node, operatorsOf(node)));

function elementSchema(elements: FieldJson): JsonSchema {
  const members = comparableMembers(elements);
  if (!members) return valueSchema(elements);
  return closed(Object.fromEntries(Object.entries(members).map(([name, node]) => [name, valueSchema(node)])));
}

function conditionSchema(
  { node, operators, elements, relation }: Condition,
  filterOf: (target: EntitySurface) => JsonSchema,
): JsonSchema {
  const inner = [...(relation ? [filterOf(relation.target)] : []), ...(elements ? [elementSchema(elements)] : [])];
  const quantified = inner.length > 1 ? { anyOf: inner } : inner[0];
  return closed({
    ...(node ? operatorSchemas(node, operators) : {}),
    ...(quantified ? { some: quantified, every: quantified } : {}),
  });
}

/** The filter AST over one entity; `nameOf` gives the component that holds an entity's filter. */
export function filterSchema(surface: EntitySurface, nameOf: (of: EntitySurface) => string): JsonSchema {
  const filterOf = (target: EntitySurface) => ({ $ref: `#/components/schemas/${nameOf(target)}` });
  const self = filterOf(surface);
  const conditions = conditionsOf(surface).map(condition => [condition.name, conditionSchema(condition, filterOf)]);
  return {
    type: 'object',
    description:
      'Conditions are joined by AND; `and`, `or` and `not` nest up to 5 deep, 50 conditions in all. `some` and `every` look into lists and related records; a dot goes on to one (`service.name`).',
    properties: {
      ...Object.fromEntries(conditions),
      and: { type: 'array', items: self },
      or: { type: 'array', items: self },
      not: self,
    },
    patternProperties: { '^[^.]+\\.[^.].*$': { type: 'object' } },
    additionalProperties: false,
  };
}

const query = (name: string, description: string, schema: JsonSchema, more: object = {}): JsonSchema => ({
  name,
  in: 'query',
  description,
  ...more,
  schema,
});
const oneOf = (values: readonly string[]): JsonSchema => ({ type: 'array', items: { type: 'string', enum: values } });
const comma = { style: 'form', explode: false } as const;

/** `include`, `fields` and `deleted`, which a list and a single record take. */
export function shapeParameters(surface: EntitySurface): readonly JsonSchema[] {
  const paths = includable(surface);
  const members = Object.keys({ ...surface.builtIns, ...surface.shown });
  return [
    query('fields', 'Members to return beside id, timestamps and revision.', oneOf(members), comma),
    ...(paths.length > 0
      ? [query('include', 'Related records to return beside the data, each once.', oneOf(paths), comma)]
      : []),
    ...(surface.seesDeleted ? [{ $ref: '#/components/parameters/Deleted' }] : []),
  ];
}

/** `filter` and `q`, which lists, aggregates and exports take. */
export function filterParameters(surface: EntitySurface, filterName: string): readonly JsonSchema[] {
  return [
    {
      name: 'filter',
      in: 'query',
      description:
        'A filter tree as JSON. Single conditions may also be written as `filter[field][operator]=value`, such as `filter[createdAt][gte]=2026-04-01T00:00:00Z`.',
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${filterName}` } } },
    },
    ...(surface.searchable ? [{ $ref: '#/components/parameters/Search' }] : []),
  ];
}

export function sortParameter(surface: EntitySurface): JsonSchema {
  const { sort } = surface.entity.json.display ?? {};
  const names = sortable(surface).flatMap(name => [name, `-${name}`]);
  const usual = sort ? ` Default: \`${sort}\`.` : '';
  return query('sort', `Fields in order of weight, a minus before a descending one.${usual}`, oneOf(names), comma);
}

export const listParameters = (surface: EntitySurface, filterName: string): readonly JsonSchema[] => [
  ...filterParameters(surface, filterName),
  sortParameter(surface),
  ...shapeParameters(surface),
  { $ref: '#/components/parameters/PageSize' },
  { $ref: '#/components/parameters/PageAfter' },
  { $ref: '#/components/parameters/PageBefore' },
  { $ref: '#/components/parameters/Count' },
];

/** The body of POST query: a list's parameters as JSON. */
export function queryBodySchema(surface: EntitySurface, filterName: string): JsonSchema {
  const paths = includable(surface);
  const names = sortable(surface).flatMap(name => [name, `-${name}`]);
  return closed({
    filter: { $ref: `#/components/schemas/${filterName}` },
    sort: oneOf(names),
    page: closed({
      size: { type: 'integer', minimum: 1, maximum: 200, default: 25 },
      after: { type: ['string', 'null'] },
      before: { type: ['string', 'null'] },
    }),
    fields: {
      anyOf: [
        oneOf(Object.keys({ ...surface.builtIns, ...surface.shown })),
        {
          type: 'object',
          description: `Members by entity, such as \`${keyOf(surface)}\`.`,
          additionalProperties: { type: 'array', items: { type: 'string' } },
        },
      ],
    },
    ...(paths.length > 0 ? { include: oneOf(paths) } : {}),
    ...(surface.searchable ? { q: { type: 'string' } } : {}),
    count: { type: 'string', enum: ['exact'] },
    ...(surface.seesDeleted ? { deleted: { type: 'string', enum: ['only', 'with'] } } : {}),
  });
}
