/** A running host whose checkout has one module more, made from the template of records, and two clients that use it. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Invitation } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { type DemoClient, demoClient } from './demo-world.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

export interface RecordsWorld {
  readonly module: string;
  readonly workshop: Workshop;
  /** Paths of the module's files, from the workshop's folder. */
  readonly files: readonly string[];
  readonly host: TestHost;
  /** Signed in as the agency's owner. */
  readonly api: ApiClient;
  readonly email: string;
  readonly password: string;
  readonly studio: RecordsClient;
  readonly rival: RecordsClient;
  /** Access token for the client of somebody new with the role. */
  join(role: 'member' | 'client', clientId: string): Promise<string>;
  newClient(name: string, module?: string): Promise<RecordsClient>;
  stop(): Promise<void>;
}

/** A client, reached with an API key. */
export interface RecordsClient extends DemoClient {
  readonly id: string;
}

const password = 'correct horse battery';

export async function startRecordsWorld(module: string): Promise<RecordsWorld> {
  const workshop = openWorkshop();
  const files = workshop.add(module, 'records');
  const host = await startHost({ checkout: workshop.folder }).catch(error => {
    workshop.remove();
    throw error;
  });
  const api = new ApiClient(request => fetch(request), host.url);
  const email = 'owner@records.example';
  await api.send('/api/signup', { body: { agencyName: 'Records', name: 'Olga', email, password } });
  const newClient = async (name: string, installed?: string): Promise<RecordsClient> => {
    const { id } = await api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
    if (installed) await api.send(`/api/clients/${id}/installations`, { body: { module: installed } });
    const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
    return { ...demoClient(host.url, key!, ''), id };
  };
  return {
    module,
    workshop,
    files,
    host,
    api,
    email,
    password,
    studio: await newClient('Studio', module),
    rival: await newClient('Rival', module),
    newClient,
    async join(role, clientId) {
      const body = { email: `${role}@records.example`, role, ...(role === 'client' ? { clientId } : {}) };
      const { url } = await api.send<Invitation>('/api/invitations', { body });
      const person = new ApiClient(request => fetch(request), host.url);
      await person.send(`/api/invitations/accept/${url!.split('/').at(-1)}`, { body: { name: role, password } });
      return person.clientToken(clientId);
    },
    async stop() {
      await host.stop();
      workshop.remove();
    },
  };
}
