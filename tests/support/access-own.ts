/** What a caller may do with a record of its own client, as the entity's access and steps say. */
import type { Verb } from '../../schemas/module/index.ts';
import { door, type Entity, grantOf, inScope, type SuiteCaller, type SuiteRoute } from './access-suite.ts';

/** Records of the client that the callers belong to. */
export interface OwnRecords {
  /** One that stays. */
  readonly kept: string;
  /** Makes one that may be deleted or moved on; undefined where no route makes one. */
  readonly fresh: (() => Promise<string>) | undefined;
  /** Makes one that is marked as deleted. */
  readonly deleted: (() => Promise<string>) | undefined;
}

/** Throws where a role may delete records of which the suite can make none. */
export function ownRoutes(module: string, name: string, entity: Entity, records: OwnRecords): SuiteRoute[] {
  const { kept, fresh, deleted } = records;
  const base = `/api/m/${module}/v1/${name}`;
  const grant = (caller: SuiteCaller, verb: Verb) => grantOf(caller, module, entity, verb);
  const mayReach = (caller: SuiteCaller) =>
    !caller.refused && (!caller.modules || caller.modules.has(module)) && grant(caller, 'read') !== undefined;
  /** What is hidden is not there; what is seen and not allowed is refused. */
  const judged = (right: (caller: SuiteCaller) => boolean, answer: readonly number[]) =>
    door(module, caller => {
      const read = grant(caller, 'read');
      if (!read) return [404];
      const hidden = read !== true && read.where ? [404] : [];
      return right(caller) ? [...answer, ...hidden] : [403, ...hidden];
    });
  const may = (verb: Verb) => (caller: SuiteCaller) => grant(caller, verb) !== undefined;
  if (!fresh && Object.values(entity.access).some(access => access.delete)) {
    throw new Error(`The suite can make no record of ${module}.${name} to delete.`);
  }
  const softly = Boolean(entity.softDelete);
  /** Only who is not refused before the record is looked at needs one that it may spoil. */
  const worn =
    (make: (() => Promise<string>) | undefined, tail: string, right = mayReach) =>
    async (caller: SuiteCaller) =>
      `${base}/${make && right(caller) ? await make() : kept}${tail}`;
  const steps = Object.entries(entity.states?.transitions ?? {}).map(([step, { from, roles }]): SuiteRoute => {
    const allowed = (caller: SuiteCaller) =>
      roles.some(role => caller.roles.includes(role)) && inScope(caller, module, true);
    const begins = fresh && from.includes(entity.states!.initial) ? [200] : [200, 409];
    return {
      name: step,
      method: 'POST',
      path: worn(fresh, `/transitions/${step}`, caller => mayReach(caller) && allowed(caller)),
      body: {},
      expected: judged(allowed, begins),
    };
  });
  return [
    { name: 'read', method: 'GET', path: `${base}/${kept}`, expected: judged(may('read'), [200]) },
    {
      name: 'history of',
      method: 'GET',
      path: `${base}/${kept}/history`,
      expected: door(module, caller => (grant(caller, 'read') && caller.roles.includes('staff') ? [200] : [404])),
    },
    { name: 'change', method: 'PATCH', path: `${base}/${kept}`, body: {}, expected: judged(may('update'), [200]) },
    {
      name: 'restore',
      method: 'POST',
      path: worn(softly ? deleted : undefined, '/restore'),
      body: {},
      expected: softly ? judged(may('delete'), [200]) : door(module, () => [404]),
    },
    ...steps,
    {
      name: 'delete',
      method: 'DELETE',
      path: worn(fresh, '', caller => mayReach(caller) && may('delete')(caller)),
      expected: judged(may('delete'), [204]),
    },
  ].map((route: SuiteRoute) => ({ ...route, name: `${module}.${name} ${route.name} own` }));
}
