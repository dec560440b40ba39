/** Fills an installation through its public API: a client to read, one that is busy, one to write to and one to book. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Site } from '../../schemas/protocol/index.ts';
import { addDays } from '../../schemas/time/index.ts';

/** A client as the scenarios need it. */
export interface SeededClient {
  readonly id: string;
  readonly siteKey: string;
  /** As many as it takes to stay within the limit of each. */
  readonly keys: readonly string[];
  readonly service: string;
  readonly staff: readonly string[];
  /** Free starts and who is free then, index by index. */
  readonly free: { readonly staff: readonly string[]; readonly start: readonly string[] };
}

export interface Seeded {
  readonly quiet: SeededClient;
  readonly busy: SeededClient;
  readonly written: SeededClient;
  readonly booked: SeededClient;
  /** The month that availability is asked for; `to` is exclusive. */
  readonly month: { readonly from: string; readonly to: string };
}

interface Shape {
  readonly name: string;
  readonly staff: number;
  readonly services: number;
  readonly bookings: number;
  readonly service: { readonly durations: readonly number[]; readonly slotStep: number };
  readonly window: { readonly start: string; readonly end: string };
}

interface Created {
  readonly id: string;
}

const ZONE = 'Europe/Prague';
const KEYS = 96;
const DAYS = 31;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const haircut = { durations: [45], slotStep: 15 };
const opening = { start: '08:00', end: '18:00' };

export async function seed(url: string, now: number): Promise<Seeded> {
  const api = new ApiClient(request => fetch(request), url);
  const owner = { name: 'Bench', email: 'bench@bench.example', password: 'a bench needs no secrets' };
  await api.send('/api/signup', { body: { agencyName: 'Bench', ...owner } });
  const from = addDays(new Date(now).toISOString().slice(0, 10), 1);
  const month = { from, to: addDays(from, DAYS) };
  const make = (shape: Shape) => seedClient(api, shape, month);
  return {
    month,
    quiet: await make({ name: 'Quiet', staff: 1, services: 100, bookings: 20, service: haircut, window: opening }),
    busy: await make({ name: 'Busy', staff: 20, services: 5, bookings: 2000, service: haircut, window: opening }),
    written: await make({ name: 'Written', staff: 1, services: 1, bookings: 0, service: haircut, window: opening }),
    booked: await make({
      name: 'Booked',
      staff: 20,
      services: 5,
      bookings: 0,
      service: { durations: [15], slotStep: 15 },
      window: { start: '00:00', end: '24:00' },
    }),
  };
}

async function seedClient(api: ApiClient, shape: Shape, month: Seeded['month']): Promise<SeededClient> {
  const client = await api.send<Client>('/api/clients', { body: { name: shape.name, zone: ZONE } });
  const site = await api.send<Site>(`/api/clients/${client.id}/sites`, { body: { name: shape.name } });
  await api.send(`/api/sites/${site.id}/origins`, { body: { origin: 'https://shop.bench.example' } });
  await api.send(`/api/clients/${client.id}/installations`, { body: { module: 'booking' } });
  await api.send(`/api/sites/${site.id}/modules/booking`, { method: 'PUT', body: { enabled: true } });
  const keys: string[] = [];
  for (let index = 0; index < KEYS; index++) {
    const body = { name: `Key ${index}`, scopes: ['*'] };
    keys.push((await api.send<ApiKey>(`/api/clients/${client.id}/keys`, { body })).key!);
  }
  let calls = 0;
  const create = <T = Created>(path: string, body: unknown): Promise<T> =>
    api.send<T>(`/api/m/${path}`, { token: keys[calls++ % keys.length]!, body });

  const hours = { name: 'Hours', zone: ZONE, windows: [{ days: everyDay, ...shape.window }] };
  const schedule = (await create('calendar/v1/schedule', hours)).id;
  const staff: string[] = [];
  for (let index = 0; index < shape.staff; index++) {
    staff.push((await create('calendar/v1/resource', { name: `Person ${index}`, title: 'Stylist', schedule })).id);
  }
  const services: string[] = [];
  for (let position = 0; position < shape.services; position++) {
    const body = {
      name: `Service ${position}`,
      slug: `service-${position}`,
      description: 'Consultation, wash, cut and blow-dry.',
      price: { amount: 89_000 + position, currency: 'CZK' },
      position,
      ...shape.service,
    };
    services.push((await create('booking/v1/service', body)).id);
  }
  const service = services[0]!;
  const slots = new Map<string, readonly string[]>();
  for (const person of staff) {
    const query = { service, staff: person, ...month, zone: ZONE };
    const found = await create<{ days: { slots: string[] }[] }>('booking/v1/actions/availability', query);
    slots.set(
      person,
      found.days.flatMap(day => day.slots),
    );
  }
  for (const [index, { person, start }] of spread(slots, shape).entries()) {
    const customer = { name: `Customer ${index % 500}`, email: `customer-${index % 500}@bench.example` };
    await create('booking/v1/actions/book', { service, staff: person, start, ...customer, zone: ZONE });
  }
  return { id: client.id, siteKey: site.siteKey, keys, service, staff, free: mix(slots) };
}

/** As many starts for each person as it takes, none overlapping the next, over the whole month. */
function spread(slots: ReadonlyMap<string, readonly string[]>, { bookings, staff, service }: Shape) {
  const apart = service.durations[0]! / service.slotStep;
  const each = Math.ceil(bookings / staff);
  return [...slots].flatMap(([person, starts]) => {
    const disjoint = starts.filter((_, index) => index % apart === 0 && index % (apart * 13) !== 0);
    const step = disjoint.length / Math.max(each, 1);
    return Array.from({ length: each }, (_, index) => ({ person, start: disjoint[Math.floor(index * step)]! }));
  });
}

/** Steps through a list of any length that has no factor in common with it, so that neighbours lie days apart. */
const STRIDE = 7919;

/** Every start of everybody once, mixed over the month as customers would, and the same in every run. */
function mix(slots: ReadonlyMap<string, readonly string[]>): SeededClient['free'] {
  const all = [...slots].flatMap(([person, starts]) => starts.map(start => ({ person, start })));
  const mixed = all.map((_, index) => all[(index * STRIDE) % all.length]!);
  return { staff: mixed.map(({ person }) => person), start: mixed.map(({ start }) => start) };
}
