/** Fills a client's shop through the public API: shelves, products with pictures, stock, ways to send, orders. */
import { readFileSync } from 'node:fs';
import type { ApiClient } from './api-client.ts';
import { customers } from './businesses.ts';
import { addresses, type DemoOrder, type DemoProduct, orders, products, studio } from './ceramics.ts';

interface Created {
  readonly id: string;
}

const path = '/api/m/shop/v1';

/** By the place of the product, then of the variant. */
type Goods = readonly (readonly string[])[];

/** The shop has been installed for the client. */
export async function seedGoods(api: ApiClient, clientId: string): Promise<void> {
  const settings = { settings: studio.settings };
  await api.send(`/api/clients/${clientId}/installations/shop`, { method: 'PATCH', body: settings });
  const token = await api.clientToken(clientId);
  const make = (entity: string, body: object) => api.send<Created>(`${path}/${entity}`, { token, body });
  const shelves = new Map<string, string>();
  for (const [position, category] of studio.categories.entries()) {
    shelves.set(category.slug, (await make('category', { ...category, position })).id);
  }
  const ways = new Map<string, string>();
  for (const [position, way] of studio.shipping.entries()) {
    ways.set(way.name, (await make('shippingMethod', { ...way, position })).id);
  }
  for (const promotion of studio.promotions) await make('promotion', promotion);
  const goods: string[][] = [];
  for (const [position, product] of products.entries()) {
    goods.push(await seedProduct(api, token, product, position, shelves.get(product.category)!));
  }
  for (const [index, order] of orders.entries()) await seedOrder(api, token, order, index, goods, ways.get(order.way)!);
}

/** Ids of its variants. */
async function seedProduct(
  api: ApiClient,
  token: string,
  { variants, picture, category: _, ...product }: DemoProduct,
  position: number,
  category: string,
): Promise<string[]> {
  const bytes = readFileSync(new URL(`./pictures/${picture}.jpg`, import.meta.url));
  const file = await api.upload(
    token,
    { name: `${picture}.jpg`, contentType: 'image/jpeg', purpose: 'product' },
    bytes,
  );
  const body = { ...product, position, categories: [category], pictures: [file] };
  const { id } = await api.send<Created>(`${path}/product`, { token, body });
  const made: string[] = [];
  const items: { item: string; quantity: number }[] = [];
  for (const [at, { price, compareAt, stock, ...variant }] of variants.entries()) {
    const money = (amount: number) => ({ amount, currency: studio.settings.currency });
    const { id: variantId } = await api.send<Created>(`${path}/variant`, {
      token,
      body: {
        ...variant,
        product: id,
        sku: `${product.slug}-${at + 1}`.toUpperCase(),
        price: money(price),
        ...(compareAt === undefined ? {} : { compareAt: money(compareAt) }),
        position: at,
      },
    });
    made.push(variantId);
    if (stock > 0) items.push({ item: `shop.variant:${variantId}`, quantity: stock });
  }
  await api.send('/api/m/stock/v1/actions/put', { token, body: { items, source: 'First count' } });
  return made;
}

async function seedOrder(
  api: ApiClient,
  token: string,
  { lines: wanted, payment, code, steps }: DemoOrder,
  index: number,
  goods: Goods,
  shipping: string,
): Promise<void> {
  const lines = wanted.map(([product, variant, quantity]) => ({ variant: goods[product]![variant]!, quantity }));
  const cart = { lines, shipping, ...(code ? { code } : {}) };
  const { version } = await api.send<{ version: string }>(`${path}/actions/price`, { token, body: cart });
  const address = addresses[index % addresses.length]!;
  const body = { ...cart, version, payment, ...customers[index % customers.length]!, address };
  const { id } = await api.send<Created>(`${path}/actions/order`, { token, body });
  for (const step of steps) {
    if (step === 'refund') await refundOne(api, token, id);
    else await api.send(`${path}/order/${id}/transitions/${step}`, { token, body: {} });
  }
}

async function refundOne(api: ApiClient, token: string, order: string): Promise<void> {
  const [line] = await api.get<Created[]>(`${path}/orderLine?filter[order][eq]=${order}&page[size]=1`, token);
  const body = { order, lines: [{ line: line!.id, quantity: 1 }], restock: true, reason: 'A crack in the glaze' };
  await api.send(`${path}/actions/refund`, { token, body });
}
