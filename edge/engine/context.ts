/** What a handler is given: repositories, settings, events, calls to other modules, all inside one unit of work. */
import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { AnyModule, Context, Repositories } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { pictureUrl } from '../files/picture-url.ts';
import { checkAction } from './access.ts';
import type { Call } from './call.ts';
import type { CompiledModule } from './compile/module.ts';
import { problemOf } from './constraints.ts';
import { jobsOf } from './jobs/ask.ts';
import { extensionView, ownView } from './repository/extension-repository.ts';
import { EntityRepository } from './repository/repository.ts';
import type { Runtime } from './runtime.ts';
import type { UnitOfWork } from './store/unit-of-work.ts';

export type AnyContext = Context<AnyModule>;

const systemActor = (actor: Actor): Actor => ({ ...actor, kind: 'system', role: null, scopes: null });

/** Repositories are made when first named: `service` of the module itself, `party.person` where it adds fields to that. */
function repositories(call: Call, work: UnitOfWork, module: CompiledModule, actor: Actor): Repositories<AnyModule> {
  const made = new Map<string, unknown>();
  const make = (name: string): unknown => {
    const own = module.entities.get(name);
    if (own) return ownView(new EntityRepository(work, module, own, actor));
    const target = module.manifest.extends && Object.hasOwn(module.manifest.extends, name) ? name.split('.') : [];
    const owner = call.tenant.byName.get(target[0] ?? '');
    const entity = owner?.entities.get(target[1] ?? '');
    return owner && entity && extensionView(new EntityRepository(work, owner, entity, actor), module.name);
  };
  return new Proxy({} as Repositories<AnyModule>, {
    get(_target, key) {
      const name = String(key);
      if (!made.has(name)) made.set(name, make(name));
      return made.get(name);
    },
  });
}

/** `system` says whether the manifest lets this handler act as the system. */
export function createContext(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  work: UnitOfWork,
  system: boolean,
): AnyContext {
  const { tenant, actor } = call;
  const shows = (entry: (typeof tenant.sites)[number]) => entry.modules.has(module.name);
  const site = call.site ?? tenant.sites.find(shows) ?? tenant.sites[0];
  const context: AnyContext = {
    db: repositories(call, work, module, actor),
    asSystem() {
      if (!system) throw new TypeError(`${module.name}: asSystem() needs "system: true" in the manifest`);
      return repositories(call, work, module, systemActor(actor));
    },
    actor,
    client: tenant.client,
    site,
    settings: (call.site?.modules.get(module.name) ?? tenant.settings.get(module.name) ?? {}) as AnyContext['settings'],
    now: work.now,
    callerHash: call.callerHash,
    emit(name, payload, { key } = {}) {
      const encode = module.events.get(name);
      if (!encode) throw new TypeError(`${module.name} declares no event "${name}"`);
      const id = uuidv7();
      work.outbox.push({ id, event: `${module.name}.${name}`, record: null, key, payload: encode(payload) });
    },
    ...jobsOf(module, work),
    call: <Output>(name: string, action: string, input: unknown) =>
      callModule(runtime, call, module, work, name, action, input) as Promise<Output>,
    fail(code, options) {
      throw problemOf(module, code, options);
    },
    secret: async (...parts) => runtime.secrets.token(tenant.client.id, [module.name, ...parts]),
    hash: async token => createHash('sha256').update(token).digest('base64url'),
    pictureUrl: (file, variant) => pictureUrl(runtime, tenant, file, `${module.name}.${variant}`, work.now),
    pageUrl: (widget, options = {}) => {
      if (!(widget in (module.manifest.widgets ?? {}))) throw new TypeError(`${module.name} has no widget "${widget}"`);
      const of = tenant.sites.find(entry => entry.id === options.site && shows(entry)) ?? site;
      const query = options.locale ? `?locale=${encodeURIComponent(options.locale)}` : '';
      return `${runtime.config.publicUrl}/p/${of?.key ?? ''}/${widget}${query}`;
    },
    screenUrl: screen => {
      if (!(screen in (module.manifest.screens ?? {}))) throw new TypeError(`${module.name} has no screen "${screen}"`);
      return `${runtime.config.publicUrl}/clients/${tenant.client.id}/m/${module.name}/s/${screen}`;
    },
  };
  return context;
}

/** Runs another module's action inside the same unit of work. Values stay handler values: no JSON in between. */
async function callModule(
  runtime: Runtime,
  call: Call,
  caller: CompiledModule,
  work: UnitOfWork,
  name: string,
  actionName: string,
  input: unknown,
): Promise<unknown> {
  const consented = caller.manifest.requires?.[name]?.actions?.includes(actionName);
  const module = call.tenant.byName.get(name);
  const action = module?.actions.get(actionName);
  const handler = module?.code?.actions[actionName];
  if (!consented || !module || !action || !handler) {
    throw new TypeError(`${caller.name} may not call ${name}.${actionName}: declare it under "requires"`);
  }
  const inner: Call = { ...call, actor: { ...call.actor, kind: 'module', role: null, scopes: null } };
  checkAction(module, action, inner.actor);
  const defaults = Object.entries(action.json.input).flatMap(([field, node]) =>
    node.default === undefined ? [] : [[field, node.default] as const],
  );
  const complete = { ...Object.fromEntries(defaults), ...(input as object) };
  return handler(complete as never, createContext(runtime, inner, module, work, action.json.system ?? false));
}
