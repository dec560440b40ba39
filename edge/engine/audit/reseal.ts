/** Audit rows that the engine itself must change, because a person's words were in them, keep their place in the chain. */
import type { Database, SqlValue, Statement } from '../../../schemas/ports/index.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { Runtime } from '../runtime.ts';
import { auditContent, auditHash } from './chain.ts';
import { verifyAudit } from './verify.ts';
import { walkAudit } from './walk.ts';

const texts = auditContent.filter(name => name !== 'at');
const columns = auditContent.map(name => `"${name}"`).join(', ');
const told = texts.map(name => `instr(coalesce("${name}", ''), v.value) > 0`).join(' OR ');

export interface Resealing {
  /** Stand behind what changes the texts, in the same batch. */
  readonly statements: readonly Statement[];
  /** Has the anchor vouch for the rows as they are now; not where the trail was broken before. */
  finish(): Promise<void>;
}

/** `change` is what happens to every text of a row that has one of `words` in it. A row that was not as written stays so. */
export async function resealAudit(
  { anchors, secrets }: Pick<Runtime, 'anchors' | 'secrets'>,
  { client, store }: Pick<Tenant, 'client' | 'store'>,
  db: Database,
  words: readonly string[],
  change: (text: string) => string,
): Promise<Resealing> {
  const key = secrets.auditKey(client.id);
  const sql = `SELECT "seq", "hash", ${columns} FROM "_audit" WHERE "hash" IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(?) v WHERE ${told})`;
  const [found] = await db.read([{ sql, args: [JSON.stringify(words)] }]);
  const statements = found!.rows.flatMap(([seq, hash, ...values]): Statement[] => {
    if (hash !== auditHash(key, values)) return [];
    const changed = values.map((value): SqlValue => (typeof value === 'string' ? change(value) : value));
    const next = auditHash(key, changed);
    return [
      { sql: 'UPDATE "_audit" SET "hash" = ? WHERE "seq" = ?', args: [next, seq!] },
      { sql: 'UPDATE "_audit" SET "prev" = ? WHERE "seq" = ? AND "prev" = ?', args: [next, (seq as number) + 1, hash] },
    ];
  });
  const seen = await anchors.get(store);
  const whole = (await verifyAudit(db, key, seen)).ok;
  return {
    statements,
    async finish() {
      if (!seen || !whole || statements.length === 0) return;
      const { last, broken } = await walkAudit(db, key, seen.from, seen.head.seq);
      if (!broken) await anchors.move(store, seen, { from: seen.from, head: last });
    },
  };
}
