/** The demo's salon as its agency has it at the desk: its site, and what the dashboard hands out for it. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { Demo } from '../../edge/demo/seed.ts';
import type { Client, Site, Snippet } from '../../schemas/protocol/index.ts';

export interface SignedInSite {
  readonly api: ApiClient;
  readonly site: Site;
  /** Of booking; `query` as in the address of the route. */
  snippet(query?: string): Promise<Snippet>;
  /** The same with a script that never changes. */
  pinned(query?: string): Promise<Snippet>;
}

export async function signInToSite(demo: Demo): Promise<SignedInSite> {
  const api = new ApiClient(request => fetch(request), demo.apiUrl);
  await api.send('/api/session', { body: { email: demo.email, password: demo.password } });
  const clients = await api.get<Client[]>('/api/clients');
  const sites = await Promise.all(clients.map(({ id }) => api.get<Site[]>(`/api/clients/${id}/sites`)));
  const site = sites.flat().find(({ siteKey }) => siteKey === demo.sites[0]!.siteKey)!;
  const asked = (query: string) => `?module=booking&${query}`;
  return {
    api,
    site,
    snippet: (query = '') => api.get(`/api/sites/${site.id}/snippet${asked(query)}`),
    pinned: (query = '') => api.send(`/api/sites/${site.id}/pins${asked(query)}`, { body: {} }),
  };
}
