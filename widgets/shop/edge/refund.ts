/** Notes money that goes back: never more than was paid, whoever else refunds at the same moment (EC-08, EC-09). */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { formatMoney, roundHalfUp } from '../../../schemas/money/index.ts';
import { refundOfUnits } from '../../../schemas/pricing/index.ts';
import { languageOf } from '../locales/mail.ts';
import type { Order, OrderLine, ShopContext, ShopModule } from './context.ts';
import { moveGoods } from './stock.ts';

interface Part {
  readonly line: OrderLine;
  readonly quantity: number;
}

interface Worth {
  readonly amount: number;
  readonly tax: number;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** One part for each line that is named. Throws REFUND_TOO_LARGE for units that are not there. */
const partsOf = (
  ctx: ShopContext,
  lines: readonly OrderLine[],
  asked: readonly { line: string; quantity: number }[],
): Part[] =>
  [...Map.groupBy(asked, ({ line }) => line)].map(([id, same]) => {
    const line = lines.find(item => item.id === id);
    const quantity = sum(same.map(part => part.quantity));
    if (line && line.refunded + quantity <= line.quantity) return { line, quantity };
    const pointer = `/lines/${asked.indexOf(same[0]!)}`;
    const message = line ? `Of these ${line.quantity - line.refunded} are left` : 'This is no line of the order';
    return ctx.fail('REFUND_TOO_LARGE', { errors: [{ pointer, code: 'TOO_MANY', message }] });
  });

const worthOf = ({ taxIncluded }: Order, parts: readonly Part[]): Worth => {
  const each = parts.map(({ line, quantity }) =>
    refundOfUnits({ ...line, total: line.total.amount, tax: line.tax.amount, taxIncluded }, quantity),
  );
  return { amount: sum(each.map(part => part.amount)), tax: sum(each.map(part => part.tax)) };
};

export const refund: ActionHandler<ShopModule, 'refund'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const of = { where: { order: { eq: input.order } } };
  const [order, lines, earlier] = await Promise.all([
    db.order.get(input.order),
    db.orderLine.list({ ...of, sort: ['position'] }),
    db.refund.list(of),
  ]);
  if (!order) return ctx.fail('UNKNOWN_ORDER');
  const { locale } = languageOf(ctx.site?.locale ?? 'en');
  const left: Worth = {
    amount: order.total.amount - order.refunded.amount,
    tax: order.tax.amount - sum(earlier.map(({ tax }) => tax.amount)),
  };
  if (order.paymentStatus === 'awaiting' || left.amount <= 0) ctx.fail('NOT_PAID');
  const isWhole = !input.lines?.length && !input.amount;
  const parts = isWhole
    ? lines.map(line => ({ line, quantity: line.quantity - line.refunded })).filter(({ quantity }) => quantity > 0)
    : partsOf(ctx, lines, input.lines ?? []);
  const { amount, tax } = isWhole
    ? left
    : parts.length > 0
      ? worthOf(order, parts)
      : shareOf(ctx, order, left, input.amount!);
  if (amount > left.amount) {
    const text = formatMoney({ ...order.total, amount: left.amount }, locale);
    ctx.fail('REFUND_TOO_LARGE', { detail: `${text} are left to refund.` });
  }
  const { currency } = order.total;
  const paymentStatus = amount === left.amount ? ('refunded' as const) : ('partiallyRefunded' as const);
  const made = db.refund.create({
    order: order.id,
    label: [formatMoney({ amount, currency }, locale), input.reason].filter(Boolean).join(', '),
    amount: { amount, currency },
    tax: { amount: tax, currency },
    lines: parts.map(({ line, quantity }) => ({ line: line.id, quantity })),
    reason: input.reason || null,
  });
  const refunded = { amount: order.refunded.amount + amount, currency };
  db.order.update(order.id, { refunded, paymentStatus }, { rev: order.rev, retry: true });
  const isBack = input.restock && order.goods === 'taken';
  for (const { line, quantity } of parts) {
    db.orderLine.add(line.id, { refunded: quantity, ...(isBack ? { restocked: quantity } : {}) });
  }
  if (isBack) {
    const units = parts.map(({ line, quantity }) => ({ ...line, quantity }));
    await moveGoods(ctx, order.id, 'put', units);
  }
  return { refund: made.id, amount: made.amount, tax: made.tax, paymentStatus };
};

/** Of an amount without lines the tax is its part of all tax, and never more than is left of that. */
function shareOf(ctx: ShopContext, order: Order, left: Worth, asked: Order['total']): Worth {
  const { amount } = asked;
  if (asked.currency !== order.total.currency || amount <= 0) {
    ctx.fail('REFUND_TOO_LARGE', { detail: `Give an amount above 0 in ${order.total.currency}.` });
  }
  if (amount === left.amount) return left;
  const part = roundHalfUp(BigInt(order.tax.amount) * BigInt(amount), order.total.amount);
  return { amount, tax: Math.min(left.tax, part) };
}
