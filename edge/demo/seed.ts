/** Makes the demo agency through the public API alone: sign-up, clients, sites, booking, services, appointments, enquiries, conversations, a shop. */
import { randomBytes } from 'node:crypto';
import type { ApiKey, Client, Site, Snippet, SnippetPart } from '../../schemas/protocol/index.ts';
import { addDays, toLocal } from '../../schemas/time/index.ts';
import type { ApiClient } from './api-client.ts';
import { type HtmlBuilder, htmlBuilders } from './builder-pages.ts';
import { businesses, customers, type DemoBusiness } from './businesses.ts';
import { studio } from './ceramics.ts';
import { seedConversations } from './conversations.ts';
import { seedEnquiries } from './enquiries.ts';
import { seedGoods } from './goods.ts';

/** `DATA_DIR/demo.json`. */
export interface Demo {
  readonly dashboardUrl: string;
  readonly email: string;
  readonly password: string;
  readonly apiUrl: string;
  readonly embedOrigin: string;
  readonly sites: readonly {
    readonly client: string;
    readonly siteKey: string;
    readonly pageUrl: string;
    /** What the page is about; booking where it is not said. */
    readonly module?: string;
    /** As the dashboard gives it for that module. */
    readonly snippet: string;
    /** The tag of the contact form, for the same page; a demo that was made before there was one has none. */
    readonly contact?: string;
    /** What each builder of websites takes; as new as `contact`. */
    readonly builders?: Readonly<Record<HtmlBuilder, readonly SnippetPart[]>>;
  }[];
  readonly apiKeys: readonly { readonly client: string; readonly key: string }[];
}

interface Created {
  readonly id: string;
}

const daysWithAppointments = 6;

/** `embedOrigin` is where the businesses' own pages are; `now` in epoch milliseconds. */
export async function seedDemo(api: ApiClient, embedOrigin: string, now: number): Promise<Demo> {
  const email = 'owner@northside.example';
  const password = randomBytes(12).toString('base64url');
  await api.send('/api/signup', { body: { agencyName: 'Northside', name: 'Nora Sidorová', email, password } });
  const sites: Demo['sites'][number][] = [];
  const apiKeys: { client: string; key: string }[] = [];
  for (const business of businesses) {
    const { site, key } = await seedBusiness(api, business, embedOrigin, now);
    const pageUrl = embedOrigin + business.path;
    sites.push({ client: business.name, siteKey: site.siteKey, pageUrl, ...(await snippetsOf(api, site.id)) });
    apiKeys.push({ client: business.name, key });
  }
  return { dashboardUrl: api.url, email, password, apiUrl: api.url, embedOrigin, sites, apiKeys };
}

/** The third business, which sells: in the demo that people start, not in every test's. */
export async function seedStudio(api: ApiClient, demo: Demo): Promise<Demo> {
  const { id: clientId, site } = await seedSite(api, studio, demo.embedOrigin, ['shop']);
  await seedGoods(api, clientId);
  const pageUrl = demo.embedOrigin + studio.path;
  const snippet = await snippetOf(api, site.id, 'shop');
  const shown = { client: studio.name, siteKey: site.siteKey, pageUrl, module: 'shop', snippet };
  return { ...demo, sites: [...demo.sites, shown] };
}

export const snippetOf = async (api: ApiClient, siteId: string, module: string): Promise<string> =>
  (await api.get<Snippet>(`/api/sites/${siteId}/snippet?module=${module}`)).html;

/** What the page of a business with appointments has of ours. */
export async function snippetsOf(
  api: ApiClient,
  siteId: string,
): Promise<Required<Pick<Demo['sites'][number], 'snippet' | 'contact' | 'builders'>>> {
  const of = (query: string) => api.get<Snippet>(`/api/sites/${siteId}/snippet?module=${query}`);
  const builders = htmlBuilders.map(async name => [name, (await of(`booking&for=${name}`)).parts] as const);
  return {
    snippet: (await of('booking')).html,
    contact: (await of('contact')).tag,
    builders: Object.fromEntries(await Promise.all(builders)) as Record<HtmlBuilder, readonly SnippetPart[]>,
  };
}

async function seedBusiness(
  api: ApiClient,
  business: DemoBusiness,
  embedOrigin: string,
  now: number,
): Promise<{ site: Site; key: string }> {
  const { id: clientId, site } = await seedSite(api, business, embedOrigin, [
    'booking',
    'contact',
    ...(business.chats ? ['chat'] : []),
  ]);
  const token = await api.clientToken(clientId);
  const services = await seedServices(api, business, token);
  await seedAppointments(api, business, token, services, now);
  await seedEnquiries(api, token, clientId, business.mail);
  if (business.chats) await seedConversations(api, token, clientId, embedOrigin + business.path);
  const key = await api.send<ApiKey>(`/api/clients/${clientId}/keys`, { body: { name: 'Demo', scopes: ['*'] } });
  return { site, key: key.key! };
}

/** A client with one site that shows these modules; the client's id. */
async function seedSite(
  api: ApiClient,
  { name, zone, locale }: Pick<DemoBusiness, 'name' | 'zone' | 'locale'>,
  embedOrigin: string,
  modules: readonly string[],
): Promise<{ id: string; site: Site }> {
  const { id } = await api.send<Client>('/api/clients', { body: { name, zone } });
  const made = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name: `${name} website` } });
  const site = await api.send<Site>(`/api/sites/${made.id}`, { method: 'PATCH', body: { locale } });
  await api.send(`/api/sites/${site.id}/origins`, { body: { origin: embedOrigin } });
  for (const module of modules) {
    await api.send(`/api/clients/${id}/installations`, { body: { module } });
    await api.send(`/api/sites/${site.id}/modules/${module}`, { method: 'PUT', body: { enabled: true } });
  }
  return { id, site };
}

async function seedServices(api: ApiClient, business: DemoBusiness, token: string): Promise<Created[]> {
  const { zone, windows } = business;
  const schedule = await api.send<Created>('/api/m/calendar/v1/schedule', {
    token,
    body: { name: 'Opening hours', zone, windows },
  });
  const staff: Created[] = [];
  for (const person of business.staff) {
    const body = { ...person, schedule: schedule.id };
    staff.push(await api.send<Created>('/api/m/calendar/v1/resource', { token, body }));
  }
  const services: Created[] = [];
  for (const [position, service] of business.services.entries()) {
    const { staff: who, price, ...rest } = service;
    const body = {
      ...rest,
      position,
      slotStep: 15,
      price: { amount: price, currency: business.currency },
      staff: (who ?? []).map(index => staff[index]!.id),
    };
    services.push(await api.send<Created>('/api/m/booking/v1/service', { token, body }));
  }
  return services;
}

/** Spreads appointments over the first open days, so that the desk has something to show. */
async function seedAppointments(
  api: ApiClient,
  business: DemoBusiness,
  token: string,
  services: readonly Created[],
  now: number,
): Promise<void> {
  const today = toLocal(now, business.zone).date;
  const to = addDays(today, 14);
  let next = 0;
  for (const [index, service] of services.entries()) {
    const free = await api.send<{ days: { slots: string[] }[] }>('/api/m/booking/v1/actions/availability', {
      token,
      body: { service: service.id, from: today, to, zone: business.zone },
    });
    for (const day of free.days.slice(0, daysWithAppointments)) {
      const start = day.slots[(index * 7 + next * 5) % day.slots.length];
      const customer = customers[next % customers.length]!;
      next += 1;
      const body = { service: service.id, start, ...customer, zone: business.zone, locale: business.locale };
      await api.send('/api/m/booking/v1/actions/book', { token, body });
    }
  }
}
