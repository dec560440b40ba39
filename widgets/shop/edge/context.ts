/** The types and measures this module's handlers share. */
import type { Context, RowOf } from '../../../schemas/module/index.ts';
import { isCurrency, type Money } from '../../../schemas/money/index.ts';
import type { shop } from '../module.ts';

export type ShopModule = typeof shop;
export type ShopContext = Context<ShopModule>;
export type Product = RowOf<ShopModule, 'product'>;
export type Variant = RowOf<ShopModule, 'variant'>;
export type Promotion = RowOf<ShopModule, 'promotion'>;
export type ShippingMethod = RowOf<ShopModule, 'shippingMethod'>;
export type Order = RowOf<ShopModule, 'order'>;
export type OrderLine = RowOf<ShopModule, 'orderLine'>;

export const DAY = 86_400_000;

/** An amount in the shop's currency. */
export const inShop = (ctx: Pick<ShopContext, 'settings'>, amount: number): Money => ({
  amount: amount === 0 ? 0 : amount,
  currency: ctx.settings.currency,
});

/** Whether an amount can be counted with: a setting is a text, and prices may be from before it was changed. */
export const isInShop = ({ settings }: Pick<ShopContext, 'settings'>, money: Money | null): money is Money =>
  money !== null && money.currency === settings.currency && isCurrency(money.currency);
