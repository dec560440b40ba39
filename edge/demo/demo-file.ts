/** `DATA_DIR/demo.json`: the demo's addresses and credentials, kept between starts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, Site, SiteModule } from '../../schemas/protocol/index.ts';
import type { ApiClient } from './api-client.ts';
import { type Demo, seedDemo, seedStudio, snippetOf, snippetsOf } from './seed.ts';
import { finishDemo } from './unfinished.ts';

export interface PreparedDemo {
  readonly demo: Demo;
  /** True on the first start alone. */
  readonly created: boolean;
}

/** Seeds on the first start; later follows the addresses where a port has changed. */
export async function prepareDemo(
  api: ApiClient,
  folder: string,
  embedOrigin: string,
  now: number,
): Promise<PreparedDemo> {
  const file = join(folder, 'demo.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Demo) : undefined;
  if (known?.apiUrl === api.url && known.embedOrigin === embedOrigin) return { demo: known, created: false };
  const demo = known
    ? await follow(api, known, embedOrigin)
    : await seedStudio(api, await seedDemo(api, embedOrigin, now));
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  finishDemo(folder);
  return { demo, created: !known };
}

async function follow(api: ApiClient, known: Demo, embedOrigin: string): Promise<Demo> {
  await api.send('/api/session', { body: { email: known.email, password: known.password } });
  const sites: Demo['sites'][number][] = [];
  for (const client of await api.get<Client[]>('/api/clients')) {
    for (const site of await api.get<Site[]>(`/api/clients/${client.id}/sites`)) {
      const shown = known.sites.find(entry => entry.siteKey === site.siteKey);
      if (!shown) continue;
      const origins = await api.get<{ origin: string }[]>(`/api/sites/${site.id}/origins`);
      if (!origins.some(entry => entry.origin === embedOrigin)) {
        await api.send(`/api/sites/${site.id}/origins`, { body: { origin: embedOrigin } });
      }
      const pageUrl = embedOrigin + new URL(shown.pageUrl).pathname;
      if (shown.module !== undefined) {
        sites.push({ ...shown, pageUrl, snippet: await snippetOf(api, site.id, shown.module) });
        continue;
      }
      const modules = await api.get<SiteModule[]>(`/api/sites/${site.id}/modules`);
      const { snippet, contact, builders } = await snippetsOf(api, site.id);
      const written = modules.some(({ module, enabled }) => module === 'contact' && enabled) ? { contact } : {};
      sites.push({ ...shown, pageUrl, snippet, builders, ...written });
    }
  }
  return { ...known, dashboardUrl: api.url, apiUrl: api.url, embedOrigin, sites };
}
