import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditServer } from 'graphql-http';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

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

  it('an oversized document is refused with 400, a request without a credential with 401', async () => {
    const query = `{ ${Array.from({ length: 10_000 }, (_value, i) => `a${i}: __typename`).join(' ')} }`;
    const send = (headers: Record<string, string>) =>
      fetch(`${world.host.url}/api/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
    const refused = await send({ authorization: `Bearer ${world.salon.key}` });
    assert.equal(refused.status, 400);
    assert.equal(((await refused.json()) as Answer<never>).errors![0]!.extensions.code, 'QUERY_TOO_LARGE');
    assert.equal((await send({})).status, 401);
  });
});
