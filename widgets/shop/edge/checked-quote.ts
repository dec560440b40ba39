/** Whether a cart can be ordered as it is; whoever asks is told what is in the way. */
import { formatMoney } from '../../../schemas/money/index.ts';
import { languageOf } from '../locales/mail.ts';
import { inShop, type ShippingMethod, type ShopContext } from './context.ts';
import { paymentsOf } from './payments.ts';
import type { Quote, QuoteLine } from './quote.ts';
import { optionsText } from './shown-lines.ts';
import { changesSince, versionOf } from './version.ts';

export interface Asked {
  readonly version: string;
  readonly payment: string;
  readonly address?: unknown;
  readonly locale?: string | null;
}

const nameOf = ({ offered }: QuoteLine): string =>
  offered ? [offered.product.name, optionsText(offered.variant)].filter(Boolean).join(', ') : 'This';

/** Names every line with the problem. */
function refuseLines(ctx: ShopContext, { lines, stock }: Quote, problem: 'OUT_OF_STOCK' | 'NOT_OFFERED'): void {
  const errors = lines.flatMap((line, i) => {
    if (line.problem !== problem) return [];
    const left = line.offered ? (stock(line.offered.variant) ?? 0) : 0;
    const message =
      problem === 'NOT_OFFERED' ? 'This is not offered any more' : `Of ${nameOf(line)} there are ${left} left`;
    return [{ pointer: `/lines/${i}`, code: problem, message }];
  });
  if (errors.length > 0) ctx.fail(problem, { errors });
}

/** The way it is sent. Throws one of the module's errors, PRICE_CHANGED the last of them. */
export const checkQuote = async (ctx: ShopContext, quote: Quote, asked: Asked): Promise<ShippingMethod> => {
  if (quote.lines.length === 0) ctx.fail('EMPTY_CART');
  refuseLines(ctx, quote, 'NOT_OFFERED');
  refuseLines(ctx, quote, 'OUT_OF_STOCK');
  if (quote.code?.problem) {
    const errors = [{ pointer: '/code', code: quote.code.problem, message: 'Take the code out, or try another one' }];
    ctx.fail(quote.code.problem, { errors });
  }
  const { chosen } = quote;
  if (!chosen) return ctx.fail('UNKNOWN_SHIPPING');
  if (!paymentsOf(ctx, chosen.kind).some(({ id }) => id === asked.payment)) ctx.fail('UNKNOWN_PAYMENT');
  if (chosen.kind === 'ship' && !asked.address) {
    ctx.fail('ADDRESS_REQUIRED', { errors: [{ pointer: '/address', code: 'REQUIRED', message: 'This is needed' }] });
  }
  if ((await versionOf(ctx, quote)) !== asked.version) {
    const { locale } = languageOf(asked.locale ?? ctx.site?.locale ?? 'en');
    const errors = changesSince(ctx, asked.version, quote, locale);
    const detail = `The total is ${formatMoney(inShop(ctx, quote.priced.total), locale)} now.`;
    ctx.fail('PRICE_CHANGED', { detail, errors });
  }
  return chosen;
};
