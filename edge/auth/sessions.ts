/** Signed-in staff: a random id in a cookie, its hash in the database. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Clock, Scheduler } from '../../schemas/ports/index.ts';
import type { MembershipRole } from '../../schemas/protocol/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { agency, client, membership, session, user } from '../control/schema.ts';
import { hashSecret, newSecret } from './secrets.ts';

const DAY = 24 * 60 * 60_000;
export const IDLE_MS = 14 * DAY;
export const ABSOLUTE_MS = 60 * DAY;
const SEEN_EVERY_MS = 60 * 60_000;
const FORM = /^[A-Za-z0-9_-]{43}$/;

export interface StaffSession {
  /** The stored hash, never the cookie's value. */
  readonly id: string;
  readonly membershipId: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly agency: { readonly id: string; readonly name: string };
  readonly role: MembershipRole;
  readonly clientId: string | null;
  /** Epoch milliseconds; moves with activity, up to the absolute end. */
  readonly expiresAt: number;
}

/** Stands for a session in access tokens: not the id, and no way back to it. */
export const sessionRef = (id: string): string => id.slice(0, 22);

/** A fresh id: the cookie's value, and the row to write in the batch that signs in. */
export function startSession(db: ControlDatabase, clock: Clock, membershipId: string) {
  const secret = newSecret();
  const now = clock.now();
  const id = hashSecret(secret);
  const values = { id, membershipId, createdAt: now, lastSeenAt: now, expiresAt: now + ABSOLUTE_MS };
  return { secret, statement: db.insert(session).values(values) };
}

export const endSession = (db: ControlDatabase, id: string) => db.delete(session).where(eq(session.id, id));

export interface SessionsDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

/** The session of a cookie's value; undefined when there is none, or it has ended. */
export async function findSession(deps: SessionsDeps, secret: string): Promise<StaffSession | undefined> {
  if (!FORM.test(secret)) return undefined;
  const { db, clock, scheduler } = deps;
  const now = clock.now();
  const id = hashSecret(secret);
  const row = await db
    .select({
      membershipId: session.membershipId,
      lastSeenAt: session.lastSeenAt,
      expiresAt: session.expiresAt,
      user: { id: user.id, name: user.name, email: user.email },
      agency: { id: agency.id, name: agency.name },
      role: membership.role,
      clientId: membership.clientId,
    })
    .from(session)
    .innerJoin(membership, eq(membership.id, session.membershipId))
    .innerJoin(user, eq(user.id, membership.userId))
    .innerJoin(agency, eq(agency.id, membership.agencyId))
    .leftJoin(client, eq(client.id, membership.clientId))
    .where(
      and(
        eq(session.id, id),
        gt(session.expiresAt, now),
        gt(session.lastSeenAt, now - IDLE_MS),
        isNull(client.deletedAt),
      ),
    )
    .get();
  if (!row) return undefined;
  const { lastSeenAt, expiresAt, ...rest } = row;
  if (now - lastSeenAt >= SEEN_EVERY_MS) {
    scheduler.defer(async () => {
      await db.update(session).set({ lastSeenAt: now }).where(eq(session.id, id));
    });
  }
  return { ...rest, id, expiresAt: Math.min(now + IDLE_MS, expiresAt) };
}
