/** A ceramics shop to test with: products, variants, stock, ways to send, on the engine's own test bench. */
import type { TestContext } from 'node:test';
import { createTestEngine, type TestEngine, type TestModule } from '../../../edge/engine/testing.ts';
import { stagger } from '../../../edge/engine/testing-stagger.ts';
import { partyCode } from '../../party/edge/index.ts';
import { party } from '../../party/module.ts';
import { stockCode } from '../../stock/edge/index.ts';
import { stock } from '../../stock/module.ts';
import { shop } from '../module.ts';
import { shopCode } from './index.ts';

/** The shop first, then what it requires. */
export const shopModules = (settings: Readonly<Record<string, unknown>> = {}): TestModule[] => [
  { module: shop, code: shopCode, settings },
  { module: stock, code: stockCode },
  { module: party, code: partyCode },
];

export const eur = (amount: number) => ({ amount, currency: 'EUR' });
export const eva = { name: 'Eva Dvořáková', email: 'eva@example.com' };
export const home = { line1: 'Dlouhá 1', city: 'Praha', postalCode: '110 00', country: 'CZ' };
export const tokenOf = (url: string): string => url.split('#')[1] ?? '';

export interface Line {
  readonly variant: string;
  readonly quantity: number;
}

interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface PriceJson {
  readonly version: string;
  readonly lines: readonly {
    readonly name: string;
    readonly options: string;
    readonly total: Money;
    readonly discount: Money;
    readonly left: number | null;
    readonly problem: string | null;
    readonly image: { readonly url: string } | null;
  }[];
  readonly subtotal: Money;
  readonly discount: Money;
  readonly code: { readonly code: string; readonly label: string | null; readonly problem: string | null } | null;
  readonly shipping: {
    readonly options: readonly { readonly id: string; readonly kind: string; readonly price: Money }[];
    readonly chosen: string | null;
    readonly price: Money;
  };
  readonly tax: {
    readonly included: boolean;
    readonly amount: Money;
    readonly lines: readonly { rate: string; amount: Money }[];
  };
  readonly total: Money;
  readonly payments: readonly { readonly id: string; readonly name: string }[];
  readonly why: readonly { readonly label: string; readonly amount: Money }[];
}

export interface PlacedJson {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly total: Money;
  readonly url: string;
  readonly payment: { readonly id: string; readonly instructions: string | null };
}

export interface OrderJson {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly fulfilmentStatus: string;
  readonly total: Money;
  readonly refunded: Money;
  readonly person: string;
  readonly site: string;
}

export interface ShopOptions {
  readonly now?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Of each variant; 10 of them where it is not said. */
  readonly stock?: number;
  /** Minor units of one product each, with one variant. */
  readonly prices?: readonly number[];
  readonly variant?: object;
}

export interface TestShop {
  readonly engine: TestEngine;
  readonly variants: readonly string[];
  readonly products: readonly string[];
  readonly post: string;
  readonly pickup: string;
  /** Calls an action of the shop as a visitor. */
  ask<T = Record<string, unknown>>(action: string, input: unknown, caller?: string, key?: string): Promise<T>;
  /** The same as staff. */
  desk<T = Record<string, unknown>>(action: string, input: unknown): Promise<T>;
  price(lines: readonly Line[], more?: object): Promise<PriceJson>;
  /** Prices and orders, to be collected and paid then unless said otherwise. */
  order(lines: readonly Line[], more?: object, caller?: string): Promise<PlacedJson>;
  step(order: string, name: string): Promise<unknown>;
  find(order: string): Promise<OrderJson>;
  /** On hand and reserved. */
  level(variant: string): Promise<readonly [number, number]>;
}

/** Closed when the test ends. */
export async function openShop(t: TestContext, options: ShopOptions = {}): Promise<TestShop> {
  const { now = '2026-04-01T08:00:00Z', settings = {}, stock: count = 10, prices = [1000] } = options;
  const engine = createTestEngine({ modules: shopModules(settings), now });
  t.after(() => engine.close());
  const { admin, staff, visitor } = engine.actors;
  const make = async (entity: string, values: object) => (await engine.create(admin, 'shop', entity, values)).id;
  const variants: string[] = [];
  const products: string[] = [];
  for (const [i, price] of prices.entries()) {
    const product = await make('product', { name: `Mug ${i}`, slug: `mug-${i}`, position: i });
    const values = { product, sku: `MUG-${i}`, price: eur(price), ...options.variant };
    products.push(product);
    variants.push(await make('variant', values));
  }
  await engine.deliver();
  const items = variants.map(id => ({ item: `shop.variant:${id}`, quantity: count }));
  if (count > 0) await engine.call(admin, 'stock', 'put', { items });
  const post = await make('shippingMethod', { name: 'Parcel', price: eur(500) });
  const pickup = await make('shippingMethod', { name: 'Studio', kind: 'pickup', price: eur(0), position: 1 });
  await stagger(engine);
  const ask = <T>(action: string, input: unknown, caller = 'caller', idempotencyKey?: string) =>
    engine.call<T>(visitor, 'shop', action, input, { callerHash: caller, idempotencyKey });
  const price = (lines: readonly Line[], more = {}) => ask<PriceJson>('price', { lines, ...more });
  return {
    engine,
    variants,
    products,
    post,
    pickup,
    ask,
    desk: (action, input) => engine.call(staff, 'shop', action, input),
    price,
    async order(lines, more = {}, caller) {
      const cart = { lines, shipping: pickup, ...more };
      const known: Record<string, unknown> = { ...cart };
      const asked = Object.fromEntries(
        ['code', 'shipping', 'country'].flatMap(key => (key in known ? [[key, known[key]]] : [])),
      );
      const { version } = await price(lines, asked);
      return ask<PlacedJson>('order', { payment: 'pickup', ...eva, version, ...cart }, caller);
    },
    step: (order, name) => engine.transition(staff, 'shop', 'order', order, name),
    find: order => engine.get<OrderJson>(admin, 'shop', 'order', order),
    async level(variant) {
      const filter = encodeURIComponent(`shop.variant:${variant}`);
      const [level] = await engine.list<{ onHand: number; reserved: number }>(
        admin,
        'stock',
        'level',
        `filter[item][eq]=${filter}`,
      );
      return [level?.onHand ?? 0, level?.reserved ?? 0];
    },
  };
}

export const codesOf = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results.map(result =>
    result.status === 'fulfilled' ? 'ok' : ((result.reason as { code?: string }).code ?? String(result.reason)),
  );
