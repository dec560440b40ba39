/** Field kinds as JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

const textFormats = {
  email: { format: 'email' },
  phone: {},
  url: { format: 'uri' },
  slug: { pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' },
  colour: { pattern: '^#[0-9a-fA-F]{6}$' },
} as const;

export const moneySchema: JsonSchema = {
  type: 'object',
  description: 'An amount in minor units of its currency (ISO 4217).',
  required: ['amount', 'currency'],
  properties: {
    amount: { type: 'integer', format: 'int64' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  },
  additionalProperties: false,
};

/** Where a field stands: what a caller sends, or what a reply holds. */
export type Direction = 'input' | 'output';

const place: JsonSchema = {
  type: 'object',
  description: 'Degrees, WGS 84.',
  required: ['lat', 'lng'],
  properties: {
    lat: { type: 'number', minimum: -90, maximum: 90 },
    lng: { type: 'number', minimum: -180, maximum: 180 },
  },
};

const postal: JsonSchema = {
  type: 'object',
  required: ['line1', 'city', 'country'],
  properties: {
    line1: { type: 'string', maxLength: 200 },
    line2: { type: ['string', 'null'], maxLength: 200 },
    city: { type: 'string', maxLength: 100 },
    region: { type: ['string', 'null'], maxLength: 100 },
    postalCode: { type: ['string', 'null'], maxLength: 20 },
    country: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' },
  },
};

function kindSchema(node: FieldJson, direction: Direction): JsonSchema {
  if (node.translated) {
    const description =
      'One text in the language that is asked for, by the parameter `locale` or else by Accept-Language; without either, or with `locale=*`, a text for each language (BCP 47).';
    return { description, anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }] };
  }
  switch (node.kind) {
    case 'geo':
      return place;
    case 'address':
      return postal;
    case 'file':
      return { type: 'string', maxLength: 60, description: 'Id of a file.' };
    case 'sequence':
      return { type: 'string', description: `A number such as ${node.pattern}.` };
    case 'text':
      return bounded({ type: 'string', ...(node.format ? textFormats[node.format] : {}) }, 'Length', node);
    case 'richText':
      return bounded({ type: 'string' }, 'Length', { max: node.max });
    case 'int':
      return bounded({ type: 'integer' }, 'imum', node);
    case 'duration':
      return bounded({ type: 'integer', description: 'Whole minutes.' }, 'imum', node);
    case 'decimal':
      return { type: 'string', pattern: `^-?\\d{1,15}${node.scale > 0 ? `(\\.\\d{1,${node.scale}})?` : ''}$` };
    case 'money':
      return { $ref: '#/components/schemas/Money' };
    case 'bool':
      return { type: 'boolean', ...(node.accepted ? { const: true } : {}) };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'localTime':
      return { type: 'string', pattern: '^\\d{2}:\\d{2}$', description: 'Local time, HH:MM.' };
    case 'zone':
      return { type: 'string', description: 'IANA time zone, such as Europe/Prague.' };
    case 'enum':
      return { type: 'string', enum: node.values };
    case 'ref':
      return { type: 'string', format: 'uuid', description: `Id of a ${node.to} record.` };
    case 'list':
      return { type: 'array', items: fieldSchema(node.of, direction), ...(node.max ? { maxItems: node.max } : {}) };
    case 'object':
      return objectSchema(node.fields, direction);
    default:
      return { description: 'Any JSON value.' };
  }
}

function bounded(schema: JsonSchema, suffix: 'Length' | 'imum', { min, max }: { min?: number; max?: number }) {
  return {
    ...schema,
    ...(min === undefined ? {} : { [`min${suffix}`]: min }),
    ...(max === undefined ? {} : { [`max${suffix}`]: max }),
  };
}

/** The schema of one field with its words, default and whether it may be null. */
export function fieldSchema(node: FieldJson, direction: Direction): JsonSchema {
  const base = kindSchema(node, direction);
  const words = [node.label, node.help].filter(Boolean).join('. ');
  const extra = {
    ...(words ? { description: words } : {}),
    ...(node.default !== undefined && direction === 'input' ? { default: node.default } : {}),
  };
  // In JSON Schema 2020-12 a reference may have neighbours.
  const value = { ...base, ...extra };
  return node.required ? value : nullable(value);
}

/** JSON Schema 2020-12 has no `nullable`: null is one more type. */
function nullable(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema['enum'])) return { ...schema, type: ['string', 'null'], enum: [...schema['enum'], null] };
  if (Array.isArray(schema['anyOf'])) return { ...schema, anyOf: [...schema['anyOf'], { type: 'null' }] };
  if (typeof schema['type'] === 'string') return { ...schema, type: [schema['type'], 'null'] };
  if ('$ref' in schema) {
    const { description, ...rest } = schema;
    return { anyOf: [rest, { type: 'null' }], ...(description ? { description } : {}) };
  }
  return schema;
}

/** `partial`: a patch, of which every member may be left out. Replies always carry every member. */
export function objectSchema(fields: FieldsJson, direction: Direction, partial = false): JsonSchema {
  const required = Object.entries(fields).flatMap(([name, node]) =>
    direction === 'output' || (!partial && node.required && node.default === undefined) ? [name] : [],
  );
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, node]) => {
      const { default: _default, ...rest } = fieldSchema(node, direction);
      return [name, partial ? rest : fieldSchema(node, direction)];
    }),
  );
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties,
    ...(direction === 'input' ? { additionalProperties: false } : {}),
  };
}

/** A value that the field would accept, for examples. */
export function exampleOf(node: FieldJson): unknown {
  if (node.default !== undefined) return node.default;
  switch (node.kind) {
    case 'text':
      return textExample(node);
    case 'richText':
      return 'Text';
    case 'geo':
      return { lat: 50.0875, lng: 14.4213 };
    case 'address':
      return { line1: 'Main Street 1', city: 'Prague', postalCode: '110 00', country: 'CZ' };
    case 'file':
      return '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71';
    case 'sequence':
      return '2026-0001';
    case 'int':
    case 'duration':
      return Math.max(node.min ?? 0, Math.min(node.max ?? 30, 30));
    case 'decimal':
      return node.scale > 0 ? `1.${'5'.padEnd(node.scale, '0')}` : '1';
    case 'money':
      return { amount: 4900, currency: 'EUR' };
    case 'bool':
      return true;
    case 'date':
      return '2026-04-10';
    case 'instant':
      return '2026-04-10T09:00:00Z';
    case 'localTime':
      return '09:30';
    case 'zone':
      return 'Europe/Prague';
    case 'enum':
      return node.values[0];
    case 'ref':
      return '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71';
    case 'list':
      return [exampleOf(node.of)];
    case 'object':
      return exampleObject(node.fields, 'output');
    default:
      return {};
  }
}

function textExample({ format, min = 0, max = 40 }: Extract<FieldJson, { kind: 'text' }>): string {
  const formats = {
    email: 'ada@example.com',
    phone: '+420601123456',
    url: 'https://www.example.com/page',
    slug: 'first-visit',
    colour: '#1a7f8e',
  };
  return format ? formats[format] : 'Text'.padEnd(min, '.').slice(0, Math.max(max, 1));
}

/** Input examples hold what is needed, output examples every member. */
export function exampleObject(fields: FieldsJson, direction: Direction): Readonly<Record<string, unknown>> {
  const needed = Object.entries(fields).filter(
    ([, node]) => direction === 'output' || (node.required && node.default === undefined),
  );
  return Object.fromEntries(needed.map(([name, node]) => [name, exampleOf(node)]));
}
