/** What the shop asks of the stock module. */
import type { OrderLine, ShopContext, Variant } from './context.ts';

interface Level {
  readonly item: string;
  readonly onHand: number;
  readonly reserved: number;
}

/** Under which name stock is kept of a variant. */
export const itemOf = (variant: string): string => `shop.variant:${variant}`;
const sourceOf = (order: string): string => `shop.order:${order}`;

/** A count of `undefined` means that any number may be sold. */
export type Stock = (variant: Variant) => number | undefined;

/** How many of each are free to sell; a negative number counts as none. */
export const loadStock = async (ctx: ShopContext, variants: readonly Variant[]): Promise<Stock> => {
  const items = variants.filter(isLimited).map(({ id }) => itemOf(id));
  const { levels } =
    items.length > 0 ? await ctx.call<{ levels: readonly Level[] }>('stock', 'levels', { items }) : { levels: [] };
  const free = new Map(levels.map(({ item, onHand, reserved }) => [item, Math.max(0, onHand - reserved)]));
  return variant => (isLimited(variant) ? (free.get(itemOf(variant.id)) ?? 0) : undefined);
};

const isLimited = ({ trackStock, allowBackorder }: Variant): boolean => trackStock && !allowBackorder;

/** Told where it is few enough to hurry. */
export const leftOf = (stock: Stock, variant: Variant): number | undefined => {
  const left = stock(variant);
  return left !== undefined && left <= 5 ? left : undefined;
};

export interface Wanted {
  readonly variant: Variant;
  readonly quantity: number;
}

export const reserveGoods = async (ctx: ShopContext, order: string, wanted: readonly Wanted[]): Promise<void> => {
  const items = wanted
    .filter(({ variant }) => variant.trackStock)
    .map(({ variant, quantity }) => ({ item: itemOf(variant.id), quantity, backorder: variant.allowBackorder }));
  if (items.length > 0) await ctx.call('stock', 'reserve', { items, source: sourceOf(order) });
};

type Units = Pick<OrderLine, 'variant' | 'quantity' | 'tracked'>;

/** What has become of an order's goods: promised ones are free again or leave, those that left come back. */
export const moveGoods = async (
  ctx: ShopContext,
  order: string,
  what: 'release' | 'take' | 'put',
  lines: readonly Units[],
): Promise<void> => {
  const items = lines
    .filter(({ tracked, quantity }) => tracked && quantity > 0)
    .map(({ variant, quantity }) => ({ item: itemOf(variant), quantity }));
  if (items.length > 0) await ctx.call('stock', what, { items, source: sourceOf(order) });
};
