/** Ways to pay: by transfer, to whoever brings it, or where it is collected. Cards come with a module of their own. */
import { oneLine } from '../../../schemas/mail/index.ts';
import { languageOf, shopWords } from '../locales/mail.ts';
import type { Order, ShippingMethod, ShopContext } from './context.ts';

/** Those that the shop takes and the way of delivery allows; all that it takes while none is chosen. */
export const paymentsOf = (ctx: ShopContext, kind: ShippingMethod['kind'] | undefined) => {
  const { transfer, onDelivery, atPickup } = ctx.settings;
  const ids = [
    ...(transfer ? (['transfer'] as const) : []),
    ...(onDelivery && kind !== 'pickup' ? (['delivery'] as const) : []),
    ...(atPickup && kind !== 'ship' ? (['pickup'] as const) : []),
  ];
  const words = shopWords[languageOf(ctx.site?.locale ?? 'en').language];
  return ids.map(id => ({ id, name: words.payments[id] }));
};

/** How to transfer, with the number that tells the business whose money it is. */
export const paymentShown = (
  ctx: ShopContext,
  { payment, number, locale }: Pick<Order, 'payment' | 'number' | 'locale'>,
) => {
  const { transferInstructions } = ctx.settings;
  if (payment !== 'transfer') return { id: payment };
  const { reference } = shopWords[languageOf(locale).language];
  const instructions = [transferInstructions, `${reference}: ${oneLine(number ?? '')}`].filter(Boolean).join('\n');
  return { id: payment, instructions };
};
