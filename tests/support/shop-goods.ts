/** Opens a shop for a client of a world: goods, stock and orders as in the demo, on all of its sites. */
import type { ApiClient } from '../../edge/demo/api-client.ts';
import { seedGoods } from '../../edge/demo/goods.ts';
import type { Site } from '../../schemas/protocol/index.ts';

export async function openShop(api: ApiClient, clientId: string): Promise<void> {
  await api.send(`/api/clients/${clientId}/installations`, { body: { module: 'shop' } });
  for (const { id } of await api.get<Site[]>(`/api/clients/${clientId}/sites`)) {
    await api.send(`/api/sites/${id}/modules/shop`, { method: 'PUT', body: { enabled: true } });
  }
  await seedGoods(api, clientId);
}
