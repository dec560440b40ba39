/** Token confusion, with real tokens. */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createWorld, PUBLIC_URL, type World } from '../../tests/support/control-world.ts';
import { signingKey } from '../control/schema.ts';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const grant = { userId: 'u', name: 'Rosa', clientId: 'c', agencyId: 'a', role: 'owner', sessionRef: 's' } as const;

describe('a token', () => {
  let world: World;
  let claims: JWTPayload & Record<string, unknown>;
  let active: { kid: string; key: CryptoKey };

  before(async () => {
    world = createWorld();
    active = (await world.auth.keys.active()) as typeof active;
    const iat = world.time.now / 1000;
    claims = {
      sub: 'u',
      cid: 'c',
      aid: 'a',
      role: 'owner',
      ses: 's',
      iss: PUBLIC_URL,
      aud: 'inlay:data',
      jti: 'j',
      iat,
      exp: iat + 600,
    };
  });
  after(() => world.close());

  const sign = (
    payload: JWTPayload,
    header: Record<string, unknown> = {},
    key: CryptoKey = active.key,
  ): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', kid: active.kid, typ: 'at+jwt', ...header }).sign(key);
  const outcome = async (token: string, headers: Record<string, string> = {}): Promise<string> => {
    try {
      const actor = await world.auth.authenticate(new Headers({ authorization: `Bearer ${token}`, ...headers }));
      return actor.kind;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('of ours is let in, with what it says', async () => {
    assert.equal(await outcome(await sign(claims)), 'user');
    const { token } = await world.auth.tokens.issueAccess(grant);
    const actor = await world.auth.authenticate(new Headers({ authorization: `bearer ${token}` }));
    assert.deepEqual(actor, {
      kind: 'user',
      id: 'u',
      name: 'Rosa',
      agencyId: 'a',
      clientId: 'c',
      siteId: null,
      role: 'owner',
      scopes: null,
      origin: null,
    });
  });

  it('without a signature is refused (alg none)', async () => {
    for (const alg of ['none', 'None', 'nOnE']) {
      const head = base64({ alg, kid: active.kid, typ: 'at+jwt' });
      assert.equal(await outcome(`${head}.${base64(claims)}.`), 'UNAUTHENTICATED');
    }
  });

  it('signed with the public key as an HMAC secret is refused (RS to HS)', async () => {
    const { keys } = await world.auth.keys.jwks();
    const secrets = [JSON.stringify(keys[0]), String(keys[0]?.x), Buffer.from(String(keys[0]?.x), 'base64url')];
    for (const secret of secrets) {
      const signed = `${base64({ alg: 'HS256', kid: active.kid, typ: 'at+jwt' })}.${base64(claims)}`;
      assert.equal(
        await outcome(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`),
        'UNAUTHENTICATED',
      );
    }
  });

  it('that brings its own key is refused (jwk, jku, x5u, foreign or strange kid)', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const jwk = await exportJWK(publicKey);
    const tricks = [
      { jwk },
      { jwk, kid: undefined },
      { jku: 'https://evil.test/jwks.json' },
      { x5u: 'https://evil.test/cert' },
      { kid: 'foreign' },
      { kid: '../../dev/null' },
      { kid: "x' UNION SELECT 1 --" },
      { kid: '__proto__' },
      { kid: 'constructor' },
    ];
    for (const trick of tricks) {
      assert.equal(await outcome(await sign(claims, trick, privateKey)), 'UNAUTHENTICATED', JSON.stringify(trick));
    }
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const byRsa = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: active.kid, typ: 'at+jwt' }).sign(rsa);
    assert.equal(await outcome(await byRsa), 'UNAUTHENTICATED');
  });

  it('for another audience, issuer, type or critical extension is refused', async () => {
    assert.equal(await outcome(await sign({ ...claims, aud: 'inlay:other' })), 'UNAUTHENTICATED');
    assert.equal(await outcome(await sign({ ...claims, aud: ['inlay:data', 'inlay:embed'] })), 'UNAUTHENTICATED');
    assert.equal(await outcome(await sign({ ...claims, aud: undefined })), 'UNAUTHENTICATED');
    assert.equal(await outcome(await sign({ ...claims, iss: 'https://evil.test' })), 'UNAUTHENTICATED');
    assert.equal(await outcome(await sign(claims, { typ: 'JWT' })), 'UNAUTHENTICATED', 'an id token');
    assert.equal(await outcome(await sign(claims, { typ: 'embed+jwt' })), 'UNAUTHENTICATED');
    assert.equal(
      await outcome(await sign({ ...claims, aud: 'inlay:embed', sid: 's', org: 'https://x.test' })),
      'UNAUTHENTICATED',
    );
    assert.equal(await outcome(await sign({ ...claims, role: 'root' })), 'UNAUTHENTICATED');
    assert.equal(await outcome(await sign({ ...claims, exp: undefined })), 'UNAUTHENTICATED');
    assert.equal(await outcome(`${await sign(claims)}x`), 'UNAUTHENTICATED');
    assert.equal(await outcome('a'.repeat(100_000)), 'UNAUTHENTICATED');
    assert.equal(await outcome(''), 'UNAUTHENTICATED');
  });

  it('expires after its time and the skew, also when it was seen before', async () => {
    const { token } = await world.auth.tokens.issueAccess(grant);
    assert.equal(await outcome(token), 'user');
    world.time.now += 629_000;
    assert.equal(await outcome(token), 'user');
    world.time.now += 1_500;
    assert.equal(await outcome(token), 'TOKEN_EXPIRED');
    assert.equal(await outcome(token), 'TOKEN_EXPIRED');
  });

  it('of a clock ten minutes ahead or behind is refused beyond the skew, and taken within it', async () => {
    const issuedAt = async (offset: number): Promise<string> => {
      world.time.now += offset;
      const { token } = await world.auth.tokens.issueAccess(grant);
      world.time.now -= offset;
      return outcome(token);
    };
    assert.equal(await issuedAt(600_000), 'UNAUTHENTICATED');
    assert.equal(await issuedAt(31_000), 'UNAUTHENTICATED');
    assert.equal(await issuedAt(29_000), 'user');
    assert.equal(await issuedAt(-600_000), 'user', 'its last moment, and the skew');
    assert.equal(await issuedAt(-632_000), 'TOKEN_EXPIRED');
  });

  it('survives one rotation of the key, not two', async () => {
    const { token } = await world.auth.tokens.issueAccess(grant);
    await world.auth.keys.rotate();
    const jwks = await world.call({}, 'GET', '/.well-known/jwks.json');
    assert.equal(jwks.body.keys.length, 2);
    assert.doesNotMatch(jwks.text, /"d":/);
    assert.equal(await outcome(token), 'user');
    await world.auth.keys.rotate();
    const other = createWorld({ folder: world.folder });
    other.time.now = world.time.now;
    await assert.rejects(async () => other.auth.authenticate(new Headers({ authorization: `Bearer ${token}` })), {
      code: 'UNAUTHENTICATED',
    });
    await other.close();
  });

  it('is signed by one key, sealed at rest, though two processes start at once', async () => {
    const first = createWorld();
    const second = createWorld({ folder: first.folder });
    const { issueAccess } = first.auth.tokens;
    const [a, b] = await Promise.all([issueAccess(grant), second.auth.tokens.issueAccess(grant)]);
    for (const { token } of [a, b]) {
      assert.equal((await second.auth.authenticate(new Headers({ authorization: `Bearer ${token}` }))).kind, 'user');
    }
    const rows = await first.db.select().from(signingKey);
    assert.equal(rows.length, 1);
    assert.match(rows[0]?.privateJwkSealed ?? '', /^v1\./);
    assert.doesNotMatch(JSON.stringify(rows), /"d"|\\"d\\"/);
    await second.close();
    await first.close();
  });
});
