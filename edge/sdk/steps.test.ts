import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { entity, f } from '../../schemas/module/index.ts';
import { lintOpenApi } from '../../tests/support/lint-openapi.ts';
import { compile, run } from '../../tests/support/typescript-project.ts';
import { dataRoutes } from '../data/routes.ts';
import { serveRoutes } from '../data/testing.ts';
import { createTestEngine, type TestEngine } from '../engine/testing.ts';
import { graphqlRoutes } from '../graphql/routes.ts';
import type { AppEnv } from '../http/env.ts';
import { openApiDocument } from '../openapi/document.ts';
import { markdownOf } from '../openapi/markdown.ts';
import { postmanOf } from '../openapi/postman.ts';
import { surfaceOf } from '../openapi/surface.ts';
import { pythonClient } from './python.ts';
import { typescriptClient } from './typescript.ts';

const cases = testModule({
  id: 'inlay.cases',
  description: 'Cases and their steps.',
  entities: {
    case: entity({
      label: 'Case',
      labelField: 'title',
      fields: {
        title: f.text(),
        motto: f.text().translated().optional(),
        state: f.enum(['open', 'held', 'closed']).default('open').readOnly(),
      },
      states: {
        field: 'state',
        initial: 'open',
        transitions: {
          hold: { from: ['open'], to: 'held', roles: ['staff'], askReason: 'optional' },
          close: { from: ['open', 'held'], to: 'closed', roles: ['staff'], askReason: 'required' },
          reopen: { from: ['closed'], to: 'open', roles: ['staff'] },
        },
      },
      access: { admin: { read: true, create: true, update: true }, public: { read: { fields: ['title'] } } },
    }),
  },
});

let engine: TestEngine;
let app: Hono<AppEnv>;
before(() => {
  engine = createTestEngine({ modules: [{ module: cases }], now: '2026-01-05T09:00:00Z' });
  app = serveRoutes(engine, deps => dataRoutes(deps).route('/', graphqlRoutes(deps)));
});
after(() => engine.close());

const surface = (actor = engine.actors.admin) =>
  surfaceOf({ actor, tenant: engine.tenant, site: actor.kind === 'visitor' ? engine.tenant.sites[0] : undefined });
const documentOf = () => openApiDocument({ surface: surface(), url: 'https://api.inlay.dev', version: '1.0.0' });

test('OpenAPI, Markdown and Postman know why a step is taken, what was done to a record, and in which language', async () => {
  const document = documentOf();
  assert.deepEqual(await lintOpenApi(JSON.stringify(document)), []);
  const at = '/api/m/cases/v1/case/{id}';
  const bodyOf = (step: string) =>
    (document.paths[`${at}/transitions/${step}`]!['post'] as unknown as { requestBody: Record<string, unknown> })
      .requestBody as { required: boolean; content: { 'application/json': { schema: Record<string, unknown> } } };
  const schemaOf = (step: string) => bodyOf(step).content['application/json'].schema;
  assert.deepEqual([bodyOf('close').required, schemaOf('close')['required']], [true, ['reason']]);
  assert.deepEqual([bodyOf('hold').required, schemaOf('hold')['required']], [false, undefined]);
  assert.deepEqual(Object.keys(schemaOf('hold')['properties'] as object), ['title', 'motto', 'reason']);
  assert.ok('$ref' in schemaOf('reopen'));
  const bulk = JSON.stringify(document.paths['/api/m/cases/v1/case/bulk']);
  assert.equal(bulk.split('"reason":{').length - 1, 2);
  assert.ok(document.paths[`${at}/history`]!['get']);
  const locale = { $ref: '#/components/parameters/Locale' };
  const spoken = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).flatMap(({ parameters = [] }) =>
      parameters.some(parameter => parameter['$ref'] === locale.$ref)
        ? [path.slice('/api/m/cases/v1/case'.length)]
        : [],
    ),
  );
  assert.ok(
    spoken.includes('') &&
      spoken.includes('/{id}') &&
      spoken.includes('/query') &&
      spoken.includes('/{id}/transitions/close'),
  );
  assert.ok(!spoken.includes('/aggregate') && !spoken.includes('/{id}/history'));
  for (const text of [markdownOf(document), JSON.stringify(postmanOf(document))]) {
    for (const told of ['/history', 'reason', 'locale']) assert.ok(text.includes(told), told);
  }
  const visitor = openApiDocument({ surface: surface(engine.actors.visitor), url: 'https://x.test', version: '1' });
  assert.ok(!Object.keys(visitor.paths).some(path => path.endsWith('/history')));
});

test('every place that takes the parameter does take it', async () => {
  const { id } = await engine.create(engine.actors.admin, 'cases', 'case', { title: 'T', motto: { en: 'a', de: 'b' } });
  const at = '/api/m/cases/v1/case';
  for (const path of [at, `${at}/${id}`, `${at}/export.csv`]) {
    const reply = await app.request(`${path}?locale=de`);
    assert.deepEqual([reply.status, (await reply.text()).includes('b')], [200, true], path);
  }
  assert.equal((await app.request(`${at}/${id}/history?locale=de`)).status, 200);
});

test('GraphQL takes the reason of a step, alone and in bulk, and tells the history', async () => {
  const { id } = await engine.create(engine.actors.admin, 'cases', 'case', { title: 'G' });
  const ask = async (query: string) => {
    const reply = await app.request('/api/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any shape
    return (await reply.json()) as { data: any; errors?: { message: string }[] };
  };
  const missing = await ask(`mutation { closeCasesCase(id: "${id}") { state } }`);
  assert.match(missing.errors![0]!.message, /"reason" of type "String!" is required/);
  await ask(`mutation { holdCasesCase(id: "${id}", reason: "later") { state } }`);
  const closed = await ask(`mutation { closeCasesCase(id: "${id}", reason: "done") { state } }`);
  assert.equal(closed.data.closeCasesCase.state, 'closed');
  const bulk = await ask(
    `mutation { bulkCasesCases(mode: EACH, operations: [{ transition: { id: "${id}", name: reopen } }, { transition: { id: "${id}", name: close, reason: "again" } }]) { status } }`,
  );
  assert.deepEqual(bulk.data.bulkCasesCases, [{ status: 200 }, { status: 200 }]);
  const read = async (args: string) =>
    (await ask(`{ casesCase(id: "${id}") { recordHistory${args} { nodes { action diff actor { kind } } after } } }`))
      .data.casesCase.recordHistory as { nodes: { action: string; diff: { reason?: string } }[]; after: string | null };
  const all = await read('');
  assert.deepEqual(
    all.nodes.map(({ action, diff }) => [action, diff.reason]),
    [
      ['close', 'again'],
      ['reopen', undefined],
      ['close', 'done'],
      ['hold', 'later'],
      ['created', undefined],
    ],
  );
  const first = await read('(first: 2)');
  const second = await read(`(first: 3, after: "${first.after}")`);
  assert.deepEqual([...first.nodes, ...second.nodes], all.nodes);
  assert.equal(second.after, null);
});

const typescript = `
import { createClient, InlayError } from './inlay.ts';
const { cases } = createClient({ credential: 'x', url: process.argv[2]! });
const made = await cases.case.create({ title: process.argv[3]! });
await cases.case.hold(made.id, { reason: 'later' });
await cases.case.close(made.id, { reason: 'done' });
await cases.case.bulk('atomic', [{ op: 'transition', id: made.id, transition: 'reopen' }]);
await cases.case.bulk('atomic', [{ op: 'transition', id: made.id, transition: 'close', data: { reason: 'again' } }]);
let code = '';
try {
  await cases.case.close(made.id, { reason: '' });
} catch (error) {
  code = error instanceof InlayError ? error.code : '';
}
const { data, page } = await cases.case.history(made.id, { size: 4 });
const rest = await cases.case.history(made.id, { after: page.after! });
const filter = { id: { eq: made.id } } as const;
const some = (await cases.case.list({ filter, fields: ['state'] })).data[0]!;
const state: string = some.state;
const asked = (await cases.case.query({ filter, fields: ['state'] })).data[0]!;
const csv = await cases.case.exportCsv({ filter, fields: ['state'] });
console.log(JSON.stringify({ code, steps: [...data, ...rest.data].map(({ action, diff }) => [action, diff?.['reason'] ?? null]), state, same: asked.rev === some.rev, members: [Object.keys(some), Object.keys(asked)], csv: csv.split('\\r\\n')[0] }));
`;
const wrong = `
import { createClient } from './inlay.ts';
const { cases } = createClient({ credential: '' });
void cases.case.close('id');
void cases.case.close('id', { title: 'x' });
void cases.case.reopen('id', { reason: 'x' });
void cases.case.list({ fields: ['nothing'] });
void cases.case.list({ fields: ['state'] }).then(({ data }) => data[0]!.title);
void cases.case.bulk('atomic', [{ op: 'transition', id: '', transition: 'close' }]);
`;
const python = `
import json, sys
from inlay import InlayClient, InlayError
case = InlayClient("x", url=sys.argv[1]).cases.case_
made = case.create({"title": sys.argv[2]})
case.hold(made["id"], reason="later")
case.close(made["id"], reason="done")
case.bulk("atomic", [{"op": "transition", "id": made["id"], "transition": "reopen"}])
case.bulk("atomic", [{"op": "transition", "id": made["id"], "transition": "close", "data": {"reason": "again"}}])
code = ""
try:
    case.close(made["id"], reason="")
except InlayError as error:
    code = error.code
page = case.history(made["id"], size=4)
rest = case.history(made["id"], after=page.after)
filter = {"id": {"eq": made["id"]}}
some = case.list(filter=filter, fields=["state"]).data[0]
asked = case.query(filter=filter, fields=["state"]).data[0]
csv = case.export_csv(filter=filter, fields=["state"])
print(json.dumps({"code": code, "steps": [[entry["action"], entry["diff"].get("reason")] for entry in page.data + rest.data], "state": some["state"], "same": asked["rev"] == some["rev"], "members": [list(some), list(asked)], "csv": csv.split("\\r\\n")[0]}))
`;

import { testModule } from '../engine/testing-module.ts';

test('both clients give reasons, read histories and ask for single members', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-steps-'));
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'inlay.ts'), typescriptClient(surface(), url));
  writeFileSync(join(folder, 'inlay.py'), pythonClient(surface(), url));
  writeFileSync(join(folder, 'use.ts'), typescript);
  writeFileSync(join(folder, 'wrong.ts'), wrong);
  writeFileSync(join(folder, 'use.py'), python);
  assert.deepEqual(await compile(folder, 'use.ts'), { code: 0, output: '' });
  const faults = [...(await compile(folder, 'wrong.ts')).output.matchAll(/^wrong\.ts[:(](\d+)/gm)].map(
    ([, line]) => line,
  );
  assert.deepEqual([...new Set(faults)], ['4', '5', '6', '7', '8', '9']);
  const members = ['id', 'createdAt', 'updatedAt', 'rev', 'state'];
  const expected = {
    code: 'VALIDATION_FAILED',
    steps: [
      ['close', 'again'],
      ['reopen', null],
      ['close', 'done'],
      ['hold', 'later'],
      ['created', null],
    ],
    state: 'closed',
    same: true,
    members: [members, members],
    csv: members.join(','),
  };
  for (const [command, file] of [
    [process.execPath, 'use.ts'],
    ['python3', 'use.py'],
  ] as const) {
    const { code, output } = await run(folder, command, [file, url, file]);
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(output), expected);
  }
});
