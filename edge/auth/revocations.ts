/** Which credentials died before their time. */
import { gt, sql } from 'drizzle-orm';
import type { Clock } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { revokedToken } from '../control/schema.ts';

/** `key:` and an id, and so on: one token, a member of an agency, a signed-in session, a client, a site, an API key. */
export type RevocationSubject = `${'jti' | 'member' | 'session' | 'client' | 'site' | 'key'}:${string}`;

/** No credential outlives this in a cache: an embed token's 30 minutes, and the skew. */
const KEPT_MS = 60 * 60_000;

export interface RevocationsDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  /** How long another process's revocation may go unnoticed, in milliseconds. */
  readonly maxAgeMs: number;
}

export interface Revocations {
  /** False when the list is too old to answer: then `refresh` first. */
  isFresh(): boolean;
  refresh(): Promise<void>;
  isRevoked(subjects: readonly string[], issuedAt: number): boolean;
  /** The row to write, in the same batch as its cause; then call `note` once that is committed. */
  statement(subject: RevocationSubject): ReturnType<typeof upsert>;
  /** Effective in this process at once. */
  note(subject: RevocationSubject): void;
  /** Writes and notes. */
  revoke(subject: RevocationSubject): Promise<void>;
}

const upsert = (db: ControlDatabase, subject: string, now: number) =>
  db
    .insert(revokedToken)
    .values({ subject, issuedBefore: now, expiresAt: now + KEPT_MS })
    .onConflictDoUpdate({
      target: revokedToken.subject,
      set: { issuedBefore: sql`excluded.issued_before`, expiresAt: sql`excluded.expires_at` },
    });

export function createRevocations({ db, clock, maxAgeMs }: RevocationsDeps): Revocations {
  let issuedBefore = new Map<string, number>();
  let readAt = Number.NEGATIVE_INFINITY;

  // Not shared between requests: a Worker may drop the one that reads, and the others would wait for ever.
  async function refresh(): Promise<void> {
    const startedAt = clock.now();
    const rows = await db
      .select({ subject: revokedToken.subject, issuedBefore: revokedToken.issuedBefore })
      .from(revokedToken)
      .where(gt(revokedToken.expiresAt, startedAt));
    if (startedAt < readAt) return;
    const next = new Map(rows.map(row => [row.subject, row.issuedBefore]));
    // What was noted while the list was on its way must not be lost.
    for (const [subject, at] of issuedBefore) if (at >= startedAt) next.set(subject, at);
    issuedBefore = next;
    readAt = startedAt;
  }

  const note = (subject: RevocationSubject): void => {
    issuedBefore.set(subject, clock.now());
  };

  return {
    isFresh: () => clock.now() - readAt < maxAgeMs,
    refresh,
    isRevoked(subjects, issuedAt) {
      if (issuedBefore.size === 0) return false;
      return subjects.some(subject => (issuedBefore.get(subject) ?? Number.NEGATIVE_INFINITY) >= issuedAt);
    },
    statement: subject => upsert(db, subject, clock.now()),
    note,
    async revoke(subject) {
      await upsert(db, subject, clock.now());
      note(subject);
    },
  };
}
