/** What one credential may reach: the part of the installed modules that every description of the API is drawn from. */
import type { FieldsJson, GrantJson, StatesJson, Verb } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import { type OpenRequest, reaches } from '../data/open-request.ts';
import { checkAction, checkTransition, grantedFields, grantFor, moduleRoles } from '../engine/access.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import type { CompiledAction, CompiledModule } from '../engine/compile/module.ts';
import { visibleSearch } from '../engine/search/match.ts';
import { isSoft, maySeeDeleted } from '../engine/soft-delete.ts';

export interface EntitySurface {
  readonly module: CompiledModule;
  readonly entity: CompiledEntity;
  /** `/api/m/booking/v1/service`. */
  readonly path: string;
  /** Fields a reply shows besides id, timestamps and revision. */
  readonly shown: FieldsJson;
  readonly readable: boolean;
  /** Fields a new record takes; undefined where the credential may not create. */
  readonly creatable: FieldsJson | undefined;
  readonly updatable: FieldsJson | undefined;
  readonly deletable: boolean;
  /** Whether what was deleted is kept, marked, and may be brought back. */
  readonly restorable: boolean;
  /** Whether the caller may look at deleted records. */
  readonly seesDeleted: boolean;
  /** Whether the caller may see what was done to a record. */
  readonly historical: boolean;
  /** Whether `q` finds anything in what is shown. */
  readonly searchable: boolean;
  readonly transitions: StatesJson['transitions'];
  /** Id, timestamps, revision and, where deleted records are kept, when it was deleted. */
  readonly builtIns: FieldsJson;
  /** The ways to other records that a filter may take; an include takes all but the reverse ones. */
  readonly relations: readonly Relation[];
}

/** A way from a record to others that the caller may read. */
export interface Relation {
  /** As a filter names it: `service`, or `booking.booking:service` for the records that point here. */
  readonly name: string;
  readonly kind: 'one' | 'list' | 'reverse';
  readonly target: EntitySurface;
  /** The reference: of this entity, or of the target for a reverse one. */
  readonly field: string;
}

export interface ActionSurface {
  readonly module: CompiledModule;
  readonly action: CompiledAction;
  readonly path: string;
}

export interface ModuleSurface {
  readonly module: CompiledModule;
  readonly path: string;
  readonly entities: readonly EntitySurface[];
  readonly actions: readonly ActionSurface[];
}

export interface Surface {
  /** The same for credentials that see the same; a cache may go by it. */
  readonly key: string;
  readonly modules: readonly ModuleSurface[];
}

type Caller = Pick<OpenRequest, 'actor' | 'tenant' | 'site'>;

const surfaces = new BoundedCache<Surface>(500);

/** The caller's surface; modules of which it may do nothing are left out. */
export function surfaceOf(caller: Caller): Surface {
  const key = surfaceKey(caller);
  const known = surfaces.get(key);
  if (known) return known;
  const { actor, tenant } = caller;
  const modules = tenant.modules
    .filter(module => reaches(caller, module.name))
    .map(module => moduleSurface(module, actor))
    .filter(({ entities, actions }) => entities.length + actions.length > 0);
  link(modules);
  const surface: Surface = { key, modules };
  surfaces.set(key, surface);
  return surface;
}

/** Modules with their versions, roles and scopes: nothing else decides what is seen. */
function surfaceKey(caller: Caller): string {
  const { actor, tenant } = caller;
  const modules = tenant.modules.filter(module => reaches(caller, module.name));
  return JSON.stringify([
    modules.map(({ manifest, fingerprint }) => `${manifest.id}@${fingerprint}`),
    actor.kind,
    moduleRoles(actor),
    actor.scopes && [...actor.scopes].sort(),
  ]);
}

function moduleSurface(module: CompiledModule, actor: Actor): ModuleSurface {
  const path = `/api/m/${module.name}/v${module.major}`;
  const entities = [...module.entities.values()].flatMap(entity => entitySurface(module, entity, actor, path));
  const actions = [...module.actions.values()]
    .filter(action => module.code?.actions[action.name] && allows(() => checkAction(module, action, actor)))
    .map(action => ({ module, action, path: `${path}/actions/${action.name}` }));
  return { module, path, entities, actions };
}

function entitySurface(module: CompiledModule, entity: CompiledEntity, actor: Actor, base: string): EntitySurface[] {
  const grant = (verb: Verb): GrantJson | undefined => {
    let found: GrantJson | undefined;
    allows(() => {
      found = grantFor(entity, verb, actor);
    });
    return found;
  };
  const [read, create, update] = [grant('read'), grant('create'), grant('update')];
  const { states } = entity.json;
  const writable = (of: GrantJson | undefined) => of && pick(entity, of, node => !node.readOnly && !node.hidden);
  // Whatever is not readable answers 404, so every verb on a record needs the right to read it.
  const transitions = Object.entries(states?.transitions ?? {}).filter(
    ([name]) => read && allows(() => checkTransition(entity, name, actor)),
  );
  const surface: EntitySurface = {
    module,
    entity,
    path: `${base}/${entity.name}`,
    readable: read !== undefined,
    shown: read ? pick(entity, read, node => !node.hidden) : {},
    creatable: writable(create),
    updatable: read && writable(update),
    deletable: read !== undefined && grant('delete') !== undefined,
    restorable: read !== undefined && isSoft(entity) && grant('delete') !== undefined,
    seesDeleted: read !== undefined && isSoft(entity) && maySeeDeleted(actor),
    historical: read !== undefined && moduleRoles(actor).includes('staff'),
    searchable: read !== undefined && visibleSearch({ entity, grant: read, visible: grantedFields(read) }).length > 0,
    builtIns: Object.fromEntries(entity.fields.flatMap(({ name, json, builtIn }) => (builtIn ? [[name, json]] : []))),
    relations: [],
    transitions: Object.fromEntries(transitions),
  };
  return read || create ? [surface] : [];
}

/** Finds each entity's relations, once all of them are known. */
function link(modules: readonly ModuleSurface[]): void {
  const readable = modules.flatMap(({ entities }) => entities.filter(entity => entity.readable));
  const byKey = new Map(readable.map(surface => [keyOf(surface), surface]));
  for (const from of readable) {
    for (const [field, node] of Object.entries(from.shown)) {
      const reference = node.kind === 'list' ? node.of : node;
      if (reference.kind !== 'ref') continue;
      const target = byKey.get(refTarget(from.module.name, reference.to));
      if (!target) continue;
      const kind = node.kind === 'list' ? 'list' : 'one';
      (from.relations as Relation[]).push({ name: field, kind, target, field });
      if (kind === 'list') continue;
      const module = from.module.name === target.module.name ? '' : `${from.module.name}.`;
      const name = `${module}${from.entity.name}:${field}`;
      (target.relations as Relation[]).push({ name, kind: 'reverse', target: from, field });
    }
  }
}

/** `booking.service`. */
export const keyOf = ({ module, entity }: Pick<EntitySurface, 'module' | 'entity'>): string =>
  `${module.name}.${entity.name}`;

/** `calendar.resource` as it is, `service` in `booking` as `booking.service`. */
export const refTarget = (module: string, to: string): string => (to.includes('.') ? to : `${module}.${to}`);

/** The compiled fields, so that those which an extension has added are among them. */
function pick({ fields }: CompiledEntity, grant: GrantJson, keep: (node: FieldsJson[string]) => boolean): FieldsJson {
  const only = grantedFields(grant);
  const kept = fields.filter(({ name, json, builtIn }) => !builtIn && keep(json) && (!only || only.has(name)));
  return Object.fromEntries(kept.map(({ name, json }) => [name, json]));
}

function allows(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
