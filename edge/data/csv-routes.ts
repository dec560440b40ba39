/** Records out as CSV and in again. */
import type { Hono } from 'hono';
import { exportCsv } from '../engine/csv/export.ts';
import { importRecords, undoImport } from '../engine/csv/import.ts';
import type { AppEnv } from '../http/env.ts';
import { readJson } from '../http/json-body.ts';
import type { DataDeps } from './open-request.ts';
import { base, entityOf, open, send } from './request.ts';
import { paramsOf } from './text-locale.ts';

/** Bytes of an import's body. */
const importBytes = 1_048_576;

export function addCsvRoutes(routes: Hono<AppEnv>, deps: DataDeps): void {
  const { runtime } = deps;
  routes.get(`${base}/:entity/export.csv`, async c => {
    const { call, module } = await open(deps, c);
    const target = entityOf(module, c);
    const stream = await exportCsv(runtime, call, target, paramsOf(c));
    c.header('Cache-Control', 'private, no-store');
    c.header('Content-Type', 'text/csv; charset=utf-8; header=present');
    c.header('Content-Disposition', `attachment; filename="${module.name}-${target.entity.name}.csv"`);
    return c.body(stream, 200);
  });
  routes.post(`${base}/:entity/import`, async c => {
    const body = await readJson(c.req.raw, importBytes);
    const { call, module } = await open(deps, c, body);
    return send(c, await importRecords(runtime, call, entityOf(module, c), body));
  });
  routes.post(`${base}/:entity/imports/:import/undo`, async c => {
    const { call, module } = await open(deps, c, {});
    return send(c, await undoImport(runtime, call, entityOf(module, c), c.req.param('import') ?? ''));
  });
}
