/** A running host with two modules more, of which one adds fields to the other's entity, and a client that has both. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Site } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { type DemoClient, demoClient } from './demo-world.ts';
import { openWorkshop } from './workshop.ts';

export interface LanguageWorld {
  readonly host: TestHost;
  /** Signed in as the agency's owner. */
  readonly api: ApiClient;
  readonly clientId: string;
  readonly client: DemoClient;
  /** Another key of the client, good for these scopes. */
  withScopes(...scopes: readonly string[]): Promise<DemoClient>;
  stop(): Promise<void>;
}

const testing = '../../edge/engine/testing-loyalty.ts';
const files: Readonly<Record<string, string>> = {
  'folk/module.ts': `export { folk } from '${testing}';\n`,
  'folk/edge/index.ts': `export { folkCode } from '../${testing}';\n`,
  'loyalty-card/module.ts': `export { loyalty } from '${testing}';\n`,
  'loyalty-card/edge/index.ts': `export { loyaltyCode } from '../${testing}';\n`,
};

export async function startLanguageWorld(): Promise<LanguageWorld> {
  const workshop = openWorkshop();
  workshop.put(files);
  const host = await startHost({ checkout: workshop.folder }).catch(error => {
    workshop.remove();
    throw error;
  });
  const stop = async () => {
    await host.stop();
    workshop.remove();
  };
  return furnish(host, stop).catch(async error => {
    await stop();
    throw error;
  });
}

async function furnish(host: TestHost, stop: () => Promise<void>): Promise<LanguageWorld> {
  const api = new ApiClient(request => fetch(request), host.url);
  const owner = { agencyName: 'Words', name: 'Wim', email: 'wim@words.example', password: 'correct horse battery' };
  await api.send('/api/signup', { body: owner });
  const { id } = await api.send<Client>('/api/clients', { body: { name: 'Words', zone: 'Europe/Prague' } });
  const site = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name: 'Words' } });
  await api.send(`/api/sites/${site.id}`, { method: 'PATCH', body: { locale: 'cs' } });
  await api.send(`/api/clients/${id}/installations`, { body: { module: 'folk' } });
  const withScopes = async (...scopes: readonly string[]): Promise<DemoClient> => {
    const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes } });
    return demoClient(host.url, key!, '');
  };
  return {
    host,
    api,
    clientId: id,
    client: await withScopes('*'),
    withScopes,
    stop,
  };
}
