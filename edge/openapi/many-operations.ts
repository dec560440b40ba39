/** Operations that write many records at once: bulk, import and its undo. */
import { usualHeaders, writeHeaders } from './components.ts';
import { exampleObject, type JsonSchema } from './field-schema.ts';
import { pascal, plural } from './naming.ts';
import { bodyOf, json, object, type Part, ref, shared, text, whole } from './operation-parts.ts';
import type { Describing } from './operations.ts';
import { writeCodes } from './problem-responses.ts';
import { stepKinds, stepSchema } from './steps.ts';

const exampleId = '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71';
const id: JsonSchema = { type: 'string', format: 'uuid' };
const rev: JsonSchema = { type: 'integer', minimum: 1, description: 'The revision the change was decided on.' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

interface Shape {
  readonly schema: JsonSchema;
  readonly example: unknown;
}

/** The operations of a bulk request that the credential may ask for. */
function operationShapes({ surface, names }: Describing): Shape[] {
  const { creatable, updatable, deletable } = surface;
  const one = (
    op: string,
    members: Readonly<Record<string, JsonSchema>>,
    optional: readonly string[],
    more: object,
  ) => ({
    schema: { ...object({ op: { type: 'string', enum: [op] }, ...members }, optional), additionalProperties: false },
    example: { op, ...more },
  });
  return [
    ...(creatable
      ? [one('create', { data: ref('schemas', names.create) }, [], { data: exampleObject(creatable, 'input') })]
      : []),
    ...(updatable
      ? [one('update', { id, rev, data: ref('schemas', names.update) }, ['rev'], { id: exampleId, data: {} })]
      : []),
    ...(deletable ? [one('delete', { id, rev }, ['rev'], { id: exampleId })] : []),
    ...stepKinds(surface).map(({ names: steps, askReason }) => {
      const { schema, example } = stepSchema(surface, names.update, askReason);
      const members = { id, rev, transition: { type: 'string', enum: steps }, data: schema };
      const optional = askReason === 'required' ? ['rev'] : ['rev', 'data'];
      const data = askReason === 'required' ? { data: example } : {};
      return one('transition', members, optional, { id: exampleId, transition: steps[0], ...data });
    }),
  ];
}

export function manyOperations(common: Describing, constraintCodes: readonly string[]): Readonly<Record<string, Part>> {
  const { surface, record, many, operation, replies } = common;
  const { module, entity, path, creatable, readable } = surface;
  const stem = pascal(module.name) + pascal(plural(entity.name));
  const shapes = operationShapes(common);
  const codes = ['NOT_FOUND', 'PRECONDITION_FAILED', 'INVALID_TRANSITION', 'IN_USE', ...writeCodes, ...constraintCodes];
  const paths: Record<string, Part> = {};
  if (shapes.length > 0) {
    const item = object({ status: whole, data: record, error: ref('schemas', 'Problem') }, ['data', 'error']);
    const operations = {
      ...list(shapes.length > 1 ? { oneOf: shapes.map(({ schema }) => schema) } : shapes[0]!.schema),
      minItems: 1,
      maxItems: 100,
    };
    const reply = object({ data: list(item), meta: object({ succeeded: whole, failed: whole }) }, ['meta']);
    paths[`${path}/bulk`] = {
      post: {
        ...operation(
          `bulk${stem}`,
          `Write many ${many}`,
          '`atomic` is one commit: all or nothing, and the problem of a refused operation points to it (`/operations/3`). `each` is a commit for each operation, with a status for every one.',
        ),
        parameters: shared('IdempotencyKey'),
        requestBody: bodyOf(object({ mode: { type: 'string', enum: ['atomic', 'each'] }, operations }), {
          mode: 'atomic',
          operations: shapes.map(({ example }) => example),
        }),
        responses: replies(
          {
            '200': {
              description: 'What became of each operation, in order; `meta` counts them in mode `each`.',
              headers: writeHeaders,
              content: json(reply, { data: [{ status: 200, data: common.example.data }] }),
            },
          },
          ...codes,
        ),
      },
    };
  }
  if (creatable && readable) Object.assign(paths, importPaths(common, stem, codes));
  return paths;
}

function importPaths({ surface, many, operation, replies }: Describing, stem: string, codes: readonly string[]) {
  const rowError = object({ row: whole, pointer: text, code: text, message: text });
  const outcome = object({
    import: { type: ['string', 'null'], description: 'To undo it; null where nothing was written.' },
    dryRun: { type: 'boolean' },
    new: whole,
    update: whole,
    error: whole,
    errors: list(rowError),
  });
  const example = { import: exampleId, dryRun: false, new: 1, update: 0, error: 0, errors: [] };
  const reply = (description: string, of: object) => ({
    description,
    headers: writeHeaders,
    content: json(object({ data: outcome }), { data: of }),
  });
  const undone = object({ removed: whole, reverted: whole, kept: list(id) });
  const body: JsonSchema = {
    type: 'object',
    description: 'Either `csv` or `rows`; at most 2,000 rows and 1 MB.',
    properties: {
      csv: { type: 'string', description: 'A file with a header (RFC 4180).' },
      rows: { type: 'array', maxItems: 2_000, items: { type: 'object' } },
      mapping: { type: 'object', additionalProperties: text, description: 'Field by column.' },
      match: { type: 'string', description: 'Field by whose value a row finds the record to change.' },
      dryRun: { type: 'boolean', default: false },
    },
    additionalProperties: false,
  };
  return {
    [`${surface.path}/import`]: {
      post: {
        ...operation(
          `import${stem}`,
          `Import ${many}`,
          'Rows with errors are left out and told by their number; the others are one commit.',
        ),
        parameters: shared('IdempotencyKey'),
        requestBody: bodyOf(body, { csv: 'name\r\nText\r\n', dryRun: true }),
        responses: replies(
          {
            '200': reply('What the import would do.', { ...example, import: null, dryRun: true }),
            '201': reply('What was imported.', example),
          },
          ...codes,
        ),
      },
    },
    [`${surface.path}/imports/{import}/undo`]: {
      post: {
        ...operation(
          `undo${stem}Import`,
          `Undo an import of ${many}`,
          'Within a week, once. Records that somebody has changed since are kept and named.',
        ),
        parameters: shared('ImportId', 'IdempotencyKey'),
        responses: replies(
          {
            '200': {
              description: 'What was taken back.',
              headers: usualHeaders,
              content: json(object({ data: undone }), { data: { removed: 1, reverted: 0, kept: [] } }),
            },
          },
          'NOT_FOUND',
          'CONFLICT',
          'IDEMPOTENCY_MISMATCH',
        ),
      },
    },
  };
}
