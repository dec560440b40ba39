/** A shop in memory, for the tests of the widgets and the page of elements: prices, stock and codes as the server has them. */
import type { Client, ClientError, Result } from '../../../embed-sdk/types.ts';
import { moneyWord } from '../../../schemas/protocol/money-word.ts';
import { money } from '../../kit/amounts.ts';
import { locales } from '../locales/index.ts';
import { eur, products, type Sold } from './example-goods.ts';
import type { CartLine, Catalogue, Order, Quote, ShippingOption } from './shop-types.ts';

export interface FakeOptions {
  readonly locale?: keyof typeof locales;
  readonly products?: readonly Sold[];
  readonly order?: Partial<Order>;
  /** Products a page. */
  readonly size?: number;
}

export interface FakeClient extends Client {
  /** What was called, in order. */
  readonly calls: { action: string; input: Record<string, unknown> }[];
  /** Errors by action; each is given once. */
  readonly failing: Record<string, ClientError | undefined>;
  /** How many are left, by variant; what is not here is there in plenty. */
  readonly stock: Record<string, number>;
  /** Per cent that every price has risen since. */
  dearer: number;
}

const cardOf = ({ id, slug, name, images, variants }: Sold): Catalogue['products'][number] => {
  const [cheap] = variants.toSorted((a, b) => a.price.amount - b.price.amount);
  return {
    id,
    slug,
    name,
    image: images[0]!,
    price: cheap!.price,
    from: variants.some(({ price }) => price.amount !== cheap!.price.amount),
    compareAt: cheap!.compareAt ?? null,
    available: variants.some(({ available }) => available),
    variant: variants[1] ? null : variants[0]!.id,
  };
};

const ways: readonly ShippingOption[] = [
  { id: 'parcel', name: 'Parcel', kind: 'ship', price: eur(490), note: 'Two to three working days' },
  { id: 'studio', name: 'Pick up at the studio', kind: 'pickup', price: eur(0), note: 'Tuesday to Saturday, 10 to 18' },
];

export const fakeClient = (options: FakeOptions = {}): FakeClient => {
  const { locale = 'en', size = 24 } = options;
  const sold = options.products ?? products;
  const catalogue = ({ category, q, cursor }: { category?: string; q?: string; cursor?: string } = {}): Catalogue => {
    const found = sold.filter(
      one =>
        (!category || one.category === category) && (!q || one.name.toLowerCase().includes(q.trim().toLowerCase())),
    );
    const from = +(cursor ?? 0);
    const next = from + size < found.length ? `${from + size}` : null;
    return {
      business: { name: 'Kiln Street', currency: 'EUR' },
      categories: [
        { slug: 'cups', name: 'Cups' },
        { slug: 'plates', name: 'Plates and bowls' },
        { slug: 'vases', name: 'Vases' },
      ],
      products: found.slice(from, from + size).map(cardOf),
      next,
    };
  };
  const price = (input: { lines: readonly CartLine[]; code?: string; shipping?: string; country?: string }): Quote => {
    const { code = '' } = input;
    const off = code.toLowerCase() === 'spring' ? 10 : 0;
    const lines = input.lines.map(({ variant, quantity }) => {
      const product = sold.find(({ variants }) => variants.some(({ id }) => id === variant));
      const found = product?.variants.find(({ id }) => id === variant);
      const left = client.stock[variant] ?? found?.left;
      const unit = Math.round(((found?.price.amount ?? 0) * (100 + client.dearer)) / 100);
      const short = left !== undefined && left !== null && left < quantity;
      const problem = found ? (short ? 'OUT_OF_STOCK' : null) : 'NOT_OFFERED';
      const gross = problem ? 0 : unit * quantity;
      const discount = Math.round((gross * off) / 100);
      return {
        variant,
        product: product?.slug ?? '',
        name: product?.name ?? 'A thing of old',
        options: found?.values.join(', ') ?? '',
        image: product?.images[0] ?? null,
        quantity,
        unit: eur(unit),
        total: eur(gross - discount),
        discount: eur(discount),
        left: left ?? null,
        problem,
      } as const;
    });
    const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + of(line), 0);
    const discount = sum(line => line.discount.amount);
    const goods = sum(line => line.total.amount);
    const options = ways.filter(({ kind }) => kind === 'pickup' || input.country !== 'US');
    const way = options.find(({ id }) => id === input.shipping);
    const total = goods + (way?.price.amount ?? 0);
    const tax = total - Math.round(total / 1.19);
    return {
      version: `${total} ${way?.id} ${client.dearer}`,
      lines,
      subtotal: eur(goods + discount),
      discount: eur(discount),
      code: code
        ? { code: code.toUpperCase(), label: off ? 'Spring, 10 % off' : null, problem: off ? null : 'UNKNOWN_CODE' }
        : null,
      shipping: { options, chosen: way?.id ?? null, price: way?.price ?? eur(0) },
      tax: { included: true, amount: eur(tax), lines: [{ rate: '19.000', amount: eur(tax) }] },
      total: eur(total),
      payments:
        way?.kind === 'pickup'
          ? [
              { id: 'transfer', name: 'Bank transfer' },
              { id: 'pickup', name: 'Pay at pickup' },
            ]
          : [{ id: 'transfer', name: 'Bank transfer' }],
      why: [
        ...lines.map(({ name, quantity, unit }) => ({
          label: `${name} × ${quantity}`,
          amount: eur(unit.amount * quantity),
        })),
        ...(discount ? [{ label: 'Spring, 10 % off', amount: eur(-discount) }] : []),
        ...(way ? [{ label: way.name, amount: way.price }] : []),
      ],
    };
  };
  const instructions = 'Kiln Street, IBAN DE02 1203 0000 0000 2020 51\nReference: S-1042';
  // biome-ignore lint/suspicious/noExplicitAny: inputs as they come over the wire.
  const actions: Record<string, (input: any) => unknown> = {
    catalogue,
    product: ({ product }) => sold.find(({ id, slug }) => product === id || product === slug),
    price,
    order: input => {
      const quote = price(input);
      return {
        id: 'o1',
        number: 'S-1042',
        status: 'open',
        total: quote.total,
        payment: { id: input.payment, instructions },
        url: 'https://kiln.test/order#token',
        lines: quote.lines,
      };
    },
    view: () => {
      const { lines, subtotal, discount, tax, total } = price({
        lines: [
          { variant: 'mug-00', quantity: 2 },
          { variant: 'vase-1', quantity: 1 },
        ],
        code: 'spring',
        shipping: 'parcel',
      });
      return {
        id: 'o1',
        number: 'S-1042',
        placedAt: '2026-11-20T10:00:00Z',
        status: 'open',
        paymentStatus: 'awaiting',
        fulfilmentStatus: 'unfulfilled',
        lines,
        subtotal,
        discount,
        shipping: { name: 'Parcel', kind: 'ship', price: eur(490) },
        tax,
        total,
        payment: { id: 'transfer', instructions },
        tracking: null,
        canCancel: true,
        name: 'Ana',
        ...options.order,
      };
    },
    cancel: () => ({ status: 'cancelled' }),
  };
  const client: FakeClient = {
    calls: [],
    failing: {},
    stock: {},
    dearer: 0,
    async open() {
      const data = catalogue();
      const amounts = data.products.flatMap(({ price, compareAt }) => [price, ...(compareAt ? [compareAt] : [])]);
      const texts = Object.fromEntries(amounts.map(amount => [moneyWord(amount), money(locale, amount)]));
      return { ok: true, value: { locale, strings: { ...locales[locale].element, ...texts }, data } };
    },
    async call<T>(action: string, input: unknown): Promise<Result<T>> {
      // As over the network: what comes is a copy, and comes later.
      await new Promise(resume => setTimeout(resume, 5));
      client.calls.push({ action, input: structuredClone(input) as Record<string, unknown> });
      const error = client.failing[action];
      delete client.failing[action];
      if (error) return { ok: false, error };
      const value = actions[action]!(structuredClone(input));
      if (!value) return { ok: false, error: { code: 'UNKNOWN_PRODUCT', message: '' } };
      return { ok: true, value: structuredClone(value) as T };
    },
  };
  return client;
};
