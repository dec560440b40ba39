/** A running host whose checkout has the fair as well: a module with a widget of each kind that the kit draws, for a full and an empty client. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Site } from '../../schemas/protocol/index.ts';
import { staleRegistries } from '../../tools/generate-registries.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { demoClient } from './demo-world.ts';
import { openWorkshop } from './workshop.ts';

export interface FairSite {
  readonly siteKey: string;
  /** Id of the first stall; empty where there is none. */
  readonly stall: string;
}

export interface FairWorld {
  readonly host: TestHost;
  readonly full: FairSite;
  readonly empty: FairSite;
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

export async function startFairWorld(): Promise<FairWorld> {
  const workshop = openWorkshop();
  mkdirSync(join(workshop.folder, 'widgets/fair'));
  writeFileSync(
    join(workshop.folder, 'widgets/fair/module.ts'),
    "export { fair } from '../../edge/widgets/testing.ts';\n",
  );
  for (const { path, text } of staleRegistries(workshop.folder)) writeFileSync(join(workshop.folder, path), text);
  const host = await startHost({ checkout: workshop.folder }).catch(error => {
    workshop.remove();
    throw error;
  });
  const api = new ApiClient(request => fetch(request), host.url);
  const password = 'correct horse battery';
  await api.send('/api/signup', { body: { agencyName: 'Fairs', name: 'Olga', email: 'owner@fair.example', password } });
  const site = async (name: string, given: readonly object[]): Promise<FairSite> => {
    const { id } = await api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
    await api.send(`/api/clients/${id}/installations`, { body: { module: 'fair' } });
    const made = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name } });
    await api.send(`/api/sites/${made.id}/origins`, { body: { origin: fairOrigin } });
    await api.send(`/api/sites/${made.id}/modules/fair`, { method: 'PUT', body: { enabled: true } });
    const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
    const client = demoClient(host.url, key!, made.siteKey);
    const ids: string[] = [];
    for (const body of given) ids.push((await client.data<{ id: string }>('fair/v1/stall', { body })).id);
    return { siteKey: made.siteKey, stall: ids[0] ?? '' };
  };
  return {
    host,
    full: await site('Full', stalls(Date.now())),
    empty: await site('Empty', []),
    async stop() {
      await host.stop();
      workshop.remove();
    },
  };
}
