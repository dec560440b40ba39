/** Puts the parts of authentication together, once per app. */
import { lte, or } from 'drizzle-orm';
import type { Clock, Scheduler } from '../../schemas/ports/index.ts';
import type { Config } from '../config.ts';
import type { ControlDatabase } from '../control/database.ts';
import { invitation, revokedToken, session } from '../control/schema.ts';
import { type Authenticate, createAuthenticate } from './actor.ts';
import { createKeyUses } from './key-uses.ts';
import { createRevocations, type Revocations } from './revocations.ts';
import { createSealer } from './sealed.ts';
import { IDLE_MS } from './sessions.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** Row 25 of the threat table: a revoked credential dies within 1 s on Node and 60 s at the edge. */
const REVOCATION_AGE_MS = { node: 500, worker: 30_000 } as const;

/** On Workers the isolate may be gone after the request. */
const USES_PAUSE_MS = { node: 10_000, worker: 0 } as const;

export interface AuthDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly config: Pick<Config, 'host' | 'publicUrl' | 'masterKey'>;
}

export interface Auth {
  /** Of the data plane. */
  readonly authenticate: Authenticate;
  readonly tokens: Tokens;
  readonly keys: SigningKeys;
  readonly revocations: Revocations;
  /** Deletes what has ended by itself: sessions, invitations, revocations. For a timer. */
  sweep(): Promise<void>;
  /** Writes what is known in memory alone: when keys were last used. For a timer, and before the process ends. */
  flush(): Promise<void>;
}

export function createAuth({ db, clock, scheduler, config }: AuthDeps): Auth {
  const keys = createSigningKeys({ db, clock, sealer: createSealer(config.masterKey, 'signing-key') });
  const tokens = createTokens({ keys, clock, issuer: config.publicUrl });
  const revocations = createRevocations({ db, clock, maxAgeMs: REVOCATION_AGE_MS[config.host] });
  const keyUses = createKeyUses({ db, clock, scheduler, pauseMs: USES_PAUSE_MS[config.host] });
  const authenticate = createAuthenticate({ db, clock, keyUses, tokens, revocations });
  const sweep = async (): Promise<void> => {
    const now = clock.now();
    await db.batch([
      db.delete(session).where(or(lte(session.expiresAt, now), lte(session.lastSeenAt, now - IDLE_MS))),
      db.delete(invitation).where(lte(invitation.expiresAt, now)),
      db.delete(revokedToken).where(lte(revokedToken.expiresAt, now)),
    ]);
  };
  return { authenticate, tokens, keys, revocations, sweep, flush: () => keyUses.flush() };
}
