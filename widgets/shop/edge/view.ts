/** An order as its link shows it. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { percentOf, rateOf } from '../../../schemas/pricing/index.ts';
import type { ShopModule } from './context.ts';
import { findOrder, isCancellable } from './order-link.ts';
import { paymentShown } from './payments.ts';
import { pictureOf } from './pictures.ts';

export const view: ActionHandler<ShopModule, 'view'> = async (input, ctx) => {
  const order = await findOrder(ctx, input.token);
  const lines = await ctx.asSystem().orderLine.list({ where: { order: { eq: order.id } }, sort: ['position'] });
  const { id, number, status, paymentStatus, fulfilmentStatus, subtotal, discount, total, tracking, name } = order;
  return {
    id,
    number: number!,
    placedAt: order.createdAt,
    status,
    paymentStatus,
    fulfilmentStatus,
    lines: lines.map(line => ({
      variant: line.variant,
      product: line.product,
      name: line.name,
      options: line.options,
      ...(line.picture ? { image: pictureOf(ctx, line.picture, line.name, 'card') } : {}),
      quantity: line.quantity,
      unit: line.unit,
      total: line.total,
      discount: line.discount,
    })),
    subtotal,
    discount,
    shipping: { name: order.shippingName, kind: order.shippingKind, price: order.shippingPrice },
    tax: {
      included: order.taxIncluded,
      amount: order.tax,
      lines: order.taxLines.map(({ rate, amount }) => ({ rate: percentOf(rateOf(rate)), amount })),
    },
    total,
    payment: paymentShown(ctx, order),
    tracking,
    canCancel: isCancellable(order),
    name,
  };
};
