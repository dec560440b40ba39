/** Lets go of an order whose transfer never came. */
import type { JobHandler } from '../../../schemas/module/index.ts';
import type { ShopModule } from './context.ts';
import { isCancellable } from './order-link.ts';
import { onCancel } from './transitions.ts';

export const lapse: JobHandler<ShopModule, { readonly order: string }> = async (ctx, payload) => {
  const db = ctx.asSystem();
  const order = await db.order.get(payload.order);
  if (order?.payment !== 'transfer' || !isCancellable(order)) return;
  const also = await onCancel(order, ctx);
  db.order.transition(order.id, 'cancel', also, { rev: order.rev, retry: true });
};
