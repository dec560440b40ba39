/** Records of a person that a law keeps for a while: an erasure leaves them and says until when, and the nightly run ends it. */
import type { Database } from '../../schemas/ports/index.ts';
import type { KeptRecord } from '../../schemas/protocol/index.ts';
import { addDays, toLocal } from '../../schemas/time/index.ts';
import { placeholders, whereSql } from '../engine/compile/where.ts';
import { type Found, nameOf } from './find-person.ts';

/** Those of the records whose retention names a law and is not over; `now` is in epoch milliseconds. */
export async function keptByLaw(
  db: Database,
  records: readonly Found[],
  now: number,
  zone: string,
): Promise<ReadonlyMap<Found, KeptRecord>> {
  const kept = new Map<Found, KeptRecord>();
  const today = toLocal(now, zone).date;
  for (const [entity, found] of Map.groupBy(records, ({ entity }) => entity)) {
    const { retention } = entity.json;
    const from = retention && entity.fields.find(({ name }) => name === retention.from);
    if (!retention?.keeps || !from) continue;
    const target = placeholders(name => (name === 'now' ? now : undefined));
    const ids = target.value(JSON.stringify(found.map(({ row }) => row['id'])));
    const sql = `SELECT "id", ${from.columns[0]} FROM "${entity.table}" WHERE "id" IN (SELECT value FROM json_each(${ids})) AND ${whereSql(entity, retention.where, target)}`;
    const [rows] = await db.read([{ sql, args: target.args }]);
    for (const [id, start] of rows!.rows) {
      if (start == null) continue;
      const day = from.json.kind === 'date' ? String(start) : toLocal(Number(start), zone).date;
      const until = addDays(day, retention.after);
      if (until <= today) continue;
      const record = found.find(({ row }) => row['id'] === id)!;
      kept.set(record, { entity: nameOf(entity), id: String(id), until, because: retention.keeps });
    }
  }
  return kept;
}
