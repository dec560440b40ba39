/** What every route of a module must answer to every kind of caller, worked out from the manifest alone. */
import { actionsOf, type ManifestJson, type Verb } from '../../schemas/module/index.ts';

/** A caller of the suite: its roles in a module, or why it has none. */
export interface SuiteCaller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Set where the credential itself is refused. */
  readonly refused?: 401;
  readonly roles: readonly string[];
  /** Of a key; undefined where the role decides. */
  readonly scopes?: (module: string) => readonly string[];
  /** Of a visitor: the modules of its site. */
  readonly modules?: ReadonlySet<string>;
}

export interface SuiteRoute {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  expected(caller: SuiteCaller): readonly number[];
}

type Entity = ManifestJson['entities'][string];
const junk = { 'no such member': 1 };
/** Ids that routes are asked with: nobody's, and another client's. */
export interface SuiteIds {
  readonly unknown: string;
  readonly foreign: string | undefined;
  readonly own: string | undefined;
}

function inScope(caller: SuiteCaller, module: string, writes: boolean): boolean {
  const scopes = caller.scopes?.(module);
  if (!scopes) return true;
  return scopes.includes('*') || scopes.includes(`${module}:write`) || (!writes && scopes.includes(`${module}:read`));
}

function grantOf(caller: SuiteCaller, module: string, entity: Entity, verb: Verb) {
  if (!inScope(caller, module, verb !== 'read')) return undefined;
  const found = Object.entries(entity.access).find(([role, access]) => caller.roles.includes(role) && access[verb]);
  return found?.[1][verb];
}

/** `judge` is asked once the credential and the module are known to be good. */
const door =
  (module: string, judge: (caller: SuiteCaller) => readonly number[]) =>
  (caller: SuiteCaller): readonly number[] => {
    if (caller.refused) return [caller.refused];
    return caller.modules && !caller.modules.has(module) ? [404] : judge(caller);
  };

export function entityRoutes(module: string, name: string, entity: Entity, ids: SuiteIds): SuiteRoute[] {
  const base = `/api/m/${module}/v1/${name}`;
  const may = (caller: SuiteCaller, verb: Verb) => grantOf(caller, module, entity, verb) !== undefined;
  const read = door(module, caller => (may(caller, 'read') ? [200] : [403]));
  const create = door(module, caller => (may(caller, 'create') ? [422] : [403]));
  const absent = door(module, () => [404]);
  const own = door(module, caller => {
    const grant = grantOf(caller, module, entity, 'read');
    if (!grant) return [404];
    return grant === true || !grant.where ? [200] : [200, 404];
  });
  const withId = (id: string, what: string): SuiteRoute[] => [
    { name: `read ${what}`, method: 'GET', path: `${base}/${id}`, expected: absent },
    { name: `history of ${what}`, method: 'GET', path: `${base}/${id}/history`, expected: absent },
    { name: `change ${what}`, method: 'PATCH', path: `${base}/${id}`, body: {}, expected: absent },
    { name: `delete ${what}`, method: 'DELETE', path: `${base}/${id}`, expected: absent },
    { name: `restore ${what}`, method: 'POST', path: `${base}/${id}/restore`, body: {}, expected: absent },
    ...Object.keys(entity.states?.transitions ?? {}).map(transition => ({
      name: `${transition} ${what}`,
      method: 'POST',
      path: `${base}/${id}/transitions/${transition}`,
      body: {},
      expected: absent,
    })),
  ];
  const bulk = { mode: 'atomic', operations: [{ op: 'create', data: junk }] };
  const imported = door(module, caller => (may(caller, 'read') && may(caller, 'create') ? [422] : [403]));
  const undone = door(module, caller => (may(caller, 'read') ? [404] : [403]));
  return [
    { name: 'list', method: 'GET', path: base, expected: read },
    { name: 'query', method: 'POST', path: `${base}/query`, body: {}, expected: read },
    { name: 'aggregate', method: 'GET', path: `${base}/aggregate`, expected: read },
    { name: 'export', method: 'GET', path: `${base}/export.csv`, expected: read },
    { name: 'create', method: 'POST', path: base, body: junk, expected: create },
    { name: 'bulk', method: 'POST', path: `${base}/bulk`, body: bulk, expected: create },
    { name: 'import', method: 'POST', path: `${base}/import`, body: {}, expected: imported },
    { name: 'undo', method: 'POST', path: `${base}/imports/${ids.unknown}/undo`, body: {}, expected: undone },
    ...withId(ids.unknown, 'unknown'),
    ...(ids.foreign ? withId(ids.foreign, 'foreign') : []),
    ...(ids.own ? [{ name: 'read own', method: 'GET', path: `${base}/${ids.own}`, expected: own }] : []),
  ].map(route => ({ ...route, name: `${module}.${name} ${route.name}` }));
}

export function actionRoutes(module: string, manifest: ManifestJson): SuiteRoute[] {
  const offered = new Set(Object.values(manifest.widgets ?? {}).flatMap(actionsOf));
  return Object.entries(manifest.actions).map(([name, action]) => ({
    name: `${module} action ${name}`,
    method: 'POST',
    path: `/api/m/${module}/v1/actions/${name}`,
    body: junk,
    expected: door(module, caller => {
      const allowed =
        action.access.some(role => caller.roles.includes(role)) &&
        inScope(caller, module, action.effect === 'write') &&
        (!caller.modules || offered.has(name));
      return allowed ? [422] : [403];
    }),
  }));
}

/** What the kit's own widgets ask for: records that the caller may read, forms of what it may create or call. */
export function widgetRoutes(module: string, manifest: ManifestJson): SuiteRoute[] {
  const actions = new Map(actionRoutes(module, manifest).map(({ name, expected }) => [name, expected]));
  return Object.entries(manifest.widgets ?? {}).flatMap(([name, widget]): SuiteRoute[] => {
    const path = `/api/m/${module}/v1/widgets/${name}`;
    const absent = door(module, () => [404]);
    const other = { method: 'POST', body: {}, expected: absent };
    if (widget.kind === undefined) return [{ ...other, name: `${module} widget ${name}`, path: `${path}/page` }];
    const may = (verb: Verb, answer: number) =>
      door(module, caller =>
        grantOf(caller, module, manifest.entities[widget.entity!]!, verb) === undefined ? [403] : [answer],
      );
    if (widget.kind === 'form') {
      const expected = widget.action ? actions.get(`${module} action ${widget.action}`)! : may('create', 422);
      const body = { values: {}, took: 60_000 };
      return [
        { name: `${module} form ${name}`, method: 'POST', path: `${path}/submit`, body, expected },
        { ...other, name: `${module} page of form ${name}`, path: `${path}/page` },
      ];
    }
    const ask = { list: {}, cards: {}, search: { q: 'x' }, calendar: { month: '2026-04' }, detail: { id: 'x' } };
    const read = may('read', widget.kind === 'detail' ? 404 : 200);
    return [
      {
        name: `${module} page of ${name}`,
        method: 'POST',
        path: `${path}/page`,
        body: ask[widget.kind],
        expected: read,
      },
      { ...other, name: `${module} submit to ${name}`, path: `${path}/submit` },
    ];
  });
}

/** Routes of the platform's files: by scope for keys, for people of any role; a visitor may only bring what an action asks for. */
export function fileRoutes(ids: SuiteIds): SuiteRoute[] {
  const allowed = (writes: boolean, answer: number, visitor: number) => (caller: SuiteCaller) => {
    if (caller.refused) return [caller.refused];
    if (caller.modules) return [visitor];
    return [inScope(caller, 'files', writes) ? answer : 403];
  };
  const base = '/api/files';
  const withId = (id: string, what: string): SuiteRoute[] => [
    { name: `read ${what}`, method: 'GET', path: `${base}/${id}`, expected: allowed(false, 404, 403) },
    { name: `picture of ${what}`, method: 'GET', path: `${base}/${id}?variant=x`, expected: allowed(false, 404, 403) },
    { name: `parts of ${what}`, method: 'GET', path: `${base}/${id}/parts`, expected: allowed(true, 404, 403) },
    { name: `complete ${what}`, method: 'POST', path: `${base}/${id}/complete`, expected: allowed(true, 404, 404) },
    { name: `delete ${what}`, method: 'DELETE', path: `${base}/${id}`, expected: allowed(true, 404, 403) },
    // Bytes pass by signed addresses alone, whoever asks.
    { name: `bytes of ${what}`, method: 'GET', path: `${base}/${id}/content`, expected: () => [404] },
    {
      name: `forged bytes of ${what}`,
      method: 'GET',
      path: `${base}/${id}/content?signature=x`,
      expected: () => [403],
    },
    { name: `send ${what}`, method: 'PUT', path: `${base}/${id}/content`, body: {}, expected: () => [403] },
  ];
  return [
    { name: 'list', method: 'GET', path: base, expected: allowed(false, 200, 403) },
    { name: 'reserve', method: 'POST', path: base, body: junk, expected: allowed(true, 422, 422) },
    ...withId(ids.unknown, 'unknown'),
    ...(ids.foreign ? withId(ids.foreign, 'foreign') : []),
  ].map(route => ({ ...route, name: `files ${route.name}` }));
}
