/** API keys: made once, stored hashed, found by their hash. */
import { and, eq, isNull } from 'drizzle-orm';
import type { ControlDatabase } from '../control/database.ts';
import { apiKey, client } from '../control/schema.ts';
import { hashSecret, newSecret } from './secrets.ts';

const FORM = /^inlay_sk_[A-Za-z0-9_-]{43}$/;
/** `inlay_sk_` and six characters more. */
const SHOWN = 15;

export interface NewApiKey {
  /** Shown once. */
  readonly key: string;
  readonly prefix: string;
  readonly keyHash: string;
}

export function newApiKey(): NewApiKey {
  const key = `inlay_sk_${newSecret()}`;
  return { key, prefix: key.slice(0, SHOWN), keyHash: hashSecret(key) };
}

export const isApiKey = (credential: string): boolean => credential.startsWith('inlay_');

export interface KnownApiKey {
  readonly id: string;
  readonly clientId: string;
  readonly agencyId: string;
  readonly scopes: readonly string[];
}

/** Undefined for an unknown or revoked key, and for one whose client is gone. */
export async function findApiKey(db: ControlDatabase, key: string): Promise<KnownApiKey | undefined> {
  if (!FORM.test(key)) return undefined;
  return db
    .select({ id: apiKey.id, clientId: apiKey.clientId, agencyId: client.agencyId, scopes: apiKey.scopes })
    .from(apiKey)
    .innerJoin(client, eq(client.id, apiKey.clientId))
    .where(and(eq(apiKey.keyHash, hashSecret(key)), isNull(apiKey.revokedAt), isNull(client.deletedAt)))
    .get();
}
