/** A running host whose checkout has the fair and its booths as well: a widget of each kind that the kit draws, for a full and an empty client. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Site } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { demoClient } from './demo-world.ts';
import { secretKey, serviceKey, startTurnstileServer, type TurnstileServer } from './turnstile-server.ts';
import { openWorkshop } from './workshop.ts';

export interface FairSite {
  readonly id: string;
  readonly siteKey: string;
  /** Id of the first stall; empty where there is none. */
  readonly stall: string;
}

export interface FairWorld {
  readonly host: TestHost;
  readonly full: FairSite;
  readonly empty: FairSite;
  /** Its visitors prove themselves to the service. */
  readonly asking: FairSite;
  readonly service: TurnstileServer;
  stop(): Promise<void>;
}

export const fairOrigin = 'https://fair.example.test';

const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenverkauf';
const about = 'Hard **and** soft, from three dairies.\n\n- Comté\n- [Brie](https://brie.example)';

/** Stalls around today, so that the calendar's month has some. */
const stalls = (today: number) => {
  const at = (days: number) => new Date(today + days * 86_400_000).toISOString().replace(/\.\d+/, '');
  return [
    { name: { en: 'Cheese', de: 'Käse', ar: 'جبن' }, price: 1250, from: at(0), to: at(1), about, goods: 'comte brie' },
    { name: { en: 'Bread and everything that goes with it' }, price: 480, from: at(1), goods: 'rye' },
    { name: { en: long }, price: 129_900, from: at(2), about: `${long} und ${long}`, goods: 'hats' },
    { name: { en: 'Honey' }, from: at(3), goods: 'acacia' },
    { name: { en: 'Apples' }, price: 250, goods: 'boskoop' },
  ].map(({ price, ...stall }) => ({ ...stall, ...(price ? { price: { amount: price, currency: 'EUR' } } : {}) }));
};

const rich = `**Bold** and *slanted*, with [a link](https://town.example).
On a second line.

Before a list:
- ${long}
- [Where](mailto:where@town.example)`;

/** Voices with every kind of part, with little, and with a picture that does not come. */
const voices = (photo: string) => [
  {
    ...{ who: 'Rosa', said: rich, town: 'Brno', mail: 'rosa@town.example', phone: '+420777123456' },
    ...{ page: `https://town.example/${long}`, stars: 4, weight: '12.50', price: { amount: 129_900, currency: 'EUR' } },
    ...{ open: true, trade: 'baker', since: '2026-02-03', seen: '2026-02-03T10:00:00Z', lasts: 90, photo },
    home: { line1: 'Main 1', city: 'Brno', postalCode: '602 00', country: 'CZ' },
  },
  { who: long, said: long, town: long },
  { who: 'Ben', said: 'Good.' },
];

/** A picture of one colour, as PNG. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEUlEQVR42mOI6snDihgGUgIAqyQ/wdmvrsIAAAAASUVORK5CYII=',
  'base64',
);

/** Brings a public file in from first call to last. */
async function keepFile(url: string, key: string, bytes: Buffer): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const asked = { purpose: 'gallery', acl: 'public', name: 'a.png', size: bytes.byteLength, contentType: 'image/png' };
  const reserved = await fetch(`${url}/api/files`, { method: 'POST', headers, body: JSON.stringify(asked) });
  if (!reserved.ok) throw new Error(`reserve: ${reserved.status} ${await reserved.text()}`);
  const { data } = (await reserved.json()) as {
    data: { id: string; upload: { url: string; headers: Record<string, string> } };
  };
  await fetch(data.upload.url, { method: 'PUT', headers: data.upload.headers, body: new Uint8Array(bytes) });
  const done = await fetch(`${url}/api/files/${data.id}/complete`, { method: 'POST', headers, body: '{}' });
  if (!done.ok) throw new Error(`complete: ${done.status} ${await done.text()}`);
  return data.id;
}

export async function startFairWorld(): Promise<FairWorld> {
  const workshop = openWorkshop();
  workshop.put({
    'fair/module.ts': "export { fair } from '../../edge/widgets/testing.ts';\n",
    'booth/module.ts': "export { booth } from '../../tests/support/booth.ts';\n",
    'booth/edge/index.ts': "export { boothCode } from '../../../tests/support/booth.ts';\n",
  });
  const service = await startTurnstileServer();
  const host = await startHost({ checkout: workshop.folder, env: { TURNSTILE_URL: service.url } }).catch(
    async error => {
      await service.close();
      workshop.remove();
      throw error;
    },
  );
  const api = new ApiClient(request => fetch(request), host.url);
  const password = 'correct horse battery';
  await api.send('/api/signup', { body: { agencyName: 'Fairs', name: 'Olga', email: 'owner@fair.example', password } });
  const site = async (name: string, filled: boolean, modules = ['fair', 'booth']): Promise<FairSite> => {
    const { id } = await api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
    const made = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name } });
    await api.send(`/api/sites/${made.id}/origins`, { body: { origin: fairOrigin } });
    for (const module of modules) {
      await api.send(`/api/clients/${id}/installations`, { body: { module } });
      await api.send(`/api/sites/${made.id}/modules/${module}`, { method: 'PUT', body: { enabled: true } });
    }
    if (!filled) return { id: made.id, siteKey: made.siteKey, stall: '' };
    const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
    const client = demoClient(host.url, key!, made.siteKey);
    const ids: string[] = [];
    for (const body of stalls(Date.now())) ids.push((await client.data<{ id: string }>('fair/v1/stall', { body })).id);
    for (const body of voices(await keepFile(host.url, key!, picture))) await client.data('booth/v1/voice', { body });
    return { id: made.id, siteKey: made.siteKey, stall: ids[0]! };
  };
  const asking = await site('Asking', false, ['booth', 'chat']);
  await api.send(`/api/sites/${asking.id}/captcha`, {
    method: 'PUT',
    body: { provider: 'turnstile', serviceKey, secret: secretKey },
  });
  return {
    host,
    full: await site('Full', true),
    empty: await site('Empty', false),
    asking,
    service,
    async stop() {
      await host.stop();
      await service.close();
      workshop.remove();
    },
  };
}
