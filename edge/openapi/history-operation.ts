/** The operation that tells what was done to one record. */
import { usualHeaders } from './components.ts';
import { json, object, type Part, ref, shared, text } from './operation-parts.ts';
import type { Describing } from './operations.ts';

/** Nothing where the caller does not look after the records. */
export function historyOperation({
  surface,
  label,
  stem,
  operation,
  replies,
}: Describing): Readonly<Record<string, Part>> {
  if (!surface.historical) return {};
  const nullableText = { type: ['string', 'null'] };
  const entry = object({
    id: text,
    at: { type: 'string', format: 'date-time' },
    actor: object({ kind: text, id: nullableText }),
    action: { ...text, description: '`created`, `updated`, `deleted`, `restored`, or the name of a step.' },
    diff: {
      type: ['object', 'null'],
      additionalProperties: true,
      description: 'Values that were set, as far as you may see them, and the `reason` of a step.',
    },
  });
  const example = {
    id: '7',
    at: '2026-03-01T08:00:00Z',
    actor: { kind: 'user', id: '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71' },
    action: 'updated',
    diff: {},
  };
  const get = {
    ...operation(`history${stem}`, `History of a ${label}`, 'What was done to the record, the latest first.'),
    parameters: [
      ...shared('Id'),
      {
        name: 'page[size]',
        in: 'query',
        description: 'Entries on a page.',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
      },
      ...shared('PageAfter'),
    ],
    responses: replies(
      {
        '200': {
          description: 'The entries.',
          headers: usualHeaders,
          content: json(object({ data: { type: 'array', items: entry }, page: ref('schemas', 'Page') }), {
            data: [example],
            page: { size: 25, after: null },
          }),
        },
      },
      'NOT_FOUND',
      'INVALID_QUERY',
    ),
  };
  return { [`${surface.path}/{id}/history`]: { get } };
}
