/** A running host whose checkout has one module more, made from the template of modules: its widgets have no code for the browser. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, EmbedSession, Site, Snippet } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { type DemoClient, demoClient } from './demo-world.ts';
import { openWorkshop } from './workshop.ts';

export interface WidgetsWorld {
  readonly host: TestHost;
  /** Signed in as the agency's owner. */
  readonly api: ApiClient;
  /** Has the module on its site. */
  readonly inn: WidgetsClient;
  /** Has the module, but not on its site. */
  readonly rival: WidgetsClient;
  stop(): Promise<void>;
}

export interface WidgetsClient extends DemoClient {
  readonly id: string;
  /** As the dashboard gives it. */
  readonly snippet: Snippet;
  session(query?: string, from?: string): Promise<EmbedSession>;
}

/** Where the clients' own pages are. */
export const pageOrigin = 'https://inn.example.test';

export async function startWidgetsWorld(module: string): Promise<WidgetsWorld> {
  const workshop = openWorkshop();
  workshop.add(module, 'module');
  const host = await startHost({ checkout: workshop.folder }).catch(error => {
    workshop.remove();
    throw error;
  });
  const api = new ApiClient(request => fetch(request), host.url);
  const password = 'correct horse battery';
  await api.send('/api/signup', { body: { agencyName: 'Inns', name: 'Olga', email: 'owner@inns.example', password } });
  const newClient = async (name: string, enabled: boolean): Promise<WidgetsClient> => {
    const { id } = await api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
    await api.send(`/api/clients/${id}/installations`, { body: { module } });
    const site = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name: `${name} website` } });
    await api.send(`/api/sites/${site.id}/origins`, { body: { origin: pageOrigin } });
    if (enabled) await api.send(`/api/sites/${site.id}/modules/${module}`, { method: 'PUT', body: { enabled } });
    const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
    return {
      ...demoClient(host.url, key!, site.siteKey),
      id,
      snippet: await api.get<Snippet>(`/api/sites/${site.id}/snippet`),
      async session(query = `m=${module}`, from = pageOrigin) {
        const reply = await fetch(`${host.url}/embed/${site.siteKey}/session?${query}`, { headers: { origin: from } });
        if (!reply.ok) throw new Error(`session: ${reply.status} ${await reply.text()}`);
        return (await reply.json()) as EmbedSession;
      },
    };
  };
  return {
    host,
    api,
    inn: await newClient('Inn', true),
    rival: await newClient('Rival', false),
    async stop() {
      await host.stop();
      workshop.remove();
    },
  };
}
