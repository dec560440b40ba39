/** The store's list of deliveries: one row for each event and subscriber. */
import type { Database, SqlValue, Statement } from '../../../schemas/ports/index.ts';
import { leaseMs } from '../lease.ts';

export interface Delivery {
  readonly seq: number;
  readonly event: { readonly id: string; readonly name: string; readonly at: number; readonly payload: unknown };
  /** `module.handler`. */
  readonly subscriber: string;
  readonly key: string;
  /** This one included. */
  readonly attempts: number;
}

const atOnce = 20;

const earlierOfKey = (also: string) =>
  `EXISTS (SELECT 1 FROM "_delivery" e WHERE e."subscriber" = d."subscriber" AND e."key" = d."key" AND e."state" = 'pending' AND e."seq" < d."seq"${also})`;

/** When the next delivery is due: one that waits behind another of its key does not count. Null where there is none. */
export const nextDelivery: Statement = {
  sql: `SELECT min(d."due_at") FROM "_delivery" d WHERE d."state" = 'pending' AND NOT ${earlierOfKey('')}`,
};

/**
 * Takes what is due, in order, leaving out what waits behind a try or a claim that is not over. Where a claim has run out its
 * runner died, so from then on one is taken at a time: what ends the process ends it for itself alone.
 */
export async function claimDeliveries(db: Database, claim: string, now: number): Promise<Delivery[]> {
  const orphaned = `EXISTS (SELECT 1 FROM "_delivery" WHERE "state" = 'pending' AND "claim" IS NOT NULL AND "due_at" <= ?)`;
  const due = `SELECT d."seq" FROM "_delivery" d WHERE d."state" = 'pending' AND d."due_at" <= ? AND NOT ${earlierOfKey(' AND e."due_at" > ?')} ORDER BY d."seq" LIMIT CASE WHEN ${orphaned} THEN 1 ELSE ${atOnce} END`;
  const [, taken] = await db.write([
    {
      sql: `UPDATE "_delivery" SET "claim" = ?, "due_at" = ?, "attempts" = "attempts" + 1 WHERE "seq" IN (${due})`,
      args: [claim, now + leaseMs, now, now, now],
    },
    {
      sql: `SELECT d."seq", d."event", o."event", o."at", o."payload", d."subscriber", d."key", d."attempts" FROM "_delivery" d JOIN "_outbox" o ON o."id" = d."event" WHERE d."state" = 'pending' AND d."claim" = ? ORDER BY d."seq"`,
      args: [claim],
    },
  ]);
  return taken!.rows.map(([seq, id, name, at, payload, subscriber, key, attempts]) => ({
    seq: seq as number,
    event: { id: id as string, name: name as string, at: at as number, payload: JSON.parse(payload as string) },
    subscriber: subscriber as string,
    key: key as string,
    attempts: attempts as number,
  }));
}

const changed = (set: string, args: readonly SqlValue[], claim: string, seq?: number): Statement => ({
  sql: `UPDATE "_delivery" SET ${set} WHERE "state" = 'pending' AND "claim" = ?${seq === undefined ? '' : ' AND "seq" = ?'}`,
  args: [...args, claim, ...(seq === undefined ? [] : [seq])],
});

/** Part of the commit of what the subscriber wrote. */
export const doneStatement = (seq: number, claim: string): Statement =>
  changed(`"state" = 'done', "claim" = NULL, "error" = NULL`, [], claim, seq);
export const renewStatement = (claim: string, now: number): Statement =>
  changed('"due_at" = ?', [now + leaseMs], claim);
/** Gives back what was taken and not begun. */
export const returnStatement = (seq: number, claim: string, now: number): Statement =>
  changed('"claim" = NULL, "due_at" = ?, "attempts" = "attempts" - 1', [now], claim, seq);
export const retryStatement = (seq: number, claim: string, due: number, error: string): Statement =>
  changed('"claim" = NULL, "due_at" = ?, "error" = ?', [due, error], claim, seq);
export const deadStatement = (seq: number, claim: string, error: string): Statement =>
  changed(`"state" = 'dead', "claim" = NULL, "error" = ?`, [error], claim, seq);
