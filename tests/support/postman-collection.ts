/** The Postman Collection Format 2.1.0, as its published schema states it, of the parts that we write; anything else is refused. */
import * as z from 'zod';

export const collectionSchema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const description = z
  .union([z.string(), z.null(), z.strictObject({ content: z.string(), type: z.string() })])
  .optional();

const variable = z.strictObject({
  key: z.string(),
  value: z.unknown().optional(),
  type: z.enum(['string', 'boolean', 'any', 'number']).optional(),
  name: z.string().optional(),
  description,
  disabled: z.boolean().optional(),
});

const attribute = z.strictObject({ key: z.string(), value: z.unknown().optional(), type: z.string().optional() });

const url = z.strictObject({
  raw: z.string(),
  protocol: z.string().optional(),
  host: z.union([z.string(), z.array(z.string())]).optional(),
  path: z.union([z.string(), z.array(z.string())]).optional(),
  port: z.string().optional(),
  query: z
    .array(
      z.strictObject({
        key: z.string().nullable().optional(),
        value: z.string().nullable().optional(),
        disabled: z.boolean().optional(),
        description,
      }),
    )
    .optional(),
  hash: z.string().optional(),
  variable: z.array(variable).optional(),
});

const body = z.strictObject({
  mode: z.enum(['raw', 'urlencoded', 'formdata', 'file', 'graphql']),
  raw: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  disabled: z.boolean().optional(),
});

const item = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  description,
  variable: z.array(variable).optional(),
  request: z.strictObject({
    url: z.union([z.string(), url]).optional(),
    method: z.string().regex(/^[A-Z]+$/),
    description,
    header: z.array(
      z.strictObject({ key: z.string(), value: z.string(), disabled: z.boolean().optional(), description }),
    ),
    body: body.optional(),
  }),
  response: z.array(z.never()),
});

/** Folders of requests, with the bearer's token for all of them. */
export const postmanCollection = z.strictObject({
  info: z.strictObject({
    name: z.string(),
    _postman_id: z.string().optional(),
    description,
    version: z.union([z.string(), z.null()]).optional(),
    schema: z.literal(collectionSchema),
  }),
  auth: z.strictObject({ type: z.literal('bearer'), bearer: z.array(attribute) }),
  variable: z.array(variable),
  item: z.array(z.strictObject({ name: z.string().optional(), description, item: z.array(item) })),
});
