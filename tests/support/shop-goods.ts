/** Gives a client of a world every module, and opens its shop: goods, stock and orders as in the demo, on all of its sites. */
import type { ApiClient } from '../../edge/demo/api-client.ts';
import { seedGoods } from '../../edge/demo/goods.ts';
import type { Site } from '../../schemas/protocol/index.ts';

/** A module that is there already stays as it is. */
export async function installAll(api: ApiClient, clientId: string, modules: readonly string[]): Promise<void> {
  const path = `/api/clients/${clientId}/installations`;
  for (const module of modules) {
    const known = await api.get<{ module: string }[]>(path);
    if (!known.some(installed => installed.module === module)) await api.send(path, { body: { module } });
  }
}

export async function openShop(api: ApiClient, clientId: string): Promise<void> {
  for (const { id } of await api.get<Site[]>(`/api/clients/${clientId}/sites`)) {
    await api.send(`/api/sites/${id}/modules/shop`, { method: 'PUT', body: { enabled: true } });
  }
  await seedGoods(api, clientId);
}
