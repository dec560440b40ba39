import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidv7 } from 'uuidv7';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { Client, ModuleSummary } from '../../schemas/protocol/index.ts';
import { type SuiteCaller, type SuiteRoute, strangerFileRoutes, strangerRoutes } from '../support/access-suite.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';
import { keptFile } from '../support/kept-file.ts';

const everything: SuiteCaller = { name: 'key', headers: {}, roles: ['admin', 'staff'], scopes: () => ['*'] };

/** A route's reply to the salon's key, as bytes. */
async function replyTo(world: DemoWorld, { method, path, body }: SuiteRoute) {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${world.host.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${world.salon.key}`, ...json },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: 'manual',
  });
  // What may be seen names its request; what is not there is the same bytes whoever asks.
  const text = await response.text();
  const told = response.status === 404 ? text : text.replace(/"traceId":"[^"]+"/, '');
  return { status: response.status, body: told, type: response.headers.get('content-type') };
}

describe('one client never sees another', () => {
  let world: DemoWorld;
  let modules: readonly ModuleSummary[];
  before(async () => {
    world = await startDemoWorld();
    const summaries = await world.api.get<ModuleSummary[]>('/api/modules');
    modules = await Promise.all(summaries.map(({ name }) => world.api.get<ModuleSummary>(`/api/modules/${name}`)));
  });
  after(() => world?.host.stop());

  it("client B's ids with client A's key answer as unknown ids do, byte for byte, on every route", async () => {
    let compared = 0;
    let found = 0;
    const compare = async (foreign: readonly SuiteRoute[], unknown: readonly SuiteRoute[]) => {
      for (const [i, route] of foreign.entries()) {
        const theirs = await replyTo(world, route);
        assert.deepEqual(theirs, await replyTo(world, unknown[i]!), route.name);
        assert.ok(route.expected(everything).includes(theirs.status), `${route.name}: ${theirs.status}`);
        compared += 1;
      }
    };
    for (const { name, manifest } of modules) {
      for (const [entity, json] of Object.entries((manifest as ManifestJson).entities)) {
        const listed = await world.dental.call(`${name}/v1/${entity}?page[size]=1`);
        const [theirs] = listed.ok ? ((await listed.json()) as { data: { id: string }[] }).data : [];
        if (theirs) found += 1;
        const routes = (id: string) => strangerRoutes(name, entity, json, id, 'foreign');
        await compare(routes(theirs?.id ?? uuidv7()), routes(uuidv7()));
      }
    }
    const file = await keptFile(world.host.url, world.dental);
    await compare(strangerFileRoutes(file, 'foreign'), strangerFileRoutes(uuidv7(), 'unknown'));
    const csv = 'name,email\nBrought In,brought@mail.example\n';
    const brought = await world.dental.data<{ import: string }>('party/v1/person/import', { body: { csv } });
    const undo = (id: string): SuiteRoute => ({
      name: 'undo import',
      method: 'POST',
      path: `/api/m/party/v1/person/imports/${id}/undo`,
      body: {},
      expected: () => [404],
    });
    await compare([undo(brought.import)], [undo(uuidv7())]);
    assert.equal((await world.dental.data<object[]>('party/v1/person?q=brought')).length, 1, 'it was not undone');
    assert.ok(compared >= 70, `${compared} routes were compared`);
    assert.ok(found >= 5, `${found} entities had a foreign record`);
  });

  it('a readable record of the own client answers 200 where a foreign one answered 404', async () => {
    const [own] = await world.salon.data<{ id: string }[]>('booking/v1/booking?page[size]=1');
    const [theirs] = await world.dental.data<{ id: string }[]>('booking/v1/booking?page[size]=1');
    assert.equal((await world.salon.call(`booking/v1/booking/${own!.id}`)).status, 200);
    assert.equal((await world.salon.call(`booking/v1/booking/${theirs!.id}`)).status, 404);
    assert.equal((await world.dental.call(`booking/v1/booking/${own!.id}`)).status, 404);
  });

  it('actions refuse foreign ids as unknown ones', async () => {
    const [service] = await world.dental.data<{ id: string }[]>('booking/v1/service?page[size]=1');
    const [booking] = await world.dental.data<{ id: string }[]>('booking/v1/booking?page[size]=1');
    const range = { from: '2026-12-01', to: '2026-12-08' };
    const pairs: [string, (id: string) => unknown, string][] = [
      ['availability', id => ({ service: id, ...range }), service!.id],
      ['hold', id => ({ service: id, start: '2026-12-01T10:00:00Z' }), service!.id],
      ['move', id => ({ booking: id, start: '2026-12-01T10:00:00Z' }), booking!.id],
    ];
    for (const [name, input, foreign] of pairs) {
      const [a, b] = await Promise.all(
        [foreign, uuidv7()].map(async id => {
          const response = await world.salon.call(`booking/v1/actions/${name}`, { body: input(id) });
          return [response.status, await response.text()];
        }),
      );
      assert.deepEqual(a, b, name);
      assert.equal(a![0], 404, name);
    }
  });

  it('a body cannot name another client', async () => {
    const other = (await world.api.get<Client[]>('/api/clients')).find(client => client.name === 'Hudson Dental')!;
    for (const member of ['client', 'clientId', 'client_id', 'agencyId', 'role']) {
      const body = { name: 'Party', zone: 'Europe/Prague', windows: [], [member]: other.id };
      const response = await world.salon.call('calendar/v1/schedule', { body });
      assert.equal(response.status, 422, member);
    }
    const names = (await world.dental.data<{ name: string }[]>('calendar/v1/schedule')).map(row => row.name);
    assert.deepEqual(names, ['Opening hours']);
  });

  it('without a credential, with a cookie alone, and with nonsense the answer is 401', async () => {
    const paths = modules.flatMap(({ name, manifest }) =>
      Object.keys((manifest as ManifestJson).entities).flatMap(entity => [
        `${name}/v1/${entity}`,
        `${name}/v1/${entity}/x`,
      ]),
    );
    assert.ok(paths.length >= 16);
    for (const path of paths) {
      for (const headers of [
        {},
        { cookie: '__Host-inlay=abc' },
        { authorization: 'Bearer inlay_sk_x' },
        { authorization: 'Bearer a.b.c' },
      ]) {
        const response = await fetch(`${world.host.url}/api/m/${path}`, { headers: headers as Record<string, string> });
        assert.equal(response.status, 401, `${path} ${JSON.stringify(headers)}`);
        await response.body?.cancel();
      }
    }
  });

  it('a revoked key is dead', async () => {
    const client = (await world.api.get<Client[]>('/api/clients')).find(entry => entry.name === 'Hudson Dental')!;
    const made = await world.api.send<{ id: string; key: string }>(`/api/clients/${client.id}/keys`, {
      body: { name: 'x', scopes: ['*'] },
    });
    const call = () =>
      fetch(`${world.host.url}/api/m/booking/v1/service`, { headers: { authorization: `Bearer ${made.key}` } });
    assert.equal((await call()).status, 200);
    await world.api.send(`/api/clients/${client.id}/keys/${made.id}`, { method: 'DELETE' });
    assert.equal((await call()).status, 401);
  });
});
