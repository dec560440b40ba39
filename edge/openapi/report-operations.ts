/** Operations that read an entity as figures or as a file, and the search over all of them. */
import { usualHeaders } from './components.ts';
import { exampleOf, fieldSchema, type JsonSchema } from './field-schema.ts';
import { filterParameters, shapeParameters, sortParameter } from './list-parameters.ts';
import { camel, type Names, pascal, plural } from './naming.ts';
import { json, object, type Part, text, whole } from './operation-parts.ts';
import type { Describing } from './operations.ts';
import { problemResponses } from './problem-responses.ts';
import { groupsOf, measuresOf } from './query-surface.ts';
import { keyOf, type Surface } from './surface.ts';

const csvExample = 'id,createdAt,updatedAt,rev\r\n';

/** `aggregate` and `export.csv`. */
export function reportOperations({
  surface,
  names,
  many,
  operation,
  replies,
}: Describing): Readonly<Record<string, Part>> {
  if (!surface.readable) return {};
  const { module, entity, path } = surface;
  const stem = pascal(module.name) + pascal(plural(entity.name));
  return {
    [`${path}/aggregate`]: {
      get: {
        ...operation(
          `aggregate${stem}`,
          `Count and sum ${many}`,
          'One row for each group; amounts of two currencies are never added up. At most 1,000 groups.',
        ),
        parameters: [...aggregateParameters(surface), ...filterParameters(surface, names.filter)],
        responses: replies(
          {
            '200': { description: 'The groups.', headers: usualHeaders, content: aggregateContent(surface) },
          },
          'INVALID_QUERY',
        ),
      },
    },
    [`${path}/export.csv`]: {
      get: {
        ...operation(
          `export${stem}`,
          `Export ${many}`,
          'The filtered list as CSV (RFC 4180). Text that a spreadsheet would run as a formula starts with an apostrophe.',
        ),
        parameters: [
          ...filterParameters(surface, names.filter),
          sortParameter(surface),
          ...shapeParameters(surface).filter(parameter => parameter['name'] !== 'include'),
        ],
        responses: replies(
          {
            '200': {
              description: 'The file.',
              headers: usualHeaders,
              content: { 'text/csv': { schema: text, example: csvExample } },
            },
          },
          'INVALID_QUERY',
        ),
      },
    },
  };
}

const listed = (name: string, description: string, schema: JsonSchema): JsonSchema => ({
  name,
  in: 'query',
  description,
  style: 'form',
  explode: false,
  schema: { type: 'array', maxItems: 10, items: schema },
});

function aggregateParameters(surface: Describing['surface']): readonly JsonSchema[] {
  const measures = [...measuresOf(surface).keys()];
  const groups = [...groupsOf(surface).keys()];
  const inZone: JsonSchema = { type: 'string', pattern: '^\\w+\\([\\w.]+,[\\w/+-]+\\)$' };
  return [
    listed('measure', 'What to work out; `count` without it.', { type: 'string', enum: measures }),
    listed(
      'group',
      "Fields or calendar units to group by. A unit counts in the client's time zone, or in the one after its field: `month(createdAt,Europe/Prague)`.",
      { anyOf: [{ type: 'string', enum: groups }, inZone] },
    ),
    listed('sort', 'Groups and measures in order of weight, a minus before a descending one.', text),
  ];
}

function aggregateContent(surface: Describing['surface']): Part {
  const values = (from: ReadonlyMap<string, Parameters<typeof fieldSchema>[0]>): JsonSchema => ({
    type: 'object',
    properties: Object.fromEntries([...from].map(([name, node]) => [name, fieldSchema(node, 'output')])),
  });
  const [group] = groupsOf(surface);
  const row = object({ group: values(groupsOf(surface)), measures: values(measuresOf(surface)) });
  return json(object({ data: { type: 'array', items: row } }), {
    data: [{ group: group ? { [group[0]]: exampleOf(group[1]) } : {}, measures: { count: 3 } }],
  });
}

export const searchTag = { name: 'Search', description: 'Records of every module by words in them.' } as const;

/** `GET /api/search`; nothing where the credential may search nowhere. */
export function searchPath(surface: Surface, ids: Names): Readonly<Record<string, Part>> {
  const searched = surface.modules.flatMap(({ entities }) => entities.filter(({ searchable }) => searchable));
  const [first] = searched;
  if (!first) return {};
  const entity: JsonSchema = { type: 'string', enum: searched.map(keyOf) };
  const hit = object({ entity, id: { type: 'string', format: 'uuid' }, label: { type: ['string', 'null'] } });
  const count = object({ entity, label: text, count: whole });
  const get = {
    operationId: ids.take(camel('search')),
    summary: 'Search everything',
    description:
      'The best matches of each entity, dealt out in turn. Every word must be found; the start of one is enough, accents and case do not matter, and words that are nowhere are taken for misspelt ones.',
    tags: [searchTag.name],
    parameters: [
      { name: 'q', in: 'query', required: true, description: 'The words.', schema: text, example: 'ada' },
      {
        name: 'size',
        in: 'query',
        description: 'Results of each entity.',
        schema: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
      },
      listed('entities', 'Where to look; `counts` are of all entities whatever this says.', entity),
    ],
    responses: {
      '200': {
        description: 'What was found.',
        headers: usualHeaders,
        content: json(object({ data: { type: 'array', items: hit }, counts: { type: 'array', items: count } }), {
          data: [{ entity: keyOf(first), id: '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71', label: 'Ada' }],
          counts: [{ entity: keyOf(first), label: first.entity.json.label, count: 1 }],
        }),
      },
      ...problemResponses(first.module, ['INVALID_QUERY']),
    },
  };
  return { '/api/search': { get } };
}
