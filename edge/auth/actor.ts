/** The one place where an actor is made, from a credential that was verified. */
import { Problem } from '../../schemas/errors/index.ts';
import type { Clock } from '../../schemas/ports/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { createFindApiKey, isApiKey } from './api-keys.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { KeyUses } from './key-uses.ts';
import type { Revocations } from './revocations.ts';
import type { StaffSession } from './sessions.ts';
import { SKEW_SECONDS, type TokenClaims, type Tokens } from './tokens.ts';

/** Credentials remembered, in entries. */
const CAPACITY = 20_000;
/** A key's scopes are read again after this time; a revoked one dies at once. */
const KEY_KEPT_MS = 60_000;
const USE_NOTED_EVERY_MS = 60_000;

export interface ActorDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly keyUses: Pick<KeyUses, 'note'>;
  readonly tokens: Tokens;
  readonly revocations: Revocations;
}

/** Answers at once for a credential seen before; no cookie is ever looked at. Throws `Problem`. */
export type Authenticate = (headers: Headers) => Actor | Promise<Actor>;

interface Entry {
  readonly actor: Actor;
  readonly issuedAt: number;
  readonly until: number;
  /** What a revocation may name. */
  readonly subjects: readonly string[];
  useNotedAt: number;
}

export function createAuthenticate(deps: ActorDeps): Authenticate {
  const { db, clock, keyUses, tokens, revocations } = deps;
  const known = new BoundedCache<Entry>(CAPACITY);
  const findApiKey = createFindApiKey(db);

  async function verify(credential: string): Promise<Entry> {
    const now = clock.now();
    if (!isApiKey(credential)) return entryOfToken(await tokens.verify(credential));
    const key = await findApiKey(credential);
    if (!key) throw Problem.of('UNAUTHENTICATED');
    if (key.expiresAt !== null && key.expiresAt <= now) throw keyExpired(key.expiresAt);
    const actor: Actor = {
      ...nobody,
      kind: 'key',
      id: key.id,
      agencyId: key.agencyId,
      clientId: key.clientId,
      scopes: key.scopes,
    };
    const subjects = [`key:${key.id}`, `client:${key.clientId}`];
    // A key that was revoked never comes back, so every revocation that names it counts.
    const until = Math.min(now + KEY_KEPT_MS, key.expiresAt ?? Number.POSITIVE_INFINITY);
    return { actor, issuedAt: 0, until, subjects, useNotedAt: 0 };
  }

  function admit(entry: Entry, headers: Headers, now: number): Actor {
    const { actor } = entry;
    if (revocations.isRevoked(entry.subjects, entry.issuedAt)) throw Problem.of('UNAUTHENTICATED');
    if (actor.kind === 'visitor') {
      // An opaque page sends `null`, a script outside a browser often nothing.
      const origin = headers.get('origin');
      if (origin === null || origin === 'null' || origin !== actor.origin) throw Problem.of('ORIGIN_NOT_ALLOWED');
    } else if (actor.kind === 'key' && now - entry.useNotedAt >= USE_NOTED_EVERY_MS) {
      entry.useNotedAt = now;
      keyUses.note(actor.id!);
    }
    return actor;
  }

  async function slowly(authorization: string, headers: Headers, entry: Entry | undefined): Promise<Actor> {
    const verified = entry ?? (await verify(bearerOf(authorization)));
    if (!revocations.isFresh()) await revocations.refresh();
    if (!entry) known.set(authorization, verified);
    return admit(verified, headers, clock.now());
  }

  return headers => {
    // The whole header is the key of the cache: a hit takes nothing apart.
    const authorization = headers.get('authorization');
    if (authorization === null) throw Problem.of('UNAUTHENTICATED');
    const now = clock.now();
    const entry = known.get(authorization);
    if (entry && entry.until > now) {
      return revocations.isFresh() ? admit(entry, headers, now) : slowly(authorization, headers, entry);
    }
    if (entry) known.delete(authorization);
    return slowly(authorization, headers, undefined);
  };
}

/** Of a signed-in person on a cookie route. */
export const actorOfSession = ({ user, agency, role, clientId }: StaffSession): Actor => ({
  ...nobody,
  kind: 'user',
  id: user.id,
  name: user.name,
  agencyId: agency.id,
  clientId,
  role,
});

/** Told to whoever holds the whole key, and to nobody else. */
const keyExpired = (at: number): Problem =>
  Problem.of('KEY_EXPIRED', {
    detail: `It was good until ${new Date(at).toISOString()}. Create a new key and use that one.`,
  });

const nobody = { id: null, clientId: null, siteId: null, role: null, scopes: null, origin: null } as const;

function entryOfToken(claims: TokenClaims): Entry {
  const { aid: agencyId, cid: clientId } = claims;
  const subjects = [`jti:${claims.jti}`, `client:${clientId}`];
  let actor: Actor;
  if (claims.aud === 'inlay:data') {
    actor = { ...nobody, kind: 'user', id: claims.sub, name: claims.name, agencyId, clientId, role: claims.role };
    subjects.push(`member:${agencyId}:${claims.sub}`, `session:${claims.ses}`);
  } else {
    actor = { ...nobody, kind: 'visitor', id: claims.jti, agencyId, clientId, siteId: claims.sid, origin: claims.org };
    subjects.push(`site:${claims.sid}`);
  }
  const until = (claims.exp + SKEW_SECONDS) * 1000;
  return { actor, issuedAt: Math.round(claims.iat * 1000), until, subjects, useNotedAt: 0 };
}

/** RFC 6750 section 2.1. */
function bearerOf(authorization: string): string {
  const credential = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  if (credential === undefined) throw Problem.of('UNAUTHENTICATED');
  return credential;
}
