/** Query parameters of a list: filter, order, page and which members. */

import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { fieldSchema, type JsonSchema } from './field-schema.ts';
import type { EntitySurface } from './surface.ts';

const builtIns: FieldsJson = {
  id: { kind: 'text', required: true },
  createdAt: { kind: 'instant', required: true },
  updatedAt: { kind: 'instant', required: true },
  rev: { kind: 'int', required: true },
};

/** Fields that a filter may name. */
export const filterable = ({ shown }: EntitySurface): FieldsJson =>
  Object.fromEntries(Object.entries({ ...builtIns, ...shown }).filter(([, node]) => operatorsOf(node).length > 0));

/** The operators that the query parser takes for a kind. */
export function operatorsOf(node: FieldJson): readonly string[] {
  const comparable = ['eq', 'ne', 'in', 'nin', 'gt', 'gte', 'lt', 'lte', 'null'];
  if (node.encrypted || node.translated) return [];
  switch (node.kind) {
    case 'text':
    case 'richText':
      return [...comparable, 'contains', 'startsWith'];
    case 'int':
    case 'duration':
    case 'decimal':
    case 'bool':
    case 'date':
    case 'instant':
    case 'localTime':
    case 'zone':
    case 'enum':
    case 'ref':
    case 'file':
    case 'sequence':
      return comparable;
    case 'geo':
    case 'address':
      return [];
    default:
      return ['null'];
  }
}

/** Fields that have an order of their own. */
export const sortable = (surface: EntitySurface): readonly string[] =>
  Object.entries(filterable(surface)).flatMap(([name, node]) => (operatorsOf(node).includes('gt') ? [name] : []));

function conditionSchema(node: FieldJson): JsonSchema {
  const { default: _default, description: _description, ...value } = fieldSchema({ ...node, required: true }, 'output');
  const bare = node.kind === 'text' ? { type: 'string' } : value;
  const one = (operator: string): JsonSchema => {
    if (operator === 'null') return { type: 'boolean' };
    if (operator === 'in' || operator === 'nin') return { type: 'array', items: bare, maxItems: 200 };
    return operator === 'contains' || operator === 'startsWith' ? { type: 'string' } : bare;
  };
  return {
    type: 'object',
    properties: Object.fromEntries(operatorsOf(node).map(operator => [operator, one(operator)])),
    additionalProperties: false,
  };
}

/** The filter AST over one entity's fields; `name` is the component's own, for nesting. */
export function filterSchema(surface: EntitySurface, name: string): JsonSchema {
  const self = { $ref: `#/components/schemas/${name}` };
  const conditions = Object.entries(filterable(surface)).map(
    ([field, node]) => [field, conditionSchema(node)] as const,
  );
  return {
    type: 'object',
    description:
      'Conditions on fields are joined by AND; `and`, `or` and `not` nest up to 5 deep, 50 conditions in all.',
    properties: {
      ...Object.fromEntries(conditions),
      and: { type: 'array', items: self },
      or: { type: 'array', items: self },
      not: self,
    },
    additionalProperties: false,
  };
}

export function listParameters(surface: EntitySurface, filterName: string): readonly JsonSchema[] {
  const names = sortable(surface);
  const { sort } = surface.entity.json.display ?? {};
  return [
    {
      name: 'filter',
      in: 'query',
      description:
        'A filter tree as JSON. Single conditions may also be written as `filter[field][operator]=value`, such as `filter[createdAt][gte]=2026-04-01T00:00:00Z`.',
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${filterName}` } } },
    },
    {
      name: 'sort',
      in: 'query',
      description: `Fields in order of weight, a minus before a descending one.${sort ? ` Default: \`${sort}\`.` : ''}`,
      style: 'form',
      explode: false,
      schema: { type: 'array', items: { type: 'string', enum: names.flatMap(name => [name, `-${name}`]) } },
    },
    {
      name: 'fields',
      in: 'query',
      description: 'Members to return beside id, timestamps and revision.',
      style: 'form',
      explode: false,
      schema: { type: 'array', items: { type: 'string', enum: Object.keys({ ...builtIns, ...surface.shown }) } },
    },
    ...(Object.values(surface.shown).some(node => node.search) ? [{ $ref: '#/components/parameters/Search' }] : []),
    { $ref: '#/components/parameters/PageSize' },
    { $ref: '#/components/parameters/PageAfter' },
    { $ref: '#/components/parameters/Count' },
  ];
}
