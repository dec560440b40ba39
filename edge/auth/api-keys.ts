/** API keys: made once, stored hashed, found by their hash. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ControlDatabase } from '../control/database.ts';
import { prepareBatch } from '../control/prepared-batch.ts';
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
  /** Null for never. */
  readonly expiresAt: number | null;
}

/** Undefined for an unknown or revoked key, and for one whose client is gone; one whose time is over is found. */
export type FindApiKey = (key: string) => Promise<KnownApiKey | undefined>;

export function createFindApiKey(db: ControlDatabase): FindApiKey {
  const find = prepareBatch(db, [
    db
      .select({
        id: apiKey.id,
        clientId: apiKey.clientId,
        agencyId: client.agencyId,
        scopes: apiKey.scopes,
        expiresAt: apiKey.expiresAt,
      })
      .from(apiKey)
      .innerJoin(client, eq(client.id, apiKey.clientId))
      .where(and(eq(apiKey.keyHash, sql.placeholder('hash')), isNull(apiKey.revokedAt), isNull(client.deletedAt))),
  ]);
  return async key => {
    if (!FORM.test(key)) return undefined;
    const [[found]] = await find({ hash: hashSecret(key) });
    return found;
  };
}
