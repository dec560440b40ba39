/** The OpenAPI 3.1 document of one credential: exactly the modules, fields and verbs that it may use. */
import { headers, pageSchema, parameters } from './components.ts';
import { type JsonSchema, moneySchema, objectSchema } from './field-schema.ts';
import { filterSchema } from './list-parameters.ts';
import { Names, pascal } from './naming.ts';
import type { EntityNames } from './operation-parts.ts';
import { actionPath, entityPaths } from './operations.ts';
import { problemSchema } from './problem-responses.ts';
import { searchPath, searchTag } from './report-operations.ts';
import { shareResponses } from './shared-responses.ts';
import type { EntitySurface, Surface } from './surface.ts';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>> & { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly security: readonly unknown[];
}

/** The members of an operation that exports read. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly JsonSchema[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example: unknown }>> };
  /** A response, or a reference to a shared one. */
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly $ref?: string }>>;
}

export interface DocumentOptions {
  readonly surface: Surface;
  /** Origin of the installation. */
  readonly url: string;
  readonly version: string;
}

export function openApiDocument({ surface, url, version }: DocumentOptions): OpenApiDocument {
  const schemas: Record<string, JsonSchema> = {};
  const all: Record<string, Readonly<Record<string, unknown>>> = {};
  const components = new Names(['Money', 'Page', 'Problem']);
  const ids = new Names();
  const named = new Map<EntitySurface, EntityNames>();
  for (const { entities } of surface.modules) for (const of of entities) named.set(of, namesOf(of, components));
  const nameOf = (of: EntitySurface) => named.get(of)!;
  for (const { entities, actions } of surface.modules) {
    for (const entity of entities) {
      Object.assign(schemas, entitySchemas(entity, nameOf));
      Object.assign(all, entityPaths(entity, nameOf, ids));
    }
    for (const action of actions) Object.assign(all, actionPath(action, ids));
  }
  const search = searchPath(surface, ids);
  Object.assign(all, search);
  const { paths, responses } = shareResponses(all);
  const used = JSON.stringify([paths, responses, schemas]);
  const fixed = { Money: moneySchema, Page: pageSchema, Problem: problemSchema };
  const document = {
    openapi: '3.1.0' as const,
    info: {
      title: 'Inlay API',
      version,
      summary: 'The modules of one client.',
      description: introduction,
      contact: { name: 'Inlay', url: `${url}/docs` },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url, description: 'This installation' }],
    tags: [
      ...surface.modules.map(({ module: { manifest } }) => ({
        name: manifest.label,
        description: manifest.description,
      })),
      ...(Object.keys(search).length > 0 ? [searchTag] : []),
    ],
    security: [{ bearer: [] }],
    paths: paths as OpenApiDocument['paths'],
    components: {
      schemas: { ...schemas, ...onlyUsed('schemas', fixed, used) },
      parameters: onlyUsed('parameters', parameters, used),
      headers: onlyUsed('headers', headers, used),
      responses: responses as Readonly<Record<string, JsonSchema>>,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            "An API key (`inlay_sk_...`), or the short token of a signed-in user or of a site's visitor. A key may have been given an end: after it, every call answers 401 `KEY_EXPIRED`, and only a new key helps.",
        },
      },
    },
  };
  return document;
}

const introduction = [
  'Records and actions of the modules that the credential may use; nothing else is in this document.',
  'Ids are UUIDv7, instants RFC 3339 in UTC, money integer minor units with an ISO 4217 code.',
  'Errors are problem+json (RFC 9457) with a stable `code`.',
  'Send an `Idempotency-Key` with every write that may be repeated, and `If-Match` with every change of a record.',
  'A write may say in `Inlay-Campaign` which campaign brought whoever it is for, as an address does: `utm_source=letter&utm_campaign=spring`.',
].join('\n\n');

function namesOf({ module, entity }: EntitySurface, components: Names): EntityNames {
  const stem = pascal(module.name) + pascal(entity.name);
  return {
    record: components.take(stem),
    filter: components.take(`${stem}Filter`),
    create: components.take(`${stem}Create`),
    update: components.take(`${stem}Update`),
  };
}

/** The members that the engine sets itself. */
function baseSchemas({ builtIns }: EntitySurface): JsonSchema {
  const { properties } = objectSchema(builtIns, 'output') as { properties: Record<string, JsonSchema> };
  return {
    ...properties,
    id: { type: 'string', format: 'uuid' },
    rev: { type: 'integer', description: 'Grows with every change; its ETag.' },
  };
}

function entitySchemas(surface: EntitySurface, nameOf: (of: EntitySurface) => EntityNames): Record<string, JsonSchema> {
  const { entity, builtIns, shown, readable, creatable, updatable } = surface;
  const names = nameOf(surface);
  const record = objectSchema(shown, 'output') as { required?: string[]; properties: JsonSchema };
  return {
    [names.record]: {
      ...record,
      description: `${entity.json.label} of ${surface.module.manifest.label}.`,
      required: [...Object.keys(builtIns), ...(record.required ?? [])],
      properties: { ...baseSchemas(surface), ...record.properties },
    },
    ...(readable ? { [names.filter]: filterSchema(surface, of => nameOf(of).filter) } : {}),
    ...(creatable ? { [names.create]: objectSchema(creatable, 'input') } : {}),
    ...(updatable ? { [names.update]: objectSchema(updatable, 'input', true) } : {}),
  };
}

function onlyUsed(
  kind: string,
  components: Readonly<Record<string, JsonSchema>>,
  text: string,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(components).filter(([name]) => text.includes(`"#/components/${kind}/${name}"`)),
  );
}
