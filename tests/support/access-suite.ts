/** What every route of a module must answer to every kind of caller, worked out from the manifest alone. */
import { actionsOf, type ManifestJson, type Verb } from '../../schemas/module/index.ts';

/** A caller of the suite: its roles in a module, or why it has none. */
export interface SuiteCaller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Set where the credential itself is refused: unknown, over or revoked, or a visitor's on a page that is not its own. */
  readonly refused?: 401 | 403;
  readonly roles: readonly string[];
  /** Of a key; undefined where the role decides. */
  readonly scopes?: (module: string) => readonly string[];
  /** Of a visitor: the modules of its site. */
  readonly modules?: ReadonlySet<string>;
}

export interface SuiteRoute {
  readonly name: string;
  readonly method: string;
  /** Made for the caller where it is about a record of its own client. */
  readonly path: string | ((caller: SuiteCaller) => Promise<string>);
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  expected(caller: SuiteCaller): readonly number[];
}

export type Entity = ManifestJson['entities'][string];
const junk = { 'no such member': 1 };
/** Ids that routes are asked with: another client's where it has one, else nobody's, as which it is answered byte for byte. */
export interface SuiteIds {
  readonly unknown: string;
  readonly foreign: string | undefined;
}

export function inScope(caller: SuiteCaller, module: string, writes: boolean): boolean {
  const scopes = caller.scopes?.(module);
  if (!scopes) return true;
  return scopes.includes('*') || scopes.includes(`${module}:write`) || (!writes && scopes.includes(`${module}:read`));
}

export function grantOf(caller: SuiteCaller, module: string, entity: Entity, verb: Verb) {
  if (!inScope(caller, module, verb !== 'read')) return undefined;
  const found = Object.entries(entity.access).find(([role, access]) => caller.roles.includes(role) && access[verb]);
  return found?.[1][verb];
}

/** `judge` is asked once the credential and the module are known to be good. */
export const door =
  (module: string, judge: (caller: SuiteCaller) => readonly number[]) =>
  (caller: SuiteCaller): readonly number[] => {
    if (caller.refused) return [caller.refused];
    return caller.modules && !caller.modules.has(module) ? [404] : judge(caller);
  };

/** Every route of an entity that takes an id, about a record that the caller has nothing to do with. */
export function strangerRoutes(module: string, name: string, entity: Entity, id: string, what: string): SuiteRoute[] {
  const base = `/api/m/${module}/v1/${name}`;
  const expected = door(module, () => [404]);
  const undo = door(module, caller => (grantOf(caller, module, entity, 'read') ? [404] : [403]));
  return [
    { name: 'read', method: 'GET', path: `${base}/${id}`, expected },
    { name: 'history of', method: 'GET', path: `${base}/${id}/history`, expected },
    { name: 'change', method: 'PATCH', path: `${base}/${id}`, body: {}, expected },
    { name: 'delete', method: 'DELETE', path: `${base}/${id}`, expected },
    { name: 'restore', method: 'POST', path: `${base}/${id}/restore`, body: {}, expected },
    { name: 'undo import', method: 'POST', path: `${base}/imports/${id}/undo`, body: {}, expected: undo },
    ...Object.keys(entity.states?.transitions ?? {}).map(transition => ({
      name: transition,
      method: 'POST',
      path: `${base}/${id}/transitions/${transition}`,
      body: {},
      expected,
    })),
  ].map(route => ({ ...route, name: `${module}.${name} ${route.name} ${what}` }));
}

export function entityRoutes(module: string, name: string, entity: Entity, ids: SuiteIds): SuiteRoute[] {
  const base = `/api/m/${module}/v1/${name}`;
  const may = (caller: SuiteCaller, verb: Verb) => grantOf(caller, module, entity, verb) !== undefined;
  const read = door(module, caller => (may(caller, 'read') ? [200] : [403]));
  const create = door(module, caller => (may(caller, 'create') ? [422] : [403]));
  const bulk = { mode: 'atomic', operations: [{ op: 'create', data: junk }] };
  const imported = door(module, caller => (may(caller, 'read') && may(caller, 'create') ? [422] : [403]));
  return [
    { name: 'list', method: 'GET', path: base, expected: read },
    { name: 'query', method: 'POST', path: `${base}/query`, body: {}, expected: read },
    { name: 'aggregate', method: 'GET', path: `${base}/aggregate`, expected: read },
    { name: 'export', method: 'GET', path: `${base}/export.csv`, expected: read },
    { name: 'create', method: 'POST', path: base, body: junk, expected: create },
    { name: 'bulk', method: 'POST', path: `${base}/bulk`, body: bulk, expected: create },
    { name: 'import', method: 'POST', path: `${base}/import`, body: {}, expected: imported },
  ]
    .map((route): SuiteRoute => ({ ...route, name: `${module}.${name} ${route.name}` }))
    .concat(strangerRoutes(module, name, entity, ids.foreign ?? ids.unknown, ids.foreign ? 'foreign' : 'unknown'));
}

const major = ({ version }: ManifestJson): string => `v${version.split('.')[0]}`;

export function actionRoutes(module: string, manifest: ManifestJson): SuiteRoute[] {
  const offered = new Set(Object.values(manifest.widgets ?? {}).flatMap(actionsOf));
  return Object.entries(manifest.actions).flatMap(([name, action]): SuiteRoute[] => {
    const path = `/api/m/${module}/${major(manifest)}/actions/${name}`;
    const may = (caller: SuiteCaller) =>
      action.access.some(role => caller.roles.includes(role)) &&
      inScope(caller, module, action.effect === 'write') &&
      (!caller.modules || offered.has(name));
    const called = door(module, caller => (may(caller) ? [422] : [403]));
    const asked = door(module, caller => {
      if (!may(caller)) return [403];
      return action.captcha && caller.modules ? [200] : [404];
    });
    return [
      { name: `${module} action ${name}`, method: 'POST', path, body: junk, expected: called },
      { name: `${module} challenge of ${name}`, method: 'POST', path: `${path}/challenge`, body: {}, expected: asked },
    ];
  });
}

/** What the kit's own widgets ask for: records that the caller may read, forms of what it may create or call. */
export function widgetRoutes(module: string, manifest: ManifestJson): SuiteRoute[] {
  const actions = new Map(actionRoutes(module, manifest).map(({ name, expected }) => [name, expected]));
  return Object.entries(manifest.widgets ?? {}).flatMap(([name, widget]): SuiteRoute[] => {
    const path = `/api/m/${module}/${major(manifest)}/widgets/${name}`;
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

/** By scope for keys, for people of any role; a visitor may only bring what an action asks for. */
const fileDoor = (writes: boolean, answer: number, visitor: number) => (caller: SuiteCaller) => {
  if (caller.refused) return [caller.refused];
  if (caller.modules) return [visitor];
  return [inScope(caller, 'files', writes) ? answer : 403];
};

/** Every route of a file, about one that the caller has nothing to do with. */
export function strangerFileRoutes(id: string, what: string): SuiteRoute[] {
  const path = `/api/files/${id}`;
  return [
    { name: 'read', method: 'GET', path, expected: fileDoor(false, 404, 403) },
    { name: 'picture of', method: 'GET', path: `${path}?variant=x`, expected: fileDoor(false, 404, 403) },
    { name: 'parts of', method: 'GET', path: `${path}/parts`, expected: fileDoor(true, 404, 403) },
    { name: 'complete', method: 'POST', path: `${path}/complete`, expected: fileDoor(true, 404, 404) },
    { name: 'delete', method: 'DELETE', path, expected: fileDoor(true, 404, 403) },
    // Bytes pass by signed addresses alone, whoever asks.
    { name: 'bytes of', method: 'GET', path: `${path}/content`, expected: () => [404] },
    { name: 'forged bytes of', method: 'GET', path: `${path}/content?signature=x`, expected: () => [403] },
    { name: 'send', method: 'PUT', path: `${path}/content`, body: {}, expected: () => [403] },
  ].map(route => ({ ...route, name: `files ${route.name} ${what}` }));
}

/** Routes of the platform's files. */
export const fileRoutes = ({ unknown, foreign }: SuiteIds): SuiteRoute[] => [
  { name: 'files list', method: 'GET', path: '/api/files', expected: fileDoor(false, 200, 403) },
  { name: 'files reserve', method: 'POST', path: '/api/files', body: junk, expected: fileDoor(true, 422, 422) },
  ...strangerFileRoutes(foreign ?? unknown, foreign ? 'foreign' : 'unknown'),
];
