/** What the event of a transition says: whence, whither, by whom and why. */
import type { TransitionJson } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { type CompiledEntity, quote, type RecordValues } from './compile/entity.ts';
import type { OutboxRow, UnitOfWork } from './store/unit-of-work.ts';

export interface ToldTransition {
  readonly id: string;
  /** Null until it is known. */
  from: string | null;
  readonly to: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly reason: string | null;
}

export const toldOf = (
  { from, to }: TransitionJson,
  id: string,
  actor: Actor,
  reason: string | undefined,
): ToldTransition => ({
  id,
  from: from.length === 1 ? from[0]! : null,
  to,
  actor: { kind: actor.kind, id: actor.id },
  reason: reason ?? null,
});

/** What the audit row keeps beside the fields. */
export const said = ({ reason }: ToldTransition): { readonly reason?: string } => (reason === null ? {} : { reason });

/** Puts in the state that the transition leaves: from the record, or as the commit finds it. Comes before the write that changes it. */
export function tellState(
  work: UnitOfWork,
  entity: CompiledEntity,
  event: OutboxRow,
  told: ToldTransition,
  record: RecordValues | undefined,
): void {
  const field = entity.json.states!.field;
  if (record) {
    told.from = record[field] as string;
    return;
  }
  const state = `(SELECT ${entity.byName.get(field)!.columns[0]} FROM ${quote(entity.table)} WHERE "id" = ?)`;
  work.write(
    `INSERT INTO "_outbox" ("id", "event", "record", "payload", "at") VALUES (?, ?, ?, json_set(?, '$.from', ${state}), ?)`,
    [event.id, event.event, told.id, JSON.stringify(told), told.id, work.now],
  );
  event.stored = true;
}
