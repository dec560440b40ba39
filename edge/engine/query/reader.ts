/** What a caller may read of a client's entities, and the ways from one to another that it may take. */
import type { GrantJson } from '../../../schemas/module/index.ts';
import { grantedFields, grantFor } from '../access.ts';
import type { Call } from '../call.ts';
import type { CompiledEntity, CompiledField } from '../compile/entity.ts';
import { fieldAt, type Hop } from '../compile/where.ts';
import { liveOnly } from '../soft-delete.ts';

/** An entity with the caller's right to read it. */
export interface Readable {
  readonly entity: CompiledEntity;
  readonly grant: GrantJson;
  /** Undefined for all fields. */
  readonly visible: ReadonlySet<string> | undefined;
}

export interface ResolvedHop extends Hop {
  readonly target: Readable;
  readonly field: CompiledField;
}

/** `booking.service` for the entity as clients name it. */
export const entityKey = (entity: CompiledEntity): string => `${entity.module}.${entity.name}`;

const reversePattern = /^(?:([a-z][a-z0-9-]*)\.)?([a-z]\w*):(\w+)$/;

export class Reader {
  private readonly call: Call;
  private readonly known = new Map<string, Readable | undefined>();

  constructor(call: Call) {
    this.call = call;
  }

  /** Throws FORBIDDEN where the caller may read nothing of the entity. */
  subject(entity: CompiledEntity): Readable {
    const grant = grantFor(entity, 'read', this.call.actor);
    return { entity, grant, visible: grantedFields(grant) };
  }

  /** Undefined for what is not installed, not enabled here or not readable: a caller cannot tell them apart. */
  readable(module: string, name: string): Readable | undefined {
    const key = `${module}.${name}`;
    if (!this.known.has(key)) this.known.set(key, this.look(module, name));
    return this.known.get(key);
  }

  private look(module: string, name: string): Readable | undefined {
    const { actor, tenant, site } = this.call;
    const entity = tenant.byName.get(module)?.entities.get(name);
    if (!entity || (actor.kind === 'visitor' && !site?.modules.has(module))) return undefined;
    try {
      return this.subject(entity);
    } catch {
      return undefined;
    }
  }

  /** A field that the caller may name; hidden ones never. */
  field(from: Readable, name: string): CompiledField | undefined {
    const field = fieldAt(from.entity, name);
    if (!field || field.json.hidden) return undefined;
    const owner = name.includes('.') ? name.slice(0, name.indexOf('.')) : name;
    return field.builtIn || !from.visible || from.visible.has(owner) ? field : undefined;
  }

  /** `service` for a reference or a list of them, `[module.]entity:field` for the records that point here. */
  hop(from: Readable, key: string): ResolvedHop | undefined {
    const reverse = reversePattern.exec(key);
    if (reverse) {
      const [, module = from.entity.module, name, fieldName] = reverse;
      const target = this.readable(module, name!);
      const field = target && this.field(target, fieldName!);
      if (field?.json.kind !== 'ref' || refersTo(module, field.json.to) !== entityKey(from.entity)) return undefined;
      return resolved('reverse', field, target!);
    }
    const field = this.field(from, key);
    const node = field?.json.kind === 'list' ? field.json.of : field?.json;
    if (!field || node?.kind !== 'ref') return undefined;
    const [module, name] = refersTo(from.entity.module, node.to).split('.') as [string, string];
    const target = this.readable(module, name);
    return target && resolved(field.json.kind === 'list' ? 'list' : 'one', field, target);
  }
}

const refersTo = (module: string, to: string): string => (to.includes('.') ? to : `${module}.${to}`);

function resolved(kind: Hop['kind'], field: CompiledField, target: Readable): ResolvedHop {
  return { kind, column: field.columns[0]!, entity: target.entity, limits: limitsOf(target), target, field };
}

/** Filters that bound what the caller sees of the entity: the grant's rows, without deleted ones. */
export function limitsOf({ entity, grant }: Readable): readonly unknown[] {
  const live = liveOnly(entity);
  return grant !== true && grant.where ? [grant.where, ...live] : live;
}
