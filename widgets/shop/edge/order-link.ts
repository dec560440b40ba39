/** The link to an order: its token is the key, and only the token's hash is kept. */
import type { Order, ShopContext } from './context.ts';

/** 128 bits as base64url; the same order gives the same token. */
export const orderToken = (ctx: ShopContext, { id }: Pick<Order, 'id'>): Promise<string> => ctx.secret('order', id);

/** The token is a fragment, so that it reaches neither servers' logs nor Referer headers. */
export const orderUrl = (ctx: ShopContext, { site, locale }: Pick<Order, 'site' | 'locale'>, token: string): string =>
  `${ctx.pageUrl('shop-order', { site, locale })}#${token}`;

/** Throws UNKNOWN_LINK. */
export const findOrder = async (ctx: ShopContext, token: string): Promise<Order> =>
  (await ctx.asSystem().order.first({ linkHash: { eq: await ctx.hash(token) } })) ?? ctx.fail('UNKNOWN_LINK');

/** Whether its customer may still take it back. */
export const isCancellable = ({ status, paymentStatus, fulfilmentStatus }: Order): boolean =>
  status === 'open' && paymentStatus === 'awaiting' && fulfilmentStatus === 'unfulfilled';
