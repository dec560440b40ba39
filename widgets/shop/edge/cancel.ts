/** Cancels an order by its link; once more changes nothing. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { ShopModule } from './context.ts';
import { findOrder, isCancellable } from './order-link.ts';
import { onCancel } from './transitions.ts';

const cancelled = { status: 'cancelled' } as const;

export const cancel: ActionHandler<ShopModule, 'cancel'> = async (input, ctx) => {
  const order = await findOrder(ctx, input.token);
  if (order.status === 'cancelled') return cancelled;
  if (!isCancellable(order)) ctx.fail('TOO_LATE');
  const also = await onCancel(order, ctx);
  ctx.asSystem().order.transition(order.id, 'cancel', also, { rev: order.rev, retry: true });
  return cancelled;
};
