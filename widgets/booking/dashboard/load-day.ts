/** Reads one day: its appointments, the staff, the services. */
import type { ManifestJson } from '../../../schemas/module/manifest.ts';
import { dayBounds } from '../../../schemas/time/index.ts';
import {
  type Appointment,
  bookingAddress,
  calendarVersion,
  type EntityAddress,
  type Named,
  type ScreenApi,
} from './screen-api.ts';

export interface People {
  readonly staff: readonly Named[];
  readonly services: ReadonlyMap<string, Named>;
}

const size = 200;

const all = async <T>(api: ScreenApi, at: EntityAddress, query: Parameters<ScreenApi['list']>[1]): Promise<T[]> => {
  const found: T[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof api.list<T>>> = await api.list<T>(at, { ...query, size, after });
    found.push(...page.data);
    after = page.page.after;
  } while (after);
  return found;
};

/** Staff in the calendar's order, and services by id. */
export const loadPeople = async (api: ScreenApi, manifest: ManifestJson): Promise<People> => {
  const resources: EntityAddress = { module: 'calendar', version: calendarVersion(manifest), entity: 'resource' };
  const [staff, services] = await Promise.all([
    all<Named>(api, resources, { filter: { active: { eq: true }, kind: { eq: 'person' } }, sort: 'name' }),
    all<Named>(api, bookingAddress(manifest, 'service'), { sort: 'name' }),
  ]);
  return { staff, services: new Map(services.map(service => [service.id, service])) };
};

/** Appointments that start on the local day, which has 23 or 25 hours where clocks change. */
export const loadAppointments = (
  api: ScreenApi,
  manifest: ManifestJson,
  date: string,
  zone: string,
): Promise<Appointment[]> => {
  const { start, end } = dayBounds(date, zone);
  const span = { gte: new Date(start).toISOString(), lt: new Date(end).toISOString() };
  return all<Appointment>(api, bookingAddress(manifest, 'booking'), { filter: { start: span }, sort: 'start' });
};

/** Names of resources that have appointments but are no longer active staff. */
export const loadMissing = (api: ScreenApi, manifest: ManifestJson, ids: readonly string[]): Promise<Named[]> => {
  if (ids.length === 0) return Promise.resolve([]);
  const at: EntityAddress = { module: 'calendar', version: calendarVersion(manifest), entity: 'resource' };
  return all<Named>(api, at, { filter: { id: { in: ids.join(',') } } });
};
