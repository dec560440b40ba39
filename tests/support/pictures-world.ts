/** A running host with the module of pictures, and two clients that show it on their sites. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, EmbedSession, Site } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { type DemoClient, demoClient } from './demo-world.ts';
import { openWorkshop } from './workshop.ts';

export interface PicturesWorld {
  readonly host: TestHost;
  readonly studio: PicturesClient;
  readonly rival: PicturesClient;
  stop(): Promise<void>;
}

export interface PicturesClient extends DemoClient {
  readonly id: string;
  /** A call below /api; with a visit's token, from its own page. */
  send(method: string, path: string, body?: unknown, token?: string): Promise<Response>;
  /** The token of a new visit. */
  visit(): Promise<string>;
  /** Brings a file in from first call to last and answers with its id; with a visit's token it is a draft for the input. */
  keep(bytes: Uint8Array, more?: Readonly<Record<string, unknown>>, token?: string): Promise<string>;
}

const pageOrigin = 'https://studio.example.test';
const testing = '../../edge/files/testing-album.ts';

export async function startPicturesWorld(env: Readonly<Record<string, string>>): Promise<PicturesWorld> {
  const workshop = openWorkshop();
  workshop.put({
    'album/module.ts': `export { album } from '${testing}';\n`,
    'album/edge/index.ts': `export { albumCode } from '../${testing}';\n`,
  });
  const host = await startHost({ checkout: workshop.folder, env }).catch(error => {
    workshop.remove();
    throw error;
  });
  const api = new ApiClient(request => fetch(request), host.url);
  const owner = { agencyName: 'Lens', name: 'Lea', email: 'lea@lens.example', password: 'correct horse battery' };
  await api.send('/api/signup', { body: owner });
  return {
    host,
    studio: await newClient(api, host, 'Studio'),
    rival: await newClient(api, host, 'Rival'),
    async stop() {
      await host.stop();
      workshop.remove();
    },
  };
}

async function newClient(api: ApiClient, { url }: TestHost, name: string): Promise<PicturesClient> {
  const { id } = await api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
  await api.send(`/api/clients/${id}/installations`, { body: { module: 'album' } });
  const site = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name } });
  await api.send(`/api/sites/${site.id}/origins`, { body: { origin: pageOrigin } });
  await api.send(`/api/sites/${site.id}/modules/album`, { method: 'PUT', body: { enabled: true } });
  const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
  const send = (method: string, path: string, body?: unknown, token?: string) =>
    fetch(`${url}/api${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${token ?? key}`,
        ...(token === undefined ? {} : { origin: pageOrigin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  return {
    ...demoClient(url, key!, site.siteKey),
    id,
    send,
    async visit() {
      const reply = await fetch(`${url}/embed/${site.siteKey}/session?m=album`, { headers: { origin: pageOrigin } });
      if (!reply.ok) throw new Error(`session: ${reply.status} ${await reply.text()}`);
      return ((await reply.json()) as EmbedSession).token;
    },
    async keep(bytes, more = {}, token) {
      const asked = { name: 'a.png', size: bytes.byteLength, contentType: 'image/png', ...more };
      const reserved = await send('POST', '/files', token ? asked : { purpose: 'gallery', ...asked }, token);
      if (reserved.status !== 201) throw new Error(`reserve: ${reserved.status} ${await reserved.text()}`);
      const { data } = (await reserved.json()) as {
        data: { id: string; upload: { url: string; headers: Record<string, string> } };
      };
      const sent = await fetch(data.upload.url, {
        method: 'PUT',
        headers: data.upload.headers,
        body: new Uint8Array(bytes),
      });
      if (sent.status !== 204) throw new Error(`send: ${sent.status} ${await sent.text()}`);
      const done = await send('POST', `/files/${data.id}/complete`, undefined, token);
      if (done.status !== 200) throw new Error(`complete: ${done.status} ${await done.text()}`);
      return data.id;
    },
  };
}
