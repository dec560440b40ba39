/** What a person sees of a store's deliveries and asked-for runs, of the engine's own once they are given up, and may do about those. */
import type { Database, SqlValue } from '../../schemas/ports/index.ts';
import type { Delivery, DeliveryState } from '../../schemas/protocol/index.ts';

/** `e` and the number of a delivery, `j` and that of a job. */
const ID = /^([ej])([1-9]\d{0,14})$/;

const deliveries = `SELECT 'e' || d."seq" AS "id", d."seq" AS "seq", 'event' AS "kind", o."event" AS "name", d."subscriber" AS "handler", o."record" AS "record", d."state" AS "state", d."attempts" AS "attempts", d."error" AS "error", o."at" AS "at", d."due_at" AS "due" FROM "_delivery" d JOIN "_outbox" o ON o."id" = d."event"`;
const jobs = `SELECT 'j' || "seq" AS "id", "seq", 'job', "name", "name", "key", CASE "state" WHEN 'waiting' THEN 'pending' ELSE "state" END, "attempts", "error", "planned_at", "next_at" FROM "_job" WHERE "timetable" IS NULL AND NOT ("state" = 'waiting' AND "name" LIKE '\\_store.%' ESCAPE '\\')`;

const toJson = ([
  id,
  ,
  kind,
  name,
  handler,
  record,
  state,
  attempts,
  error,
  at,
  due,
]: readonly SqlValue[]): Delivery => ({
  id: id as string,
  kind: kind as Delivery['kind'],
  name: name as string,
  handler: handler as string,
  record: record as string | null,
  state: state as DeliveryState,
  attempts: attempts as number,
  error: error as string | null,
  at: new Date(at as number).toISOString(),
  nextTryAt: state === 'pending' ? new Date(due as number).toISOString() : null,
});

/** The latest first; `skip` of them are left out. */
export async function listDeliveries(
  db: Database,
  { state, size, skip }: { readonly state: DeliveryState; readonly size: number; readonly skip: number },
): Promise<Delivery[]> {
  const [found] = await db.read([
    {
      sql: `SELECT * FROM (${deliveries} WHERE d."state" = ? UNION ALL ${jobs} AND "state" = ?) ORDER BY "at" DESC, "seq" DESC LIMIT ? OFFSET ?`,
      args: [state, state === 'pending' ? 'waiting' : state, size, skip],
    },
  ]);
  return found!.rows.map(toJson);
}

/** Puts a dead letter back, with all its tries; false where there is none of this id. */
export async function replayDelivery(db: Database, id: string, now: number): Promise<boolean> {
  const [, kind, seq] = ID.exec(id) ?? [];
  if (!kind) return false;
  const sql =
    kind === 'e'
      ? `UPDATE "_delivery" SET "state" = 'pending', "attempts" = 0, "due_at" = ? WHERE "seq" = ? AND "state" = 'dead'`
      : `UPDATE "_job" SET "state" = 'waiting', "attempts" = 0, "next_at" = ? WHERE "seq" = ? AND "state" = 'dead'`;
  const [result] = await db.write([{ sql, args: [now, Number(seq)] }]);
  return result!.changes === 1;
}

/** Takes a dead letter off the list; a delivery stays known as discarded. False where there is none of this id. */
export async function discardDelivery(db: Database, id: string): Promise<boolean> {
  const [, kind, seq] = ID.exec(id) ?? [];
  if (!kind) return false;
  const sql =
    kind === 'e'
      ? `UPDATE "_delivery" SET "state" = 'discarded' WHERE "seq" = ? AND "state" = 'dead'`
      : `DELETE FROM "_job" WHERE "seq" = ? AND "state" = 'dead'`;
  const [result] = await db.write([{ sql, args: [Number(seq)] }]);
  return result!.changes === 1;
}
