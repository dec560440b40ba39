/** What a cart costs, and why. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { percentOf, type Reason } from '../../../schemas/pricing/index.ts';
import { inShop, type ShopContext, type ShopModule } from './context.ts';
import { paymentsOf } from './payments.ts';
import { type Quote, quoteOf } from './quote.ts';
import { lineText, optionsText, shownLines } from './shown-lines.ts';
import { versionOf } from './version.ts';

/** In the business's own words, which need no translation. */
const labelOf = ({ lines, code, chosen }: Quote, reason: Reason): string => {
  switch (reason.of) {
    case 'line': {
      const { asked, offered } = lines.filter(line => line.offered)[reason.line]!;
      return lineText(asked.quantity, offered!.product.name, optionsText(offered!.variant));
    }
    case 'discount':
      return code?.promotion?.label ?? code?.code ?? '';
    case 'delivery':
      return chosen?.name ?? '';
    case 'tax':
      return `${percentOf(reason.rate)} %`;
  }
};

export const taxShown = (ctx: ShopContext, { priced }: Pick<Quote, 'priced'>) => ({
  included: ctx.settings.taxIncluded,
  amount: inShop(ctx, priced.tax),
  lines: priced.taxes.map(({ rate, amount }) => ({ rate: percentOf(rate), amount: inShop(ctx, amount) })),
});

export const price: ActionHandler<ShopModule, 'price'> = async (input, ctx) => {
  const quote = await quoteOf(ctx, input);
  const { priced, code, options, chosen } = quote;
  return {
    version: await versionOf(ctx, quote),
    lines: shownLines(ctx, quote),
    subtotal: inShop(ctx, priced.subtotal),
    discount: inShop(ctx, priced.discount),
    ...(code ? { code: { code: code.code, label: code.promotion?.label ?? null, problem: code.problem ?? null } } : {}),
    shipping: {
      options: options.map(({ method: { id, name, kind, note }, price: amount }) => ({
        id,
        name,
        kind,
        price: inShop(ctx, amount),
        note,
      })),
      chosen: chosen?.id ?? null,
      price: inShop(ctx, priced.delivery.price),
    },
    tax: taxShown(ctx, quote),
    total: inShop(ctx, priced.total),
    payments: paymentsOf(ctx, chosen?.kind),
    why: priced.why.map(reason => ({ label: labelOf(quote, reason), amount: inShop(ctx, reason.amount) })),
  };
};
