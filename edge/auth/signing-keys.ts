/** The key pairs that sign tokens: made at first use, sealed at rest, rotated without a break. */
import { eq } from 'drizzle-orm';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Clock } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { databaseErrorIn } from '../control/failures.ts';
import { signingKey } from '../control/schema.ts';
import type { Sealer } from './sealed.ts';

export const ALGORITHM = 'EdDSA';
/** How often an unknown `kid` may make us look again, so that made-up ones cost nothing. */
const RELOAD_MS = 5_000;
/** Another process may have rotated: keys are looked up again after this time. */
const FRESH_MS = 10 * 60_000;

interface Ring {
  readonly active: { readonly kid: string; readonly key: CryptoKey };
  readonly verifiers: ReadonlyMap<string, CryptoKey>;
  readonly jwks: { readonly keys: readonly JWK[] };
}

export interface SigningKeys {
  active(): Promise<Ring['active']>;
  /** Undefined for a `kid` that is not ours. */
  verifier(kid: string): Promise<CryptoKey | undefined>;
  /** Public halves, for `/.well-known/jwks.json`. */
  jwks(): Promise<Ring['jwks']>;
  /** A new key signs from now on; the former still verifies until the next rotation. */
  rotate(): Promise<void>;
}

export interface SigningKeysDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly sealer: Sealer;
}

export function createSigningKeys({ db, clock, sealer }: SigningKeysDeps): SigningKeys {
  let ring: Ring | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;

  // Keys are kept, never the promise of them: a Worker may drop the request that fetches them.
  const load = async (): Promise<Ring> => {
    lookedAt = clock.now();
    ring = await loadRing();
    return ring;
  };
  const current = (maxAge = FRESH_MS): Ring | Promise<Ring> =>
    ring && clock.now() - lookedAt < maxAge ? ring : load();

  async function loadRing(): Promise<Ring> {
    let rows = await db.select().from(signingKey);
    if (!rows.some(row => row.state === 'active')) {
      await insertActive(false);
      rows = await db.select().from(signingKey);
    }
    const active = rows.find(row => row.state === 'active');
    if (!active) throw new Error('There is no active signing key.');
    const verifiers = new Map<string, CryptoKey>();
    for (const row of rows) verifiers.set(row.kid, (await importJWK(row.publicJwk as JWK, ALGORITHM)) as CryptoKey);
    const privateJwk = JSON.parse(await sealer.open(active.privateJwkSealed, active.kid)) as JWK;
    const key = (await importJWK(privateJwk, ALGORITHM)) as CryptoKey;
    const keys = rows.map(row => row.publicJwk as JWK);
    return { active: { kid: active.kid, key }, verifiers, jwks: { keys } };
  }

  async function insertActive(replacing: boolean): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
    const publicJwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const now = clock.now();
    const insert = db.insert(signingKey).values({
      kid,
      state: 'active',
      publicJwk: { ...publicJwk, kid, alg: ALGORITHM, use: 'sig' },
      privateJwkSealed: await sealer.seal(JSON.stringify(await exportJWK(privateKey)), kid),
      createdAt: now,
    });
    try {
      if (!replacing) await insert;
      else {
        await db.batch([
          db.delete(signingKey).where(eq(signingKey.state, 'previous')),
          db.update(signingKey).set({ state: 'previous', retiredAt: now }).where(eq(signingKey.state, 'active')),
          insert,
        ]);
      }
    } catch (error) {
      // Another process was first; its key is as good.
      if (databaseErrorIn(error)?.kind !== 'constraint') throw error;
    }
  }

  return {
    active: async () => (await current()).active,
    async verifier(kid) {
      const known = (await current()).verifiers.get(kid);
      if (known || clock.now() - lookedAt < RELOAD_MS) return known;
      return (await load()).verifiers.get(kid);
    },
    jwks: async () => (await current(RELOAD_MS)).jwks,
    async rotate() {
      await current();
      await insertActive(true);
      await load();
    },
  };
}
