import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditServer } from 'graphql-http';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';
import { postmanCollection } from '../support/postman-collection.ts';

interface Answer<T> {
  readonly data?: T;
  readonly errors?: { message: string; extensions: { code: string; status: number } }[];
}

describe('the API in its other formats', () => {
  let world: DemoWorld;
  before(async () => {
    world = await startDemoWorld();
  });
  after(() => world?.host.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${world.host.url}${path}`, { headers: { authorization: `Bearer ${world.salon.key}`, ...headers } });
  const ask = async <T>(query: string, variables: object = {}, key = world.salon.key): Promise<Answer<T>> => {
    const response = await fetch(`${world.host.url}/api/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<T>;
  };

  it('the OpenAPI document is for the credential, and is revalidated by its ETag', async () => {
    const response = await get('/api/openapi.json');
    const document = (await response.json()) as { openapi: string; servers: { url: string }[]; paths: object };
    assert.equal(document.openapi, '3.1.0');
    assert.equal(document.servers[0]!.url, world.host.url);
    assert.ok('/api/m/booking/v1/service' in document.paths && !('/api/m/booking/v1/link' in document.paths));
    const etag = response.headers.get('etag')!;
    assert.equal((await get('/api/openapi.json', { 'if-none-match': etag })).status, 304);
    assert.match(await (await get('/api/openapi.json?format=markdown')).text(), /^# Inlay API/);
    assert.equal((await get('/api/openapi.json?format=yaml')).status, 400);
    assert.equal((await fetch(`${world.host.url}/api/openapi.json`)).status, 401);
  });

  it('every path of the document is answered', async () => {
    const { paths } = (await (await get('/api/openapi.json')).json()) as { paths: Record<string, { get?: object }> };
    const lists = Object.keys(paths).filter(path => paths[path]!.get && !path.includes('{'));
    assert.ok(lists.length >= 6);
    for (const path of lists) {
      assert.equal((await get(path === '/api/search' ? `${path}?q=a` : path)).status, 200, path);
    }
    for (const verb of ['/api/search', '/api/m/booking/v1/booking/aggregate', '/api/m/party/v1/person/export.csv']) {
      assert.ok(lists.includes(verb), verb);
    }
  });

  it('the Postman collection is one of format 2.1, for the credential, and its requests are those of the document', async () => {
    const response = await get('/api/openapi.json?format=postman');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type')!, /^application\/json/);
    const collection = postmanCollection.parse(await response.json());
    const { paths } = (await (await get('/api/openapi.json')).json()) as { paths: Record<string, object> };
    const verbs = ['get', 'put', 'post', 'delete', 'patch'];
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).flatMap(verb => (verbs.includes(verb) ? [`${verb.toUpperCase()} ${path}`] : [])),
    );
    const requests = collection.item.flatMap(folder =>
      folder.item.map(({ request: { method, url } }) => {
        const { raw, variable = [] } = url as { raw: string; variable?: { key: string }[] };
        const named = [...raw.matchAll(/:(\w+)/g)].map(([, name]) => name);
        assert.deepEqual(
          variable.map(({ key }) => key),
          named,
          raw,
        );
        return `${method} ${raw.replace('{{baseUrl}}', '').replaceAll(/:(\w+)/g, '{$1}')}`;
      }),
    );
    assert.deepEqual(requests.toSorted(), operations.toSorted());
    assert.ok(requests.length >= 50, `${requests.length} requests`);
    const first = collection.item[0]!.item[0]!.request.url as { path: string[] };
    const asked = collection.variable.find(({ key }) => key === 'baseUrl')!.value;
    assert.equal((await fetch(`${asked}/${first.path.join('/')}`)).status, 401, 'it leads to this host');
    const reader = await fetch(`${world.host.url}/api/openapi.json?format=postman`);
    assert.equal(reader.status, 401);
  });

  it('passes the audit of GraphQL over HTTP', async () => {
    const authorised: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${world.salon.key}`);
      return fetch(input, { ...init, headers });
    };
    const results = await auditServer({ url: `${world.host.url}/api/graphql`, fetchFn: authorised });
    assert.ok(results.length > 50, `${results.length} audits ran`);
    const failed = results.filter(({ status }) => status !== 'ok');
    assert.deepEqual(
      failed.map(({ id, name, ...rest }) => `${id} ${name} ${'reason' in rest ? rest.reason : ''}`),
      [],
    );
  });

  it('GraphQL reads what REST reads, relations included', async () => {
    const { data, errors } = await ask<{
      bookingBookings: { totalCount: number; nodes: { recordId: string; service: { name: string } }[] };
    }>(
      '{ bookingBookings(first: 5, sort: [start_ASC]) { totalCount nodes { recordId service { name } resource { name schedule { zone } } } } }',
    );
    assert.equal(errors, undefined);
    const rest = await world.salon.data<{ id: string }[]>('booking/v1/booking?page[size]=5&sort=start');
    assert.deepEqual(
      data!.bookingBookings.nodes.map(node => node.recordId),
      rest.map(({ id }) => id),
    );
    assert.ok(data!.bookingBookings.totalCount > 5);
    assert.ok(data!.bookingBookings.nodes.every(node => node.service.name.length > 0));
  });

  it("another client's ids are not there", async () => {
    const [theirs] = await world.dental.data<{ id: string }[]>('booking/v1/booking?page[size]=1');
    const found = await ask<{ bookingBooking: unknown }>('query ($id: ID!) { bookingBooking(id: $id) { id } }', {
      id: theirs!.id,
    });
    assert.equal(found.data!.bookingBooking, null);
    const cancelled = await ask('mutation ($id: ID!) { cancelBookingBooking(id: $id) { id } }', { id: theirs!.id });
    assert.deepEqual(
      cancelled.errors!.map(({ extensions }) => [extensions.code, extensions.status]),
      [['NOT_FOUND', 404]],
    );
  });

  it('floods of real fields, depths and directives are refused with 400 and read nothing', async () => {
    const send = async (query: string, key: string | undefined = world.salon.key) => {
      const response = await fetch(`${world.host.url}/api/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
        body: JSON.stringify({ query }),
      });
      return { status: response.status, answer: (await response.json()) as Answer<never> };
    };
    const many = (count: number, part: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => part(n)).join(' ');
    const services = 'bookingServices(first: 1) { nodes { name price { amount } } }';
    const deep = (levels: number) =>
      `{ bookingBookings { nodes { ${'service { bookings { nodes { '.repeat(levels)}recordId${' } } }'.repeat(levels)} } } }`;
    const floods: readonly [string, string][] = [
      [`{ ${many(10_000, n => `a${n}: ${services}`)} }`, 'QUERY_TOO_LARGE'],
      [`{ ${many(31, n => `a${n}: ${services}`)} }`, 'TOO_MANY_ALIASES'],
      [
        `{ ${many(30, n => `a${n}: bookingBookings(first: 200) { nodes { service { name } resource { name } } }`)} }`,
        'QUERY_TOO_COSTLY',
      ],
      [deep(17), 'QUERY_TOO_DEEP'],
      [deep(2_000), 'QUERY_TOO_LARGE'],
      [`{ bookingServices ${'@skip(if: false) '.repeat(5_000)}{ nodes { name } } }`, 'QUERY_TOO_LARGE'],
      [
        `{ ${many(1_000, n => `...f${n}`)} } ${many(1_000, n => `fragment f${n} on Query { bookingServices { nodes { name } } }`)}`,
        'QUERY_TOO_LARGE',
      ],
      ['{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', 'FRAGMENT_CYCLE'],
    ];
    for (const [query, code] of floods) {
      const { status, answer } = await send(query);
      const codes = answer.errors?.map(({ extensions }) => extensions.code);
      assert.deepEqual([status, codes, answer.data], [400, [code], undefined], query.slice(0, 60));
      assert.equal((await send(query, '')).status, 401, 'who is nobody learns nothing');
    }
    // What is given too often or is not known is named by validation, a few times and not five hundred.
    const repeated = await send(`{ bookingServices ${'@skip(if: false) '.repeat(500)}{ nodes { name } } }`);
    const unknown = await send(`{ bookingServices { nodes { ${many(500, n => `name @flood${n}`)} } } }`);
    for (const { answer } of [repeated, unknown]) {
      assert.equal(answer.data, undefined);
      assert.ok(answer.errors!.length >= 1 && answer.errors!.length <= 21, `${answer.errors!.length} errors`);
    }
    assert.equal((await send(`{ ${services} }`)).answer.errors, undefined, 'the same fields are answered once');
  });
});
