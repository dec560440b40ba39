/** What else a step of an order does, whoever takes it. */
import type { TransitionHandler } from '../../../schemas/module/index.ts';
import type { Order, OrderLine, ShopContext, ShopModule } from './context.ts';
import { moveGoods } from './stock.ts';

type Effect = TransitionHandler<ShopModule, 'order'>;

const linesOf = (ctx: ShopContext, order: string): Promise<OrderLine[]> =>
  ctx.asSystem().orderLine.list({ where: { order: { eq: order } } });

/** Reserved goods leave once, with the money or with the parcel, whichever comes first. */
const takeGoods = async (ctx: ShopContext, { id, goods }: Order): Promise<void> => {
  if (goods === 'reserved') await moveGoods(ctx, id, 'take', await linesOf(ctx, id));
};

export const onPay: Effect = async (order, ctx) => {
  await takeGoods(ctx, order);
  ctx.unschedule('lapse', order.id);
  ctx.emit('paid', { order: order.id }, { key: order.id });
  return { paymentStatus: 'paid', paidAt: ctx.now, goods: 'taken' };
};

export const onShip: Effect = async (order, ctx) => {
  await takeGoods(ctx, order);
  ctx.unschedule('lapse', order.id);
  ctx.emit('shipped', { order: order.id }, { key: order.id });
  return { fulfilmentStatus: 'fulfilled', shippedAt: ctx.now, goods: 'taken' };
};

export const onDeliver: Effect = () => ({ fulfilmentStatus: 'delivered' });

/** The goods are free again, or back on the shelf where the money had come and gone; the code has its use again. */
export const onCancel: Effect = async ({ id, goods, promotion }, ctx) => {
  const lines = await linesOf(ctx, id);
  if (goods === 'reserved') await moveGoods(ctx, id, 'release', lines);
  if (goods === 'taken') {
    const away = lines.map(line => ({ ...line, quantity: line.quantity - line.restocked }));
    await moveGoods(ctx, id, 'put', away);
  }
  if (promotion) ctx.asSystem().promotion.add(promotion, { used: -1 });
  ctx.unschedule('lapse', id);
  ctx.emit('cancelled', { order: id }, { key: id });
  return { goods: 'returned' };
};
