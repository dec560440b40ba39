/** Hosts with the module of errands, clients that run some, and the other side that hears each of them begin. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client } from '../../schemas/protocol/index.ts';
import { type DemoClient, demoClient } from './demo-world.ts';
import { type Installation, openInstallation, type RunningHost } from './installation.ts';
import { openWorkshop } from './workshop.ts';

const testing = '../../edge/engine/testing-errands-held.ts';
const owner = { name: 'Olga', email: 'owner@errands.example', password: 'correct horse battery' };

/** Counts how often an errand has begun; it lies outside of every database of ours. */
export interface OtherSide {
  /** What an errand that is to tell of itself names. */
  urlOf(errand: string): string;
  begun(errand: string): number;
  /** Whether it answers that it is out of order. */
  isBroken: boolean;
}

export interface ErrandsClient {
  readonly id: string;
  at(host: RunningHost): DemoClient;
  /** How many notes its errands of this source have left. */
  notes(host: RunningHost, source: string): Promise<number>;
}

export interface ErrandsWorld {
  readonly installation: Installation;
  readonly other: OtherSide;
  /** A host more over the same data. */
  launch(): Promise<RunningHost>;
  /** The agency's owner, signed up by the first who asks. */
  signIn(host: RunningHost): Promise<ApiClient>;
  newClient(api: ApiClient, name: string): Promise<ErrandsClient>;
  close(): Promise<void>;
}

export async function startErrandsWorld(): Promise<ErrandsWorld> {
  const workshop = openWorkshop();
  workshop.put({
    'errands/module.ts': `export { errands } from '${testing}';\n`,
    'errands/edge/index.ts': `export { errandsCode } from '../${testing}';\n`,
  });
  const begun = new Map<string, number>();
  const server = createServer((request, response) => {
    const errand = request.url!.slice(1);
    begun.set(errand, (begun.get(errand) ?? 0) + 1);
    response.writeHead(other.isBroken ? 500 : 204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const other: OtherSide = {
    urlOf: errand => `http://127.0.0.1:${port}/${errand}`,
    begun: errand => begun.get(errand) ?? 0,
    isBroken: false,
  };
  const installation = openInstallation();
  const hosts: RunningHost[] = [];
  let isSignedUp = false;
  return {
    installation,
    other,
    async launch() {
      const host = await installation.launch(workshop.folder);
      hosts.push(host);
      return host;
    },
    async signIn({ url }) {
      const api = new ApiClient(request => fetch(request), url);
      const { email, password } = owner;
      const body = isSignedUp ? { email, password } : { agencyName: 'E', ...owner };
      await api.send(isSignedUp ? '/api/session' : '/api/signup', { body });
      isSignedUp = true;
      return api;
    },
    async newClient(api, name) {
      const { id } = await api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
      await api.send(`/api/clients/${id}/installations`, { body: { module: 'errands' } });
      const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
      const at = ({ url }: RunningHost) => demoClient(url, key!, '');
      return {
        id,
        at,
        async notes(host, source) {
          const all = await at(host).data<{ source: string }[]>('errands/v1/note?page[size]=100');
          return all.filter(note => note.source === source).length;
        },
      };
    },
    async close() {
      for (const host of hosts) await host.kill();
      await installation.close();
      server.close();
      workshop.remove();
    },
  };
}

/** Asks until it is so, a minute at most. Throws when it never is. */
export async function until(is: () => Promise<boolean> | boolean, meanwhile?: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (await is()) return;
    await meanwhile?.();
    await sleep(250);
  }
  throw new Error('It never was so.');
}
