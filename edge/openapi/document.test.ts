import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '../../schemas/protocol/index.ts';
import { lintOpenApi } from '../../tests/support/lint-openapi.ts';
import { createRegistry } from '../engine/registry.ts';
import type { TestEngine } from '../engine/testing.ts';
import { start } from '../engine/testing-room.ts';
import { modules } from '../registry.generated.ts';
import { openApiDocument } from './document.ts';
import { markdownOf } from './markdown.ts';
import { postmanOf } from './postman.ts';
import { surfaceOf } from './surface.ts';

describe('the OpenAPI document', () => {
  let engine: TestEngine;
  before(() => {
    engine = start();
  });
  after(() => engine.close());

  const documentFor = (actor: Actor, tenant = engine.tenant) => {
    const site = actor.kind === 'visitor' ? tenant.sites[0] : undefined;
    return openApiDocument({
      surface: surfaceOf({ actor, tenant, site }),
      url: 'https://api.inlay.dev',
      version: '0.1.0',
    });
  };

  it('is clean to both linters for every role, over the test module and over every module of the house', async () => {
    const registry = createRegistry(modules);
    const all = (await Promise.all(registry.names.map(name => registry.load(name)))).map(module => module!);
    const house = { ...engine.tenant, modules: all, byName: new Map(all.map(module => [module.name, module])) };
    let linted = 0;
    for (const actor of [engine.actors.admin, engine.actors.staff, engine.actors.visitor]) {
      for (const tenant of [engine.tenant, house]) {
        const document = documentFor(actor, tenant);
        if (Object.keys(document.paths).length === 0) continue;
        assert.deepEqual(await lintOpenApi(JSON.stringify(document)), []);
        linted += Object.keys(document.paths).length;
      }
    }
    assert.ok(linted > 30, `${linted} paths were linted`);
  });

  it('the linters do see a fault', async () => {
    const document = structuredClone(documentFor(engine.actors.admin)) as unknown as Record<string, unknown>;
    document['paths'] = { '/a': { get: { operationId: 'a b', responses: {} } } };
    const linters = (await lintOpenApi(JSON.stringify(document))).map(problem => problem.split(' ')[0]!);
    assert.deepEqual([...new Set(linters)], ['redocly', 'spectral']);
  });

  it('shows each role its own verbs and fields, never a hidden one', () => {
    const admin = documentFor(engine.actors.admin);
    const staff = documentFor(engine.actors.staff);
    assert.deepEqual(Object.keys(admin.paths['/api/m/room/v1/room']!), ['get', 'post']);
    assert.deepEqual(Object.keys(staff.paths['/api/m/room/v1/room']!), ['get']);
    assert.ok(staff.paths['/api/m/room/v1/stay/{id}/transitions/leave']);
    assert.ok(!('/api/m/room/v1/actions/greet' in staff.paths));
    assert.ok('/api/m/room/v1/actions/peek' in staff.paths);
    const schemas = staff.components['schemas']! as Record<string, { properties: Record<string, unknown> }>;
    assert.deepEqual(Object.keys(schemas['RoomRoomUpdate']!.properties), ['floor']);
    assert.ok(!('RoomRoomCreate' in schemas));
    assert.ok(!JSON.stringify([admin.paths, admin.components]).includes('"secret"'));
    const visitor = documentFor(engine.actors.visitor);
    const own = '/api/m/room/v1/room';
    const reading = ['', '/aggregate', '/export.csv', '/{id}', '/query'];
    assert.deepEqual(
      Object.keys(visitor.paths),
      reading.map(path => own + path),
    );
    const shown = visitor.components['schemas']! as Record<string, { properties: object }>;
    assert.deepEqual(Object.keys(shown['RoomRoom']!.properties), ['id', 'createdAt', 'updatedAt', 'rev', 'name']);
  });

  it("a key's scopes bound it", () => {
    const key: Actor = { ...engine.actors.admin, kind: 'key', role: null, scopes: ['room:read'] };
    const methods = Object.values(documentFor(key).paths).flatMap(item => Object.keys(item));
    assert.ok(methods.includes('get'));
    assert.ok(!methods.includes('patch') && !methods.includes('delete'));
    assert.deepEqual(documentFor({ ...key, scopes: ['other:write'] }).paths, {});
  });

  it('exports hold every operation', () => {
    const document = documentFor(engine.actors.admin);
    const count = Object.values(document.paths).flatMap(item => Object.keys(item)).length;
    const markdown = markdownOf(document);
    assert.equal(markdown.match(/^### /gm)?.length, count);
    const collection = postmanOf(document) as {
      item: { item: { request: { url: { raw: string; query: { key: string }[] } } }[] }[];
    };
    const requests = collection.item.flatMap(folder => folder.item);
    assert.equal(requests.length, count);
    assert.ok(requests.every(({ request }) => request.url.raw.startsWith('{{baseUrl}}/api/m/')));
    const listing = requests.find(({ request }) => request.url.raw.endsWith('/room/v1/stay'))!;
    const keys = listing.request.url.query.map(({ key }) => key);
    for (const name of ['filter', 'sort', 'include', 'page[before]']) assert.ok(keys.includes(name), name);
    assert.match(markdown, /Filters: .*`stay:room` \(some, every\)/);
    assert.match(markdown, /`price\.amount` \([^)]*between[^)]*\)/);
    assert.match(markdown, /`include` \| query \|[^|]*`room`/);
  });

  it('holds the verbs of the newest kind, with what they take', () => {
    const { paths, components } = documentFor(engine.actors.admin);
    const stay = '/api/m/room/v1/stay';
    const verbs = ['/query', '/bulk', '/aggregate', '/export.csv', '/import', '/imports/{import}/undo'];
    for (const verb of verbs) assert.ok(paths[stay + verb], verb);
    const schemas = components['schemas'] as Record<string, { properties: Record<string, { properties: object }> }>;
    assert.deepEqual(schemas['RoomRoomFilter']!.properties['stay:room']!.properties, {
      some: { $ref: '#/components/schemas/RoomStayFilter' },
      every: { $ref: '#/components/schemas/RoomStayFilter' },
    });
    assert.ok('between' in schemas['RoomStayFilter']!.properties['start']!.properties);
    const staff = documentFor(engine.actors.staff).paths;
    assert.ok(!staff[`${stay}/import`], 'who may not create may not import');
    const bulk = JSON.stringify(staff['/api/m/room/v1/room/bulk']);
    assert.ok(bulk.includes('"update"') && !bulk.includes('"create"') && !bulk.includes('"delete"'));
    assert.ok(!staff['/api/search'] && !documentFor(engine.actors.visitor).paths['/api/m/room/v1/room/bulk']);
  });
});
