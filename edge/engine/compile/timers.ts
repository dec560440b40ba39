/** Timed transitions: when a record's are due, and which records' are. Run by whoever has a clock, as the system. */
import type { Statement } from '../../../schemas/ports/index.ts';
import { type CompiledEntity, quote, type RecordValues } from './entity.ts';

/** Keyed by record and revision: a record that has changed since is not what was meant. */
export interface DueTransition {
  readonly transition: string;
  readonly id: string;
  readonly rev: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The transitions that time will take from the state a record is in. */
export function timersOf(entity: CompiledEntity, record: RecordValues): DueTransition[] {
  const { states } = entity.json;
  if (!states) return [];
  return Object.entries(states.transitions).flatMap(([transition, { from, after }]) => {
    if (!after || !from.includes(record[states.field] as string)) return [];
    const at = after.field ? record[after.field] : record.updatedAt + after.seconds! * 1000;
    return typeof at === 'number' ? [{ transition, id: record.id, rev: record.rev, at }] : [];
  });
}

/** Reads what is due at `now` (epoch milliseconds), for one transition each: rows of id, revision and due instant, earliest first. */
export function dueSql(
  entity: CompiledEntity,
  now: number,
  limit = 200,
): { readonly transition: string; readonly statement: Statement }[] {
  const { states } = entity.json;
  if (!states) return [];
  const state = entity.byName.get(states.field)!.columns[0]!;
  return Object.entries(states.transitions).flatMap(([transition, { from, after }]) => {
    if (!after) return [];
    const at = after.field ? entity.byName.get(after.field)!.columns[0]! : `"updated_at" + ${after.seconds! * 1000}`;
    const within = `${state} IN (${from.map(() => '?').join(', ')})`;
    const sql = `SELECT "id", "rev", ${at} AS "at" FROM ${quote(entity.table)} WHERE ${within} AND ${at} <= ? ORDER BY "at", "id" LIMIT ${limit}`;
    return [{ transition, statement: { sql, args: [...from, now] } }];
  });
}
