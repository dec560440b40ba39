/** Lets go of the oldest audit rows; the chain stays verifiable from where its anchor then begins. */
import type { Database, Statement } from '../../../schemas/ports/index.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { walkAudit } from '../audit/walk.ts';
import type { Runtime } from '../runtime.ts';
import { kept } from './kept.ts';

const limit = 1_000;

/**
 * The anchor moves first: what it no longer looks at is let go now, or by the next run where this one ends in between. Rows that no
 * anchor vouches for stay, the last one too, whose number the next row follows, and a broken trail as a whole.
 */
export async function pruneAudit(
  { anchors, secrets, ports }: Runtime,
  { client, store }: Tenant,
  db: Database,
  held: Statement,
): Promise<void> {
  const before = ports.clock.now() - kept.audit;
  const [oldest] = await db.read([{ sql: 'SELECT "at" FROM "_audit" ORDER BY "seq" LIMIT 1' }]);
  const seen = await anchors.get(store);
  if (!seen || ((oldest!.rows[0]?.[0] as number | undefined) ?? before) >= before) return;
  const [young] = await db.read([
    {
      sql: 'SELECT coalesce((SELECT min("seq") FROM "_audit" WHERE "at" >= ?), (SELECT max("seq") FROM "_audit"))',
      args: [before],
    },
  ]);
  const until = Math.min((young!.rows[0]![0] as number) - 1, seen.head.seq - 1);
  if (until > seen.from.seq) {
    const { last, broken } = await walkAudit(db, secrets.auditKey(client.id), seen.from, until);
    if (broken || !(await anchors.move(store, seen, { from: last, head: seen.head }))) return;
  }
  const gone = `DELETE FROM "_audit" WHERE "seq" IN (SELECT "seq" FROM "_audit" WHERE "seq" <= ? AND "at" < ? ORDER BY "seq" LIMIT ${limit})`;
  for (;;) {
    const args = [Math.max(until, seen.from.seq), before];
    const [, result] = await db.write([held, { sql: gone, args }]);
    if (result!.changes < limit) return;
  }
}
