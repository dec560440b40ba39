/** Judges a store's audit trail against its anchor, and moves the anchor on over what is right. */
import type { Database } from '../../../schemas/ports/index.ts';
import type { AuditVerdict } from '../../../schemas/protocol/index.ts';
import { type AuditAnchor, type AuditAnchors, type AuditPoint, chainStart } from './anchors.ts';
import { type AuditBreak, walkAudit } from './walk.ts';

/** A store without an anchor starts at its first chained row: what is older has no hash. */
async function startOf(db: Database): Promise<AuditAnchor> {
  const [found] = await db.read([
    {
      sql: `SELECT coalesce(max("seq"), 0) FROM "_audit" WHERE "hash" IS NULL AND "seq" < coalesce((SELECT min("seq") FROM "_audit" WHERE "hash" IS NOT NULL), 9e18)`,
    },
  ]);
  const from = { ...chainStart, seq: found!.rows[0]![0] as number };
  return { from, head: from };
}

/** Whether a row is the one that was anchored. */
const meets =
  (head: AuditPoint) =>
  ({ seq, hash, digest }: AuditPoint): AuditBreak | undefined =>
    seq === head.seq && (hash !== head.hash || digest !== head.digest) ? { seq, problem: 'displaced' } : undefined;

/** Looks at every row from the anchor's beginning, and at whether all are there up to its head. */
export async function verifyAudit(
  db: Database,
  key: Uint8Array,
  anchor: AuditAnchor | undefined,
): Promise<AuditVerdict> {
  const { from, head } = anchor ?? (await startOf(db));
  const { last, rows, broken } = await walkAudit(db, key, from, undefined, meets(head));
  const truncated: AuditBreak | undefined = last.seq < head.seq ? { seq: last.seq + 1, problem: 'missing' } : undefined;
  const found = broken ?? truncated;
  return { ok: found === undefined, rows, from: from.seq + 1, anchored: head.seq, broken: found ?? null };
}

/** Moves the anchor over the rows that came since. Answers with what is broken, and leaves the anchor before it. */
export async function anchorAudit(
  db: Database,
  key: Uint8Array,
  store: string,
  anchors: AuditAnchors,
): Promise<AuditBreak | undefined> {
  const seen = await anchors.get(store);
  const { from, head } = seen ?? (await startOf(db));
  const [tail] = await db.read([{ sql: 'SELECT coalesce(max("seq"), 0) FROM "_audit"' }]);
  const end = tail!.rows[0]![0] as number;
  if (end < head.seq) return { seq: end + 1, problem: 'missing' };
  const { last, broken } = await walkAudit(db, key, head);
  if (last.seq > head.seq || !seen) await anchors.move(store, seen, { from, head: last });
  return broken;
}
