/** Mails to the customer, one for each published change. An event that a later change has overtaken sends nothing. */
import { oneLine } from '../../../../schemas/mail/index.ts';
import type { EventHandler } from '../../../../schemas/module/index.ts';
import type { Order, ShopModule } from '../context.ts';
import { orderToken, orderUrl } from '../order-link.ts';
import { paymentShown } from '../payments.ts';
import { compose, type MailKind } from './compose.ts';

interface Payload {
  readonly order: string;
}

/** Whether a mail of this kind is still true. */
const truths: Readonly<Record<MailKind, (order: Order) => boolean>> = {
  placed: ({ status, fulfilmentStatus }) => status === 'open' && fulfilmentStatus === 'unfulfilled',
  shipped: ({ status, fulfilmentStatus }) => status !== 'cancelled' && fulfilmentStatus === 'fulfilled',
  cancelled: ({ status }) => status === 'cancelled',
};

const sender =
  (kind: MailKind): EventHandler<ShopModule, Payload> =>
  async ({ order: id }, ctx) => {
    const db = ctx.asSystem();
    const [order, lines] = await Promise.all([
      db.order.get(id),
      db.orderLine.list({ where: { order: { eq: id } }, sort: ['position'] }),
    ]);
    if (!order?.email || !truths[kind](order)) return;
    const url = orderUrl(ctx, order, await orderToken(ctx, order));
    const isDue = kind === 'placed' && order.paymentStatus === 'awaiting';
    const instructions = isDue ? paymentShown(ctx, order).instructions : undefined;
    const name = oneLine(order.name);
    await ctx.mail({
      to: { address: order.email, ...(name ? { name } : {}) },
      ...(ctx.settings.replyTo ? { replyTo: ctx.settings.replyTo } : {}),
      ...compose(kind, order, lines, ctx.client.name, { url, instructions }),
    });
  };

export const sendPlaced = sender('placed');
export const sendShipped = sender('shipped');
export const sendCancelled = sender('cancelled');
