import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { uuidv7 } from 'uuidv7';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { ApiKey, ModuleSummary } from '../../schemas/protocol/index.ts';
import { ownRoutes } from '../support/access-own.ts';
import { entityRoutes, type SuiteCaller, type SuiteRoute } from '../support/access-suite.ts';
import { walk } from '../support/access-walk.ts';
import { lintOpenApi } from '../support/lint-openapi.ts';
import { ownRecords } from '../support/own-records.ts';
import { type RecordsWorld, startRecordsWorld } from '../support/records-world.ts';
import { compile, run } from '../support/typescript-project.ts';

type Row = Record<string, unknown> & { id: string; rev: number };

/** What a customer writes against the generated client of a module that nobody wrote a line of code for. */
const customer = `
import { createClient, InlayError } from './inlay.ts';
const client = createClient({ credential: process.argv[2]!, url: process.argv[3]! });
const project = await client.jobBoard.project.create({ name: 'From a client', budget: { amount: 1200, currency: 'EUR' } });
const task = await client.jobBoard.task.create({ title: 'Typed', project: project.id, priority: 'high' });
const doing = await client.jobBoard.task.start(task.id);
let code = '';
try {
  await client.jobBoard.task.start(task.id);
} catch (error) {
  if (error instanceof InlayError) code = error.code;
}
const { data } = await client.jobBoard.task.list({ filter: { priority: { eq: 'high' }, status: { eq: 'doing' } } });
console.log(JSON.stringify({ status: doing.status, code, found: data.map(({ title }) => title) }));
`;

describe('a module of one manifest, from its template to everything it has', () => {
  let world: RecordsWorld;
  let manifest: ManifestJson;
  const made: Record<string, Row> = {};
  before(async () => {
    world = await startRecordsWorld('job-board');
    manifest = (await world.api.get<ModuleSummary>('/api/modules/job-board')).manifest as ManifestJson;
  });
  after(() => world?.stop());

  const studio = <T = Row>(path: string, body?: unknown, method?: string) =>
    world.studio.data<T>(`job-board/v1/${path}`, { body, method });
  const call = (path: string, body?: unknown, method?: string, headers?: Record<string, string>) =>
    world.studio.call(`job-board/v1/${path}`, { body, method, headers });
  const get = (path: string) =>
    fetch(`${world.host.url}${path}`, { headers: { authorization: `Bearer ${world.studio.key}` } });

  it('is three entities in at most sixty lines, with no other code', () => {
    assert.deepEqual(
      world.files.map(file => file.split('/').at(-1)),
      ['README.md', 'module.test.ts', 'module.ts'],
    );
    const text = readFileSync(join(world.workshop.folder, 'widgets/job-board/module.ts'), 'utf8');
    assert.ok(text.trimEnd().split('\n').length <= 60);
    assert.deepEqual(Object.keys(manifest.entities), ['project', 'task', 'note']);
  });

  it('REST: records are made, read, changed, filtered, included, deleted and restored', async () => {
    const draft = { name: 'Garden', customer: 'Ilse Blum', budget: { amount: 250_000, currency: 'EUR' } };
    const project = await studio('project', { ...draft, email: 'ilse@mail.example', due: '2027-03-01' });
    const titles = ['Draw the plan', 'Order plants', 'Dig'];
    for (const [i, title] of titles.entries()) {
      const task = await studio('task', { title, project: project.id, priority: i === 0 ? 'high' : 'normal' });
      assert.equal(task['status'], 'open');
      made[title] = task;
    }
    made['note'] = await studio('note', { text: 'Roses, not tulips', task: made['Dig']!.id });
    made['project'] = project;
    const high = await studio<Row[]>('task?filter[priority][eq]=high&include=project');
    assert.deepEqual(
      high.map(({ title }) => title),
      ['Draw the plan'],
    );
    const included = await (await call('task?sort=title&include=project&page[size]=2&count=exact')).json();
    const { page, data, ...rest } = included as { page: { total: number }; data: Row[] };
    assert.equal(page.total, 3);
    assert.ok(JSON.stringify([data, rest]).includes('Ilse Blum'), 'the project came along');
    const budgets = await studio<Row[]>('project?filter[due][gte]=2027-01-01');
    assert.deepEqual(budgets[0]!['budget'], draft.budget);

    const changed = await call(`task/${made['Dig']!.id}`, { due: '2027-02-01' }, 'PATCH', { 'if-match': '"1"' });
    assert.deepEqual([changed.status, changed.headers.get('etag')], [200, '"2"']);
    const stale = await call(`task/${made['Dig']!.id}`, { due: null }, 'PATCH', { 'if-match': '"1"' });
    assert.equal(stale.status, 412);
    const wrong = await call('task', { title: '', project: project.id, priority: 'urgent' });
    const { errors } = (await wrong.json()) as { errors: { pointer: string }[] };
    assert.deepEqual(
      errors.map(({ pointer }) => pointer),
      ['/title', '/priority'],
    );

    const { id } = await studio('task', { title: 'Mistake', project: project.id });
    assert.equal((await call(`task/${id}`, undefined, 'DELETE')).status, 204);
    assert.equal((await call(`task/${id}`)).status, 404);
    assert.equal((await studio<Row[]>('task?deleted=only')).length, 1);
    assert.equal((await studio(`task/${id}/restore`, {})).id, id);
    assert.equal((await call(`task/${id}`, undefined, 'DELETE')).status, 204);
  });

  it('states: only the declared steps, only by a transition, and bulk', async () => {
    const [plan, plants] = [made['Draw the plan']!.id, made['Order plants']!.id];
    assert.equal((await call(`task/${plan}`, { status: 'done' }, 'PATCH')).status, 422);
    const early = await call(`task/${plan}/transitions/finish`, {});
    assert.equal(early.status, 409);
    assert.equal(((await early.json()) as { code: string }).code, 'INVALID_TRANSITION');
    assert.equal((await studio(`task/${plan}/transitions/start`, {}))['status'], 'doing');
    assert.equal((await studio(`task/${plan}/transitions/handIn`, {}))['status'], 'review');
    const operations = [plan, plants].map((id, i) => ({ op: 'transition', id, transition: ['finish', 'start'][i] }));
    const done = await studio<{ status: number; data: Row }[]>('task/bulk', { mode: 'each', operations });
    assert.deepEqual(
      done.map(({ status, data }) => [status, data['status']]),
      [
        [200, 'done'],
        [200, 'doing'],
      ],
    );
    const counts = await studio<{ group: Row; measures: { count: number } }[]>('task/aggregate?group=status');
    assert.deepEqual(
      counts.map(({ group, measures }) => [group['status'], measures.count]),
      [
        ['doing', 1],
        ['done', 1],
        ['open', 1],
      ],
    );
  });

  it('GraphQL: the same records and steps, with relations', async () => {
    const ask = async (query: string) => {
      const response = await fetch(`${world.host.url}/api/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.studio.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return response.json() as Promise<{ data: Record<string, Row>; errors?: unknown }>;
    };
    const list = await ask(
      '{ jobBoardTasks(first: 10, sort: [title_ASC]) { totalCount nodes { title status project { name } } } }',
    );
    assert.equal(list.errors, undefined, JSON.stringify(list.errors));
    const { totalCount, nodes } = list.data['jobBoardTasks'] as unknown as { totalCount: number; nodes: Row[] };
    assert.equal(totalCount, 3);
    assert.deepEqual(nodes[0], { title: 'Dig', status: 'open', project: { name: 'Garden' } });
    const step = await ask(`mutation { startJobBoardTask(id: "${made['Dig']!.id}") { status } }`);
    assert.deepEqual(step, { data: { startJobBoardTask: { status: 'doing' } } });
  });

  it('OpenAPI: every route is described, and both linters find nothing', async () => {
    const source = await (await get('/api/openapi.json')).text();
    const { paths } = JSON.parse(source) as { paths: Record<string, object> };
    const base = '/api/m/job-board/v1';
    for (const entity of ['project', 'task', 'note']) {
      assert.deepEqual(Object.keys(paths[`${base}/${entity}`]!), ['get', 'post']);
      assert.ok(paths[`${base}/${entity}/{id}`]);
    }
    for (const step of ['start', 'handIn', 'finish', 'reopen']) {
      assert.ok(paths[`${base}/task/{id}/transitions/${step}`]);
    }
    assert.deepEqual(await lintOpenApi(source), []);
  });

  it('SDK: the generated client compiles, works, and refuses what the API would', async () => {
    const { folder } = world.workshop;
    writeFileSync(join(folder, 'inlay.ts'), await (await get('/api/sdk/typescript')).text());
    writeFileSync(join(folder, 'use.ts'), customer);
    assert.deepEqual(await compile(folder, 'use.ts'), { code: 0, output: '' });
    const { code, output } = await run(folder, process.execPath, ['use.ts', world.studio.key, world.host.url]);
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(output), { status: 'doing', code: 'INVALID_TRANSITION', found: ['Typed'] });
    const mistakes = [
      "client.jobBoard.task.create({ title: 'x' })",
      "client.jobBoard.task.create({ title: 'x', project: 'y', priority: 'urgent' })",
      "client.jobBoard.task.create({ title: 'x', project: 'y', status: 'done' })",
      "client.jobBoard.task.begin('id')",
    ];
    const lines = ["import { createClient } from './inlay.ts';", "const client = createClient({ credential: '' });"];
    writeFileSync(join(folder, 'wrong.ts'), [...lines, ...mistakes.map(line => `void ${line};`)].join('\n'));
    const refused = await compile(folder, 'wrong.ts');
    const found = new Set([...refused.output.matchAll(/^wrong\.ts[:(](\d+)/gm)].map(match => Number(match[1])));
    assert.deepEqual([...found].sort(), [3, 4, 5, 6], refused.output);
  });

  it('audit: who did what to a record, the latest first, without what names a person', async () => {
    type Entry = { action: string; actor: { kind: string }; diff: Row | null };
    const done = await studio<Entry[]>(`task/${made['Draw the plan']!.id}/history`);
    assert.deepEqual(
      done.map(({ action, diff }) => [action, diff?.['status']]),
      [
        ['finish', 'done'],
        ['handIn', 'review'],
        ['start', 'doing'],
        ['created', undefined],
      ],
    );
    assert.ok(done.every(({ actor }) => actor.kind === 'key'));
    const [created] = await studio<Entry[]>(`project/${made['project']!.id}/history`);
    assert.deepEqual([created!.diff!['name'], created!.diff!['customer']], ['Garden', '[redacted]']);
    const page = await (await call(`task/${made['Draw the plan']!.id}/history?page[size]=3`)).json();
    const { after } = (page as { page: { after: string } }).page;
    const rest = await studio<Entry[]>(`task/${made['Draw the plan']!.id}/history?page[after]=${after}`);
    assert.deepEqual(
      rest.map(({ action }) => action),
      ['created'],
    );
  });

  it('search finds in every searched field, and only at the client itself', async () => {
    type Found = { data: { entity: string; id: string; label: string | null }[] };
    const found = (await (await get('/api/search?q=plan')).json()) as Found;
    assert.deepEqual(found.data.map(({ entity, label }) => `${entity} ${label}`).sort(), [
      'job-board.task Draw the plan',
      'job-board.task Order plants',
    ]);
    const notes = (await (await get('/api/search?q=tulips')).json()) as Found;
    assert.deepEqual(
      notes.data.map(({ id }) => id),
      [made['note']!.id],
    );
    const people = await studio<Row[]>('project?q=blum');
    assert.deepEqual(
      people.map(({ name }) => name),
      ['Garden'],
    );
    const rival = await fetch(`${world.host.url}/api/search?q=plan`, {
      headers: { authorization: `Bearer ${world.rival.key}` },
    });
    assert.deepEqual(((await rival.json()) as Found).data, []);
  });

  it('CSV: out with the filter, in with a trial first, errors by row, and back', async () => {
    const out = await (await call('task/export.csv?sort=title&filter[status][eq]=doing')).text();
    const [head, ...lines] = out.trim().split('\r\n');
    assert.ok(head!.includes('title,status,project,priority,due'));
    assert.equal(lines.length, 3);
    const project = made['project']!.id;
    const csv = `What,Project,How\nWater,${project},low\nBroken,${project},sometimes\n`;
    const mapping = { What: 'title', Project: 'project', How: 'priority' };
    const trial = await studio('task/import', { csv, mapping, dryRun: true });
    assert.deepEqual([trial['new'], trial['error'], trial['import']], [1, 1, null]);
    const [error] = trial['errors'] as { row: number; pointer: string }[];
    assert.deepEqual([error!.row, error!.pointer], [2, '/priority']);
    const real = await studio('task/import', { csv, mapping });
    assert.equal((await studio<Row[]>('task?q=water')).length, 1);
    const undone = await studio(`task/imports/${real['import']}/undo`, {});
    assert.equal(undone['removed'], 1);
  });

  it('the whole client moves with it: every record of the module arrives elsewhere', async () => {
    const { api, studio: own, host, email, password } = world;
    const headers = { origin: host.url, 'content-type': 'application/json' };
    const signIn = await fetch(`${host.url}/api/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email, password }),
    });
    const cookie = signIn.headers.get('set-cookie')!.split(';')[0]!;
    const exported = await fetch(`${host.url}/api/clients/${own.id}/export`, { headers: { cookie } });
    const archive = new Uint8Array(await exported.arrayBuffer());
    const names = Object.keys(unzipSync(archive));
    for (const entity of ['project', 'task', 'note']) assert.ok(names.includes(`data/job-board.${entity}.jsonl`));
    const target = await world.newClient('Moved');
    const imported = await fetch(`${host.url}/api/clients/${target.id}/import`, {
      method: 'POST',
      headers: { cookie, origin: host.url, 'content-type': 'application/zip' },
      body: archive,
    });
    assert.equal(imported.status, 201, await imported.text());
    assert.ok(await api.clientToken(target.id));
    const titles = async (client: typeof own) =>
      (await client.data<Row[]>('job-board/v1/task?sort=title')).map(({ title, status }) => [title, status]);
    assert.deepEqual(await titles(target), await titles(own));
    assert.ok((await titles(target)).length >= 4);
  });

  it('permissions: each route answers each caller as the manifest says; another client finds nothing', async () => {
    const { host, api, studio: own } = world;
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const { key } = await api.send<ApiKey>(`/api/clients/${own.id}/keys`, {
      body: { name: 'Reader', scopes: ['job-board:read'] },
    });
    const strong = ['admin', 'staff'];
    const callers: SuiteCaller[] = [
      { name: 'member', headers: bearer(await world.join('member', own.id)), roles: ['staff'] },
      { name: 'client', headers: bearer(await world.join('client', own.id)), roles: strong },
      { name: 'reader', headers: bearer(key!), roles: strong, scopes: module => [`${module}:read`] },
      { name: 'nobody', headers: {}, roles: [], refused: 401 },
    ];
    const foreign = await world.rival.data<Row>('job-board/v1/project', { body: { name: 'Theirs' } });
    const ids = { unknown: uuidv7(), foreign: foreign.id };
    const idOf = async (_module: string, name: string) => (await studio<Row[]>(`${name}?page[size]=1`))[0]?.id;
    const routes: SuiteRoute[] = [];
    for (const [name, entity] of Object.entries(manifest.entities)) {
      const records = await ownRecords(own, 'job-board', name, entity, idOf);
      routes.push(...entityRoutes('job-board', name, entity, ids), ...ownRoutes('job-board', name, entity, records!));
    }
    assert.ok(routes.length >= 60);
    for (const caller of callers) assert.deepEqual((await walk(host.url, caller, routes)).wrong, []);
    const task = made['Dig']!.id;
    const staff = { headers: callers[0]!.headers };
    const path = `${host.url}/api/m/job-board/v1/task/${task}`;
    assert.equal((await fetch(`${path}/transitions/finish`, { method: 'POST', ...staff })).status, 403);
    assert.equal((await fetch(path, { method: 'DELETE', ...staff })).status, 403);
    const [theirs, nobodys] = [task, uuidv7()].map(id => world.rival.call(`job-board/v1/task/${id}`));
    assert.deepEqual([(await theirs!).status, await (await theirs!).text()], [404, await (await nobodys!).text()]);
  });
});
