/** Records that are marked as deleted and kept: who sees them when. */
import { Problem } from '../../schemas/errors/index.ts';
import type { SqlValue } from '../../schemas/ports/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { moduleRoles } from './access.ts';
import { type CompiledEntity, quote } from './compile/entity.ts';

/** `without` is what everybody sees; the others are for admins. */
export type DeletedMode = 'without' | 'only' | 'with';

const live = [{ deletedAt: { null: true } }] as const;
const gone = [{ deletedAt: { null: false } }] as const;
const all: readonly unknown[] = [];

export const isSoft = (entity: CompiledEntity): boolean => entity.byName.get('deletedAt')?.builtIn === true;

/** The filter that leaves deleted records out; empty for an entity that deletes for good. */
export const liveOnly = (entity: CompiledEntity): readonly unknown[] => (isSoft(entity) ? live : all);

/** Deleted records are for admins. */
export const maySeeDeleted = (actor: Actor): boolean => actor.kind === 'system' || moduleRoles(actor).includes('admin');

/** Throws INVALID_QUERY for an entity that keeps nothing, FORBIDDEN for a caller who is not an admin. */
export function deletedFilter(entity: CompiledEntity, mode: DeletedMode, actor: Actor): readonly unknown[] {
  if (mode === 'without') return liveOnly(entity);
  if (!isSoft(entity)) throw Problem.of('INVALID_QUERY', { detail: `${entity.name} keeps no deleted records` });
  if (!maySeeDeleted(actor)) throw Problem.of('FORBIDDEN', { detail: 'Deleted records are for admins.' });
  return mode === 'only' ? gone : all;
}

/** Throws INVALID_QUERY. */
export function deletedMode(text: string | undefined): DeletedMode {
  if (text === undefined) return 'without';
  if (text === 'only' || text === 'with') return text;
  throw Problem.of('INVALID_QUERY', { detail: '"deleted" is "only" or "with"' });
}

/** SQL and arguments that take a record away: for good, or by a mark. */
export function removal(
  entity: CompiledEntity,
  where: string,
  args: readonly SqlValue[],
  now: number,
): [string, readonly SqlValue[]] {
  const table = quote(entity.table);
  if (!isSoft(entity)) return [`DELETE FROM ${table} WHERE ${where}`, args];
  const marked = `UPDATE ${table} SET "deleted_at" = ?, "updated_at" = ?, "rev" = "rev" + 1 WHERE ${where}`;
  return [marked, [now, now, ...args]];
}
