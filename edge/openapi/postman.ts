/** The document as a Postman collection, format 2.1. */
import type { OpenApiDocument } from './document.ts';
import { exampleBody, operationsOf, parametersOf } from './markdown.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** `{{baseUrl}}` and `{{token}}` are the collection's variables; the token is left for the reader to fill in. */
export function postmanOf(document: OpenApiDocument): Readonly<Record<string, unknown>> {
  const folders = document.tags.map(({ name, description }) => ({
    name,
    description,
    item: operationsOf(document, name).map(({ method, path, operation }) => {
      const body = exampleBody(operation);
      const segments = path
        .slice(1)
        .replaceAll(/\{(\w+)\}/g, ':$1')
        .split('/');
      const asked = parametersOf(document, operation).filter(parameter => parameter.in === 'query');
      return {
        name: operation.summary,
        request: {
          method: method.toUpperCase(),
          description: operation.description,
          header: body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }],
          url: {
            raw: `{{baseUrl}}/${segments.join('/')}`,
            host: ['{{baseUrl}}'],
            path: segments,
            variable: segments.flatMap(segment =>
              segment.startsWith(':') ? [{ key: segment.slice(1), value: '' }] : [],
            ),
            query: asked.map(({ name, description: about, required }) => ({
              key: name,
              value: '',
              description: about,
              disabled: !required,
            })),
          },
          ...(body === undefined
            ? {}
            : { body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } } }),
        },
        response: [],
      };
    }),
  }));
  return {
    info: { name: document.info.title, description: document.info['description'], schema },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: document.servers[0]?.url ?? '', type: 'string' },
      { key: 'token', value: '', type: 'string' },
    ],
    item: folders,
  };
}
