/** What a transition asks of a record before it, and what it tells others after it. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import { canBegin } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { moduleRoles } from './access.ts';
import { recordToCel, valuesToCel } from './compile/cel.ts';
import type { CompiledEntity, RecordValues } from './compile/entity.ts';
import type { CompiledModule } from './compile/module.ts';
import { holds } from './compile/rules.ts';
import type { UnitOfWork } from './store/unit-of-work.ts';

/** Throws INVALID_TRANSITION with the steps that are `allowed` for the record as it is. */
export function checkStep(entity: CompiledEntity, name: string, record: RecordValues): void {
  const states = entity.json.states!;
  const state = record[states.field] as string;
  if (states.transitions[name] && canBegin(states, name, record)) return;
  const allowed = Object.keys(states.transitions).filter(key => canBegin(states, key, record));
  const inState = states.transitions[name]?.from.includes(state);
  const detail = inState ? refusal(entity, name) : `"${name}" is not possible from "${state}".`;
  throw Problem.of('INVALID_TRANSITION', { detail, extensions: { allowed } });
}

const refusal = (entity: CompiledEntity, name: string): string =>
  entity.json.states!.transitions[name]!.reason ?? `"${name}" is not possible for this record.`;

/** What a commit is refused with that finds the record in no place to begin from. */
export function notPossible(entity: CompiledEntity, name: string): Problem {
  const { from, where } = entity.json.states!.transitions[name]!;
  const detail = where ? refusal(entity, name) : `"${name}" needs one of: ${from.join(', ')}.`;
  return Problem.of('INVALID_TRANSITION', { detail });
}

/** Whether a transition's guard holds, if it has one; a guard that has no value does not. */
export function guardHolds(
  module: CompiledModule,
  entity: CompiledEntity,
  name: string,
  record: RecordValues,
  actor: Actor,
  work: UnitOfWork,
): boolean {
  const guard = entity.rules.guards.get(name);
  if (!guard) return true;
  const { kind, id, role } = actor;
  const values = {
    record: recordToCel(entity.json.fields, record),
    actor: { kind, id: id ?? '', role: role ?? '', roles: [...moduleRoles(actor)] },
    settings: valuesToCel(work.scope.settings(module.name)),
    now: BigInt(work.now),
  };
  return holds(guard, values, false);
}

/** Throws INVALID_TRANSITION with the transition's reason unless its guard holds. */
export function checkGuard(...[module, entity, name, record, actor, work]: Parameters<typeof guardHolds>): void {
  if (guardHolds(module, entity, name, record, actor, work)) return;
  throw Problem.of('INVALID_TRANSITION', { detail: refusal(entity, name), extensions: { guard: name } });
}

/** Emits a transition's declared events; a member takes the field that `with` names, or the one of its own name. */
export function emitEffects(
  module: CompiledModule,
  entity: CompiledEntity,
  name: string,
  record: RecordValues,
  work: UnitOfWork,
): void {
  for (const effect of entity.json.states!.transitions[name]!.effects ?? []) {
    const members = module.manifest.events[effect.emit]!;
    const payload: Record<string, unknown> = {};
    for (const [member, node] of Object.entries(members)) {
      const own = node.kind === 'ref' && node.to === entity.name ? 'id' : member;
      payload[member] = record[effect.with?.[member] ?? own] ?? null;
    }
    work.outbox.push({
      id: uuidv7(),
      event: `${module.name}.${effect.emit}`,
      record: record.id,
      key: record.id,
      payload: module.events.get(effect.emit)!(payload),
    });
  }
}
