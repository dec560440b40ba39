/** Callers of every kind that a client has, and of every kind that is refused, on either host. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { createAuth } from '../../edge/auth/auth.ts';
import type { Tokens } from '../../edge/auth/tokens.ts';
import { openControl } from '../../edge/control/database.ts';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Invitation, Site } from '../../schemas/protocol/index.ts';
import type { TestHost } from '../integration/host.ts';
import type { SuiteCaller } from './access-suite.ts';
import { type DemoWorld, embedOrigin } from './demo-world.ts';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const strong = ['admin', 'staff'];
const HOUR_MS = 3_600_000;
/** How long a key is good that is to be over when it is asked with: long enough to be seen to work. */
const GOOD_FOR_MS = 10_000;
/** What a Worker may go on to take a revoked credential for good. */
const REVOKED_WITHIN_MS = 60_000;

/** All of them, in the order of `callersOf`. */
export const callerNames = [
  'owner',
  'member',
  'client',
  'visitor',
  'key to read',
  'key of one module',
  'key to read files',
  'key of files',
  'nobody',
  'expired owner',
  'expired visitor',
  'expired key',
  'revoked key',
  'visitor of another page',
] as const;

/** Signs as the installation does, `ago` milliseconds earlier. */
function signerOf({ databases, kind, masterKey, url }: TestHost, ago: number): Tokens {
  const clock = { now: () => Date.now() - ago };
  const { db } = openControl({ databases, clock });
  const scheduler = { defer: () => {}, every: () => {} };
  return createAuth({ db, clock, scheduler, config: { host: kind, publicUrl: url, masterKey } }).tokens;
}

/** Its visitors are those of the salon's site. */
export async function callersOf(world: DemoWorld, client: Client, names: readonly string[]): Promise<SuiteCaller[]> {
  const { api, host, salon } = world;
  const signedIn = async (role: string) => {
    const body = { email: `${role}@suite.test`, role, ...(role === 'client' ? { clientId: client.id } : {}) };
    const { url } = await api.send<Invitation & { url: string }>('/api/invitations', { body });
    const person = new ApiClient(request => fetch(request), host.url);
    const accepted = { name: role, password: 'correct horse battery' };
    await person.send(`/api/invitations/accept/${url.split('/').at(-1)}`, { body: accepted });
    return bearer(await person.clientToken(client.id));
  };
  const newKey = (scopes: readonly string[], more: object = {}) =>
    api.send<ApiKey>(`/api/clients/${client.id}/keys`, { body: { name: 'suite', scopes, ...more } });
  const keyWith = async (scopes: readonly string[]) => bearer((await newKey(scopes)).key!);
  const origin = embedOrigin.replace('http:', 'https:');
  const session = await fetch(`${host.url}/embed/${salon.siteKey}/session`, { headers: { origin } });
  const { token } = (await session.json()) as { token: string };
  const sites = await api.get<Site[]>(`/api/clients/${client.id}/sites`);
  const { id: siteId } = sites.find(({ siteKey }) => siteKey === salon.siteKey)!;
  const agencyId = uuidv7();
  const user = { userId: uuidv7(), clientId: client.id, agencyId, role: 'owner', sessionRef: 'x' } as const;
  const page = { siteId, clientId: client.id, agencyId, origin };
  const ask = (headers: Readonly<Record<string, string>>) =>
    fetch(`${host.url}/api/m/booking/v1/service`, { headers: { origin, ...headers } });
  // What the suite signs is good until its time is over: only that is why it is refused.
  const [now, then] = [signerOf(host, 0), signerOf(host, HOUR_MS)];
  for (const { token: good } of [await now.issueAccess(user), await now.issueEmbed(page)]) {
    assert.equal((await ask(bearer(good))).status, 200);
  }
  const end = Date.now() + GOOD_FOR_MS;
  const ended = await newKey(['*'], { expiresAt: new Date(end).toISOString() });
  assert.equal((await ask(bearer(ended.key!))).status, 200);
  const revoked = await newKey(['*']);
  assert.equal((await ask(bearer(revoked.key!))).status, 200);
  await api.send(`/api/clients/${client.id}/keys/${revoked.id}`, { method: 'DELETE' });
  for (let waited = 0; (await ask(bearer(revoked.key!))).status === 200 && waited < REVOKED_WITHIN_MS; waited += 250) {
    await sleep(250);
  }
  const visitor = { roles: ['public'], modules: new Set(['booking', 'chat', 'contact', 'shop']) };
  const over = { roles: strong, refused: 401 } as const;
  const readScopes = names.map(name => `${name}:read`);
  // A key of one module stands before the doors of all the others.
  const [first] = names as [string];
  const scoped = async (name: string, scopes: readonly string[]) => ({
    name,
    headers: await keyWith(scopes),
    roles: strong,
    scopes: () => scopes,
  });
  await sleep(Math.max(0, end - Date.now()));
  return [
    { name: 'owner', headers: bearer(await api.clientToken(client.id)), roles: strong },
    { name: 'member', headers: await signedIn('member'), roles: ['staff'] },
    { name: 'client', headers: await signedIn('client'), roles: strong },
    { name: 'visitor', headers: { ...bearer(token), origin }, ...visitor },
    await scoped('key to read', readScopes),
    await scoped('key of one module', [`${first}:write`]),
    await scoped('key to read files', ['files:read']),
    await scoped('key of files', ['files:write']),
    { name: 'nobody', headers: {}, roles: [], refused: 401 },
    { name: 'expired owner', headers: bearer((await then.issueAccess(user)).token), ...over },
    { name: 'expired visitor', headers: { ...bearer((await then.issueEmbed(page)).token), origin }, ...over },
    { name: 'expired key', headers: bearer(ended.key!), ...over },
    { name: 'revoked key', headers: bearer(revoked.key!), ...over },
    {
      name: 'visitor of another page',
      headers: { ...bearer(token), origin: 'https://evil.test' },
      roles: [],
      refused: 403,
    },
  ];
}
