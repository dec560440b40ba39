/** Who may do what: an actor's roles in a module, and the grant that a role has. */
import { Problem } from '../../schemas/errors/index.ts';
import { actionsOf, type GrantJson, type Verb } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { CompiledEntity, FieldExtension } from './compile/entity.ts';
import type { CompiledAction, CompiledModule } from './compile/module.ts';

const [admins, staff, customers, visitors] = [
  ['admin', 'staff'],
  ['staff'],
  ['customer', 'public'],
  ['public'],
] as const;

/** Roles in a module, strongest first. */
export function moduleRoles(actor: Actor): readonly string[] {
  switch (actor.kind) {
    case 'user':
      return actor.role === 'member' ? staff : admins;
    case 'key':
      return admins;
    case 'customer':
      return customers;
    case 'visitor':
      return visitors;
    default:
      return [actor.kind];
  }
}

/** An API key reaches only what its scopes name. */
function inScope(actor: Actor, module: string, writes: boolean): boolean {
  if (!actor.scopes || actor.scopes[0] === '*') return true;
  return actor.scopes.some(
    scope => scope === '*' || scope === `${module}:write` || (!writes && scope === `${module}:read`),
  );
}

/** The grant of the first role that has one. Throws FORBIDDEN. */
export function grantFor(entity: CompiledEntity, verb: Verb, actor: Actor): GrantJson {
  if (actor.kind === 'system') return true;
  if (inScope(actor, entity.module, verb !== 'read')) {
    const roles = moduleRoles(actor);
    const { access } = entity.json;
    for (const role in access) {
      const grant = roles.includes(role) ? access[role]![verb] : undefined;
      if (grant) return entity.added.length > 0 ? withAdded(entity, verb, actor, grant) : grant;
    }
  }
  throw Problem.of('FORBIDDEN', {
    detail: `This credential may not ${verb} ${entity.json.label.toLowerCase()} records.`,
  });
}

/** The grant over the fields that other modules have added: each goes by its own module's access, not by the entity's. */
function withAdded(entity: CompiledEntity, verb: Verb, actor: Actor, grant: GrantJson): GrantJson {
  if (verb === 'delete') return grant;
  const granted = entity.added.filter(({ extension }) => mayAdded(extension!, verb, actor));
  const limited = grant === true ? undefined : grant.fields;
  if (!limited && granted.length === entity.added.length) return grant;
  const own = limited ?? entity.fields.flatMap(({ name, extension }) => (extension ? [] : [name]));
  return { ...(grant === true ? {} : grant), fields: [...own, ...granted.map(({ name }) => name)] };
}

function mayAdded({ module, access }: FieldExtension, verb: Verb, actor: Actor): boolean {
  if (actor.modules && !actor.modules.has(module)) return false;
  const right = verb === 'read' ? 'read' : 'write';
  return inScope(actor, module, right === 'write') && moduleRoles(actor).some(role => access[role]?.[right]);
}

/** Throws FORBIDDEN unless the actor may take the transition. */
export function checkTransition(entity: CompiledEntity, name: string, actor: Actor): void {
  const transition = entity.json.states?.transitions[name];
  if (actor.kind === 'system') return;
  const roles = moduleRoles(actor);
  if (!transition?.roles.some(role => roles.includes(role)) || !inScope(actor, entity.module, true)) {
    throw Problem.of('FORBIDDEN', { detail: 'This credential may not take that step.' });
  }
}

/** Throws FORBIDDEN unless the actor may call the action; a visitor only what a widget of the module calls. */
export function checkAction(module: CompiledModule, action: CompiledAction, actor: Actor): void {
  if (actor.kind === 'system') return;
  const roles = moduleRoles(actor);
  const allowed =
    action.json.access.some(role => roles.includes(role)) &&
    inScope(actor, module.name, action.json.effect === 'write');
  const offered =
    actor.kind !== 'visitor' ||
    Object.values(module.manifest.widgets ?? {}).some(widget => actionsOf(widget).includes(action.name));
  if (!allowed || !offered) throw Problem.of('FORBIDDEN', { detail: 'This credential may not call that action.' });
}

/** The fields a grant shows, or undefined for all. */
export function grantedFields(grant: GrantJson): ReadonlySet<string> | undefined {
  return grant !== true && grant.fields ? new Set(grant.fields) : undefined;
}
