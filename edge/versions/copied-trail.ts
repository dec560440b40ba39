/** The anchor of an audit trail goes with every copy of its store, so that what was vouched for stays so after a restore. */
import { eq } from 'drizzle-orm';
import type { ControlDatabase } from '../control/database.ts';
import { auditAnchor } from '../control/schema.ts';

type AnchorRow = typeof auditAnchor.$inferSelect;

export const anchorOf = (db: ControlDatabase, store: string): Promise<AnchorRow | undefined> =>
  db.select().from(auditAnchor).where(eq(auditAnchor.store, store)).get();

/** The copy has every row up to the head that was known `before` it was made; rows may have been let go meanwhile, as is known `since`. */
export function anchorOfCopy(before: AnchorRow, since: AnchorRow, copy: string): AnchorRow {
  const { fromSeq, fromHash, fromDigest } = since;
  const head = before.headSeq >= fromSeq ? {} : { headSeq: fromSeq, headHash: fromHash, headDigest: fromDigest };
  return { ...before, ...{ fromSeq, fromHash, fromDigest }, ...head, store: copy };
}
