import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidv7 } from 'uuidv7';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { Client, ModuleSummary } from '../../schemas/protocol/index.ts';
import { type DemoClient, type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

interface Route {
  readonly name: string;
  readonly path: (id: string) => string;
  readonly method?: string;
  readonly body?: unknown;
}

/** Every route of an entity that takes an id. */
function routesOf(module: string, entity: string, json: ManifestJson['entities'][string]): Route[] {
  const base = `${module}/v1/${entity}`;
  return [
    { name: `GET ${base}`, path: id => `${base}/${id}` },
    { name: `PATCH ${base}`, path: id => `${base}/${id}`, method: 'PATCH', body: {} },
    { name: `DELETE ${base}`, path: id => `${base}/${id}`, method: 'DELETE' },
    ...Object.keys(json.states?.transitions ?? {}).map(transition => ({
      name: `POST ${base} ${transition}`,
      path: (id: string) => `${base}/${id}/transitions/${transition}`,
      method: 'POST',
      body: {},
    })),
  ];
}

const reply = async (client: DemoClient, route: Route, id: string) => {
  const response = await client.call(route.path(id), { method: route.method, body: route.body });
  return { status: response.status, body: await response.text(), type: response.headers.get('content-type') };
};

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
    for (const { name, manifest } of modules) {
      for (const [entity, json] of Object.entries((manifest as ManifestJson).entities)) {
        const listed = await world.dental.call(`${name}/v1/${entity}?page[size]=1`);
        const [theirs] = listed.ok ? ((await listed.json()) as { data: { id: string }[] }).data : [];
        if (theirs) found += 1;
        for (const route of routesOf(name, entity, json)) {
          const foreign = await reply(world.salon, route, theirs?.id ?? uuidv7());
          const unknown = await reply(world.salon, route, uuidv7());
          assert.deepEqual(foreign, unknown, route.name);
          assert.equal(foreign.status, 404, route.name);
          compared += 1;
        }
      }
    }
    assert.ok(compared >= 30, `${compared} routes were compared`);
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
