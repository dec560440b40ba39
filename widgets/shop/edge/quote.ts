/** What a cart costs at this moment: the one sum that `price` tells and `order` charges. */
import { type Delivery, deliveryPrice, type Priced, priceOf, rateOf } from '../../../schemas/pricing/index.ts';
import {
  isInShop,
  type Product,
  type Promotion,
  type ShippingMethod,
  type ShopContext,
  type Variant,
} from './context.ts';
import { type CodeProblem, codeProblem, discountOf, findPromotion } from './promotion.ts';
import { loadStock, type Stock } from './stock.ts';

export interface CartInput {
  readonly lines: readonly { readonly variant: string; readonly quantity: number }[];
  readonly code?: string | null;
  readonly shipping?: string | null;
  readonly country?: string | null;
}

/** `variant` and `product` are absent where it is not offered; `at` is its place among the priced lines. */
export interface QuoteLine {
  readonly asked: CartInput['lines'][number];
  readonly offered?: { readonly variant: Variant; readonly product: Product; readonly at: number };
  readonly problem?: 'OUT_OF_STOCK' | 'NOT_OFFERED';
}

export interface Quote {
  readonly lines: readonly QuoteLine[];
  readonly priced: Priced;
  readonly stock: Stock;
  readonly code?: { readonly code: string; readonly promotion: Promotion | undefined; readonly problem?: CodeProblem };
  readonly options: readonly { readonly method: ShippingMethod; readonly price: number }[];
  readonly chosen: ShippingMethod | undefined;
}

/** A rate of a setting has no bounds; what is none taxes nothing. */
export const rateIn = (percent: string): number => {
  try {
    return rateOf(percent);
  } catch {
    return 0;
  }
};

const reaches = ({ kind, countries }: ShippingMethod, country: string | null | undefined): boolean =>
  kind === 'pickup' || !country || countries.length === 0 || countries.includes(country.toUpperCase());

export const quoteOf = async (ctx: ShopContext, input: CartInput): Promise<Quote> => {
  const db = ctx.asSystem();
  const { settings } = ctx;
  const ids = [...new Set(input.lines.map(({ variant }) => variant))];
  const [variants, methods, promotion] = await Promise.all([
    ids.length > 0 ? db.variant.list({ where: { id: { in: ids }, active: { eq: true } } }) : [],
    db.shippingMethod.list({ where: { active: { eq: true } }, sort: ['position', 'name'] }),
    input.code ? findPromotion(ctx, input.code) : undefined,
  ]);
  const wanted = [...new Set(variants.map(({ product }) => product))];
  const [products, stock] = await Promise.all([
    wanted.length > 0 ? db.product.list({ where: { id: { in: wanted }, status: { eq: 'active' } } }) : [],
    loadStock(ctx, variants),
  ]);
  const lines = linesOf(ctx, input.lines, variants, products, stock);
  const offered = lines.flatMap(({ asked, offered: found }) => (found ? [{ ...found, quantity: asked.quantity }] : []));
  const rate = rateIn(settings.taxRate);
  const cart = {
    lines: offered.map(({ variant, product, quantity }) => ({
      unit: variant.price.amount,
      quantity,
      rate: product.taxRate === null ? rate : rateIn(product.taxRate),
    })),
    taxIncluded: settings.taxIncluded,
  };
  const { subtotal } = priceOf(cart);
  const problem = input.code ? codeProblem(ctx, promotion, subtotal) : undefined;
  const discount = promotion && !problem ? discountOf(promotion) : undefined;
  const goods = subtotal - priceOf({ ...cart, discount }).discount;
  const deliveryOf = ({ price, freeFrom }: ShippingMethod): Delivery => ({
    price: price.amount,
    freeFrom: isInShop(ctx, freeFrom) ? freeFrom.amount : undefined,
    rate,
  });
  const options = methods
    .filter(method => reaches(method, input.country) && isInShop(ctx, method.price))
    .map(method => ({ method, price: deliveryPrice(deliveryOf(method), goods, discount) }));
  const chosen = options.find(({ method }) => method.id === input.shipping)?.method;
  return {
    lines,
    priced: priceOf({ ...cart, discount, delivery: chosen && deliveryOf(chosen) }),
    stock,
    ...(input.code ? { code: { code: input.code.trim(), promotion, ...(problem ? { problem } : {}) } } : {}),
    options,
    chosen,
  };
};

/** A variant named by two lines is judged by both together. */
function linesOf(
  ctx: ShopContext,
  asked: CartInput['lines'],
  variants: readonly Variant[],
  products: readonly Product[],
  stock: Stock,
): QuoteLine[] {
  const together = new Map<string, number>();
  for (const { variant, quantity } of asked) together.set(variant, (together.get(variant) ?? 0) + quantity);
  let at = 0;
  return asked.map((line): QuoteLine => {
    const variant = variants.find(({ id }) => id === line.variant);
    const product = variant && products.find(({ id }) => id === variant.product);
    if (!variant || !product || !isInShop(ctx, variant.price)) return { asked: line, problem: 'NOT_OFFERED' };
    const left = stock(variant);
    const short = left !== undefined && left < together.get(variant.id)!;
    return { asked: line, offered: { variant, product, at: at++ }, ...(short ? { problem: 'OUT_OF_STOCK' } : {}) };
  });
}
