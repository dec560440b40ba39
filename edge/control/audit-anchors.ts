/** Keeps the ends of the stores' audit chains in the control plane. */
import { and, eq } from 'drizzle-orm';
import type { Clock } from '../../schemas/ports/index.ts';
import type { AuditAnchors } from '../engine/audit/anchors.ts';
import type { ControlDatabase } from './database.ts';
import { auditAnchor } from './schema.ts';

export function createAuditAnchors({
  db,
  clock,
}: {
  readonly db: ControlDatabase;
  readonly clock: Clock;
}): AuditAnchors {
  return {
    async get(store) {
      const row = await db.select().from(auditAnchor).where(eq(auditAnchor.store, store)).get();
      if (!row) return undefined;
      const { fromSeq, fromHash, fromDigest, headSeq, headHash, headDigest } = row;
      return {
        from: { seq: fromSeq, hash: fromHash, digest: fromDigest },
        head: { seq: headSeq, hash: headHash, digest: headDigest },
      };
    },
    async move(store, seen, { from, head }) {
      const values = {
        fromSeq: from.seq,
        fromHash: from.hash,
        fromDigest: from.digest,
        headSeq: head.seq,
        headHash: head.hash,
        headDigest: head.digest,
        at: clock.now(),
      };
      const moved = seen
        ? await db
            .update(auditAnchor)
            .set(values)
            .where(
              and(
                eq(auditAnchor.store, store),
                eq(auditAnchor.fromSeq, seen.from.seq),
                eq(auditAnchor.headSeq, seen.head.seq),
                eq(auditAnchor.headDigest, seen.head.digest),
              ),
            )
            .returning({ store: auditAnchor.store })
        : await db
            .insert(auditAnchor)
            .values({ store, ...values })
            .onConflictDoNothing()
            .returning({ store: auditAnchor.store });
      return moved.length > 0;
    },
  };
}
