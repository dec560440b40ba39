/** GET /api/openapi.json: the API as the credential meets it, as OpenAPI 3.1, Markdown or a Postman collection. */
import { Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import { type DataDeps, openRequest } from '../data/open-request.ts';
import type { AppEnv } from '../http/env.ts';
import { Descriptions } from './described.ts';
import { openApiDocument } from './document.ts';
import { markdownOf } from './markdown.ts';
import { postmanOf } from './postman.ts';
import { surfaceOf } from './surface.ts';

export function openApiRoutes(deps: DataDeps): Hono<AppEnv> {
  const { publicUrl: url, version } = deps.runtime.config;
  const descriptions = new Descriptions();
  return new Hono<AppEnv>().get('/api/openapi.json', async c => {
    const surface = surfaceOf(await openRequest(deps, c));
    const document = () => openApiDocument({ surface, url, version });
    const format = c.req.query('format') ?? 'openapi';
    switch (format) {
      case 'openapi':
        return descriptions.send(c, surface, format, 'application/json', () => JSON.stringify(document()));
      case 'markdown':
        return descriptions.send(c, surface, format, 'text/markdown; charset=utf-8', () => markdownOf(document()));
      case 'postman':
        return descriptions.send(c, surface, format, 'application/json', () => JSON.stringify(postmanOf(document())));
      default:
        throw Problem.of('INVALID_QUERY', { detail: 'format is one of openapi, markdown, postman' });
    }
  });
}
