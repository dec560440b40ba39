/** Parts of the document that do not depend on the installed modules. */
import type { JsonSchema } from './field-schema.ts';

const integer = (description: string): JsonSchema => ({ description, schema: { type: 'integer' } });
const text = (description: string): JsonSchema => ({ description, schema: { type: 'string' } });

export const headers: Readonly<Record<string, JsonSchema>> = {
  ETag: { ...text("The record's revision in quotes."), example: '"3"' },
  RateLimitLimit: integer('Calls allowed in the window.'),
  RateLimitRemaining: integer('Calls left in the window.'),
  RateLimitReset: integer('Seconds until the window ends.'),
  RetryAfter: integer('Seconds to wait before the next try.'),
  RequestId: text('Id of this call, for questions about it.'),
  IdempotentReplayed: text('`true` where an earlier reply to the same Idempotency-Key is repeated.'),
};

const header = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` });

/** Headers of every reply. */
export const usualHeaders = {
  'X-Request-Id': header('RequestId'),
  'RateLimit-Limit': header('RateLimitLimit'),
  'RateLimit-Remaining': header('RateLimitRemaining'),
  'RateLimit-Reset': header('RateLimitReset'),
} as const;
export const recordHeaders = { ...usualHeaders, ETag: header('ETag') } as const;
export const writeHeaders = { ...usualHeaders, 'Idempotent-Replayed': header('IdempotentReplayed') } as const;

export const parameters: Readonly<Record<string, JsonSchema>> = {
  Id: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id of the record.',
    schema: { type: 'string', format: 'uuid' },
  },
  Search: {
    name: 'q',
    in: 'query',
    description: 'Words to find in the searchable fields; the best matches come first.',
    schema: { type: 'string' },
  },
  PageSize: {
    name: 'page[size]',
    in: 'query',
    description: 'Records on a page.',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 25 },
  },
  PageAfter: {
    name: 'page[after]',
    in: 'query',
    description: "The previous page's `page.after`.",
    schema: { type: 'string' },
  },
  PageBefore: {
    name: 'page[before]',
    in: 'query',
    description: "A page's `page.before`, to go back; `end` for the last page.",
    schema: { type: 'string' },
  },
  Deleted: {
    name: 'deleted',
    in: 'query',
    description: 'Shows deleted records alone, or with the others.',
    schema: { type: 'string', enum: ['only', 'with'] },
  },
  Locale: {
    name: 'locale',
    in: 'query',
    description:
      'The language of texts (BCP 47), before Accept-Language; `*` gives them in all their languages. A text that is sent is kept under it.',
    schema: { type: 'string', maxLength: 35 },
    example: 'de',
  },
  ImportId: {
    name: 'import',
    in: 'path',
    required: true,
    description: "Id of the import, from its reply's `import`.",
    schema: { type: 'string', format: 'uuid' },
  },
  Count: {
    name: 'count',
    in: 'query',
    description: 'Adds `page.total`.',
    schema: { type: 'string', enum: ['exact'] },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes a repeated call safe: the same key with the same body gives the first reply again for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag the change was decided on; 412 when the record has moved on.',
    schema: { type: 'string' },
    example: '"3"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'An ETag; 304 while the record is still the same.',
    schema: { type: 'string' },
    example: '"3"',
  },
};

export const pageSchema: JsonSchema = {
  type: 'object',
  required: ['size', 'after'],
  properties: {
    size: { type: 'integer' },
    after: { type: ['string', 'null'], description: 'Cursor of the next page; null on the last one.' },
    before: { type: ['string', 'null'], description: 'Cursor of the previous page, where this is not the first.' },
    total: { type: 'integer', description: 'With `count=exact`.' },
  },
};

export const recordBaseExample = {
  id: '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71',
  createdAt: '2026-03-01T08:00:00Z',
  updatedAt: '2026-03-01T08:00:00Z',
  rev: 1,
} as const;
