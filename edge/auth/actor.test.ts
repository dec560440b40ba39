/** Credentials of the data plane: replay on another page, revocation, cookies, the hot path. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { apiKey, revokedToken } from '../control/schema.ts';

describe('authenticate', () => {
  let world: World;
  let owner: Caller;
  let clientId: string;
  let siteId: string;
  let agencyId: string;

  before(async () => {
    world = createWorld();
    owner = await world.signUp('owner@a.test');
    clientId = (await world.call(owner, 'POST', '/api/clients', { name: 'Rosa', zone: 'UTC' })).body.data.id;
    siteId = (await world.call(owner, 'POST', `/api/clients/${clientId}/sites`, { name: 'Main' })).body.data.id;
    agencyId = (await world.call(owner, 'GET', '/api/agency')).body.data.id;
  });
  beforeEach(() => {
    world.time.now += 5_000;
  });
  after(() => world.close());

  const outcome = async (token: string, headers: Record<string, string> = {}, from = world): Promise<string> => {
    try {
      return (await from.auth.authenticate(new Headers({ authorization: `Bearer ${token}`, ...headers }))).kind;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const embedToken = async (): Promise<string> =>
    (await world.auth.tokens.issueEmbed({ siteId, clientId, agencyId, origin: 'https://rosa.example' })).token;
  const accessToken = async (caller: Caller): Promise<string> =>
    (await world.call(caller, 'POST', '/api/session/token', { clientId })).body.data.token;
  const askForKey = (more: object = {}) =>
    world.call(owner, 'POST', `/api/clients/${clientId}/keys`, {
      name: 'Sync',
      scopes: ['booking:read', 'booking:read'],
      ...more,
    });
  const newKey = async (more: object = {}) => (await askForKey(more)).body.data;

  it('takes no cookie and no other scheme', async () => {
    const { cookie = '' } = owner;
    await assert.rejects(async () => world.auth.authenticate(new Headers({ cookie: `__Host-inlay=${cookie}` })), {
      code: 'UNAUTHENTICATED',
    });
    await assert.rejects(async () => world.auth.authenticate(new Headers({ authorization: `Basic ${cookie}` })), {
      code: 'UNAUTHENTICATED',
    });
    assert.equal(await outcome(cookie), 'UNAUTHENTICATED');
  });

  it('binds an embed token to its page: another, missing or `null` Origin is refused, first and later', async () => {
    const token = await embedToken();
    for (let round = 0; round < 2; round++) {
      assert.equal(await outcome(token, { origin: 'https://rosa.example' }), 'visitor');
      for (const origin of [
        'https://evil.test',
        'null',
        'http://rosa.example',
        'https://rosa.example:8443',
        'https://rosa.example.evil.test',
        'https://x.rosa.example',
      ]) {
        assert.equal(await outcome(token, { origin }), 'ORIGIN_NOT_ALLOWED', origin);
      }
      assert.equal(await outcome(token), 'ORIGIN_NOT_ALLOWED');
    }
    world.time.now += 31 * 60_000;
    assert.equal(await outcome(token, { origin: 'https://rosa.example' }), 'TOKEN_EXPIRED');
  });

  it('answers without waiting for a credential seen before', async () => {
    const token = await accessToken(owner);
    const headers = new Headers({ authorization: `Bearer ${token}` });
    await world.auth.authenticate(headers);
    assert.ok(!(world.auth.authenticate(headers) instanceof Promise));
  });

  it('ends the access token with the session, the membership or the client', async () => {
    const member = await world.join(owner, 'member@a.test', 'member');
    const [bySession, byMember] = [await accessToken(member), await accessToken(owner)];
    assert.equal(await outcome(bySession), 'user');
    assert.equal((await world.call(member, 'DELETE', '/api/session')).status, 204);
    assert.equal(await outcome(bySession), 'UNAUTHENTICATED');
    assert.equal(await outcome(byMember), 'user');

    const admin = await world.join(owner, 'admin@a.test', 'admin');
    const ofAdmin = await accessToken(admin);
    const members = (await world.call(owner, 'GET', '/api/members')).body.data;
    const { id } = members.find((row: { email: string }) => row.email === 'admin@a.test');
    assert.equal(await outcome(ofAdmin), 'user');
    assert.equal((await world.call(owner, 'DELETE', `/api/members/${id}`)).status, 204);
    assert.equal(await outcome(ofAdmin), 'UNAUTHENTICATED');
    assert.equal((await world.call(admin, 'GET', '/api/session')).status, 401);
  });

  it('lets one token die by its jti, whatever form its base64 takes', async () => {
    const { token } = await world.auth.tokens.issueAccess({
      userId: 'u',
      clientId,
      agencyId,
      role: 'owner',
      sessionRef: 's',
    });
    assert.equal(await outcome(token), 'user');
    const { jti } = await world.auth.tokens.verify(token);
    await world.auth.revocations.revoke(`jti:${jti}`);
    const last = token.at(-1) ?? '';
    for (const alias of [
      token,
      `${token}=`,
      ...['A', 'B', 'C', 'Q', 'R', 'g', 'w'].map(end => token.slice(0, -1) + end),
    ]) {
      assert.equal(await outcome(alias), 'UNAUTHENTICATED', `${last} as ${alias.at(-1)}`);
    }
  });

  it('kills a revoked key at once here, and within a second in another process', async () => {
    const { id, key, scopes, prefix } = await newKey();
    assert.deepEqual(scopes, ['booking:read']);
    assert.match(key, /^inlay_sk_[\w-]{43}$/);
    assert.ok(key.startsWith(prefix) && prefix.length < 20);
    const other = createWorld({ folder: world.folder });
    other.time.now = world.time.now;
    assert.equal(await outcome(key), 'key');
    assert.equal(await outcome(key, {}, other), 'key');
    assert.equal((await world.call(owner, 'DELETE', `/api/clients/${clientId}/keys/${id}`)).status, 204);
    assert.equal(await outcome(key), 'UNAUTHENTICATED');
    other.time.now += 999;
    assert.equal(await outcome(key, {}, other), 'UNAUTHENTICATED');
    await other.close();
  });

  it('keeps no key in the database, notes its use, and refuses near misses', async () => {
    const { id, key } = await newKey();
    assert.equal(await outcome(key), 'key');
    await world.auth.flush();
    const rows = await world.db.select().from(apiKey);
    assert.ok(!JSON.stringify(rows).includes(key.slice(16)));
    assert.equal(rows.find(row => row.id === id)?.lastUsedAt, world.time.now);
    for (const wrong of [`${key}x`, key.slice(0, -1), key.toUpperCase(), 'inlay_sk_', `inlay_sk_${'A'.repeat(43)}`]) {
      assert.equal(await outcome(wrong), 'UNAUTHENTICATED');
    }
  });

  it('writes the uses of many keys together: the first at once, the others when it is asked to', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => newKey()));
    world.time.now += 60_000;
    const begun = world.time.now;
    for (const { key } of keys) {
      assert.equal(await outcome(key), 'key');
      world.time.now += 10;
    }
    const usedAt = async () => {
      const rows = await world.db.select().from(apiKey);
      return keys.map(({ id }) => rows.find(row => row.id === id)?.lastUsedAt);
    };
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.deepEqual(await usedAt(), [begun, null, null, null, null]);
    await world.auth.flush();
    assert.deepEqual(
      await usedAt(),
      [0, 10, 20, 30, 40].map(after => begun + after),
    );
  });

  it('refuses a key from the instant of its end on, known or not, and says so to nobody but its holder', async () => {
    const end = world.time.now + 90_500;
    const expiresAt = new Date(end).toISOString();
    const { id, key, ...made } = await newKey({ expiresAt });
    assert.equal(made.expiresAt, expiresAt);
    assert.equal((await newKey()).expiresAt, null);
    for (const left of [90_000, 1]) {
      world.time.now = end - left;
      assert.equal(await outcome(key), 'key', `${left} ms before its end`);
    }
    world.time.now = end;
    assert.equal(await outcome(key), 'KEY_EXPIRED');
    const other = createWorld({ folder: world.folder });
    other.time.now = end;
    assert.equal(await outcome(key, {}, other), 'KEY_EXPIRED');
    await other.close();
    await assert.rejects(
      async () => world.auth.authenticate(new Headers({ authorization: `Bearer ${key}` })),
      new RegExp(`good until ${expiresAt}`),
    );
    assert.equal(await outcome(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`), 'UNAUTHENTICATED');
    // It stays in the list until somebody takes it away.
    const listed = (await world.call(owner, 'GET', `/api/clients/${clientId}/keys`)).body.data;
    assert.equal(listed.find((row: { id: string }) => row.id === id).expiresAt, expiresAt);
    assert.equal((await world.call(owner, 'DELETE', `/api/clients/${clientId}/keys/${id}`)).status, 204);
    assert.equal(await outcome(key), 'UNAUTHENTICATED');
  });

  it('takes no end that is over, and none that is no instant', async () => {
    const wrong = [
      new Date(world.time.now).toISOString(),
      '2020-01-01T00:00:00Z',
      '2031-02-30T00:00:00Z',
      '2031-01-01',
      4e12,
    ];
    for (const expiresAt of wrong) {
      const { status, body } = await askForKey({ expiresAt });
      assert.deepEqual([status, body.errors[0].pointer], [422, '/expiresAt'], String(expiresAt));
    }
    assert.equal((await newKey({ expiresAt: '2031-01-01T00:00:00+01:00' })).expiresAt, '2030-12-31T23:00:00.000Z');
  });

  it('lets the tokens of a site die with an origin that is taken off it, and lets new ones in', async () => {
    const origins = `/api/sites/${siteId}/origins`;
    const { id } = (await world.call(owner, 'POST', origins, { origin: 'https://rosa.example' })).body.data;
    const before = await embedToken();
    assert.equal(await outcome(before, { origin: 'https://rosa.example' }), 'visitor');
    assert.equal((await world.call(owner, 'DELETE', `${origins}/${id}`)).status, 204);
    assert.equal(await outcome(before, { origin: 'https://rosa.example' }), 'UNAUTHENTICATED');
    world.time.now += 1;
    assert.equal(await outcome(await embedToken(), { origin: 'https://rosa.example' }), 'visitor');
  });

  it('sweeps away what has ended, and nothing else', async () => {
    const far = createWorld({ folder: world.folder });
    far.time.now = world.time.now + 61 * 60_000;
    const count = async () => (await world.db.select().from(revokedToken)).length;
    assert.ok((await count()) > 0);
    await world.auth.sweep();
    assert.ok((await count()) > 0);
    await far.auth.sweep();
    assert.equal(await count(), 0);
    assert.equal((await world.call(owner, 'GET', '/api/session')).status, 200);
    await far.close();
  });

  it('lets everything of a client die with it', async () => {
    const { key } = await newKey();
    const [access, embed] = [await accessToken(owner), await embedToken()];
    assert.equal(await outcome(key), 'key');
    assert.equal((await world.call(owner, 'DELETE', `/api/sites/${siteId}`)).status, 204);
    assert.equal((await world.call(owner, 'DELETE', `/api/clients/${clientId}`)).status, 204);
    for (const credential of [key, access, embed]) {
      assert.equal(await outcome(credential, { origin: 'https://rosa.example' }), 'UNAUTHENTICATED');
    }
  });
});
