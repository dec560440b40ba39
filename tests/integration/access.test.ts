import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { uuidv7 } from 'uuidv7';
import { createEmbeddedDatabases } from '../../edge/adapters/node/databases.ts';
import { readMasterKey } from '../../edge/adapters/node/master-key.ts';
import { createAuth } from '../../edge/auth/auth.ts';
import { openControl } from '../../edge/control/database.ts';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { ApiKey, Client, Invitation, ModuleSummary } from '../../schemas/protocol/index.ts';
import {
  actionRoutes,
  entityRoutes,
  fileRoutes,
  type SuiteCaller,
  type SuiteRoute,
  widgetRoutes,
} from '../support/access-suite.ts';
import { type DemoClient, type DemoWorld, embedOrigin, startDemoWorld } from '../support/demo-world.ts';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const strong = ['admin', 'staff'];

/** An access token that this installation signed an hour ago; its key is at hand on Node alone. */
async function expiredToken(world: DemoWorld, clientId: string): Promise<string | undefined> {
  const { dataFolder, url } = world.host;
  if (dataFolder === undefined) return undefined;
  const databases = createEmbeddedDatabases({ folder: join(dataFolder, 'stores') });
  try {
    const clock = { now: () => Date.now() - 3_600_000 };
    const { db } = openControl({ databases, clock });
    const masterKey = readMasterKey(join(dataFolder, 'secret.key'));
    const scheduler = { defer: () => {}, every: () => {} };
    const { tokens } = createAuth({ db, clock, scheduler, config: { host: 'node', publicUrl: url, masterKey } });
    const grant = { userId: uuidv7(), clientId, agencyId: uuidv7(), role: 'owner', sessionRef: 'x' } as const;
    return (await tokens.issueAccess(grant)).token;
  } finally {
    databases.close();
  }
}

async function callersOf(world: DemoWorld, client: Client, names: readonly string[]): Promise<SuiteCaller[]> {
  const { api, host, salon } = world;
  const signedIn = async (role: string) => {
    const body = { email: `${role}@suite.test`, role, ...(role === 'client' ? { clientId: client.id } : {}) };
    const { url } = await api.send<Invitation & { url: string }>('/api/invitations', { body });
    const person = new ApiClient(request => fetch(request), host.url);
    const accepted = { name: role, password: 'correct horse battery' };
    await person.send(`/api/invitations/accept/${url.split('/').at(-1)}`, { body: accepted });
    return bearer(await person.clientToken(client.id));
  };
  const keyWith = async (scopes: readonly string[]) =>
    bearer((await api.send<ApiKey>(`/api/clients/${client.id}/keys`, { body: { name: 'suite', scopes } })).key!);
  const origin = embedOrigin.replace('http:', 'https:');
  const session = await fetch(`${host.url}/embed/${salon.siteKey}/session`, { headers: { origin } });
  const { token } = (await session.json()) as { token: string };
  const expired = await expiredToken(world, client.id);
  const readScopes = names.map(name => `${name}:read`);
  // A key of one module stands before the doors of all the others.
  const [first] = names as [string];
  return [
    { name: 'owner', headers: bearer(await api.clientToken(client.id)), roles: strong },
    { name: 'member', headers: await signedIn('member'), roles: ['staff'] },
    { name: 'client', headers: await signedIn('client'), roles: strong },
    {
      name: 'visitor',
      headers: { ...bearer(token), origin },
      roles: ['public'],
      modules: new Set(['booking', 'contact']),
    },
    { name: 'key to read', headers: await keyWith(readScopes), roles: strong, scopes: () => readScopes },
    {
      name: 'key of one module',
      headers: await keyWith([`${first}:write`]),
      roles: strong,
      scopes: () => [`${first}:write`],
    },
    { name: 'key to read files', headers: await keyWith(['files:read']), roles: strong, scopes: () => ['files:read'] },
    { name: 'key of files', headers: await keyWith(['files:write']), roles: strong, scopes: () => ['files:write'] },
    { name: 'nobody', headers: {}, roles: [], refused: 401 },
    ...(expired ? [{ name: 'expired', headers: bearer(expired), roles: strong, refused: 401 } as const] : []),
  ];
}

const firstId = async (client: DemoClient, path: string): Promise<string | undefined> => {
  const response = await client.call(`${path}?page[size]=1`);
  return response.ok ? ((await response.json()) as { data: { id: string }[] }).data[0]?.id : undefined;
};

/** A file of a client, ready to be read by it. */
async function keptFile({ key }: DemoClient): Promise<string> {
  const { url } = world.host;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const file = { name: 'x.txt', size: 5, contentType: 'text/plain', purpose: 'suite' };
  const made = await fetch(`${url}/api/files`, { method: 'POST', headers, body: JSON.stringify(file) });
  const { data } = (await made.json()) as { data: { id: string; upload: { url: string } } };
  await fetch(data.upload.url, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'hello' });
  assert.equal(
    (await fetch(`${url}/api/files/${data.id}/complete`, { method: 'POST', headers, body: '{}' })).status,
    200,
  );
  return data.id;
}

let world: DemoWorld;

describe('each route answers each caller as the manifest says', () => {
  before(async () => {
    world = await startDemoWorld();
  });
  after(() => world?.host.stop());

  it('every installed module, every route, every caller', async () => {
    const summaries = await world.api.get<ModuleSummary[]>('/api/modules');
    const modules = await Promise.all(
      summaries.map(
        async ({ name }) => (await world.api.get<ModuleSummary>(`/api/modules/${name}`)).manifest as ManifestJson,
      ),
    );
    const names = summaries.map(({ name }) => name);
    const clients = await world.api.get<Client[]>('/api/clients');
    const business = clients.find(client => client.name !== 'Hudson Dental')!;
    const callers = await callersOf(world, business, names);
    const routes: SuiteRoute[] = [];
    for (const [i, manifest] of modules.entries()) {
      const module = names[i]!;
      for (const [entity, json] of Object.entries(manifest.entities)) {
        const path = `${module}/v1/${entity}`;
        const ids = {
          unknown: uuidv7(),
          foreign: await firstId(world.dental, path),
          own: await firstId(world.salon, path),
        };
        routes.push(...entityRoutes(module, entity, json, ids));
      }
      routes.push(...actionRoutes(module, manifest), ...widgetRoutes(module, manifest));
    }
    routes.push(...fileRoutes({ unknown: uuidv7(), foreign: await keptFile(world.dental), own: undefined }));
    const wrong: string[] = [];
    const met = new Map<number, number>();
    for (const caller of callers) {
      for (const route of routes) {
        const response = await fetch(`${world.host.url}${route.path}`, {
          method: route.method,
          headers: { ...caller.headers, ...(route.body === undefined ? {} : { 'content-type': 'application/json' }) },
          body: route.body === undefined ? undefined : JSON.stringify(route.body),
        });
        await response.arrayBuffer();
        met.set(response.status, (met.get(response.status) ?? 0) + 1);
        const expected = route.expected(caller);
        if (!expected.includes(response.status)) {
          wrong.push(`${caller.name}: ${route.name}: ${response.status}, expected ${expected.join(' or ')}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.equal(callers.length, world.host.kind === 'node' ? 10 : 9);
    assert.ok(routes.length >= 130, `${routes.length} routes were looked at`);
    for (const status of [200, 401, 403, 404, 422])
      assert.ok((met.get(status) ?? 0) >= 20, `${status}: ${met.get(status)}`);
  });
});
