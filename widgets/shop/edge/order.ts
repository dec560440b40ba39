/** Places an order: its goods are held from this commit on, which decides between all who want the last one (EC-01, EC-12). */
import { oneLine } from '../../../schemas/mail/index.ts';
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { checkQuote } from './checked-quote.ts';
import { DAY, inShop, type Promotion, type ShopContext, type ShopModule } from './context.ts';
import { orderToken, orderUrl } from './order-link.ts';
import { paymentShown } from './payments.ts';
import { taxShown } from './price.ts';
import { type Quote, quoteOf } from './quote.ts';
import { lineText, optionsText, shownLines } from './shown-lines.ts';
import { reserveGoods } from './stock.ts';

const HOUR = 3_600_000;
/** Unpaid orders of an hour from one address: many people share one, and a hostile page cannot take all goods away. */
const MOST_OF_ADDRESS = 20;

export const order: ActionHandler<ShopModule, 'order'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const country = input.address?.country ?? input.country ?? null;
  const locale = input.locale ?? ctx.site?.locale ?? 'en';
  const zone = input.zone ?? ctx.client.zone;
  const who = { name: oneLine(input.name), email: input.email, phone: input.phone || null, zone, locale };
  const [quote, { person }] = await Promise.all([
    quoteOf(ctx, { ...input, country }),
    ctx.call<{ person: string }>('party', 'identify', who),
  ]);
  const method = await checkQuote(ctx, quote, input);
  refuseTooMany(ctx);
  const { priced, code } = quote;
  const promotion = code?.promotion;
  if (promotion) grantCode(ctx, promotion, person);
  const { included, amount: tax, lines: taxLines } = taxShown(ctx, quote);
  const placed = db.order.create({
    ...who,
    address: method.kind === 'ship' ? (input.address ?? null) : null,
    note: input.note || null,
    person,
    payment: input.payment,
    shipping: method.id,
    shippingName: method.name,
    shippingKind: method.kind,
    shippingPrice: inShop(ctx, priced.delivery.price),
    promotion: promotion?.id ?? null,
    code: promotion?.code ?? null,
    subtotal: inShop(ctx, priced.subtotal),
    discount: inShop(ctx, priced.discount),
    tax,
    taxIncluded: included,
    taxLines,
    total: inShop(ctx, priced.total),
    refunded: inShop(ctx, 0),
    site: ctx.site?.id ?? null,
    callerHash: ctx.callerHash || null,
  });
  const token = await orderToken(ctx, placed);
  db.order.update(placed.id, { linkHash: await ctx.hash(token) });
  await holdGoods(ctx, placed.id, quote);
  const { transferDays } = ctx.settings;
  if (input.payment === 'transfer' && transferDays > 0) {
    ctx.schedule('lapse', { order: placed.id }, { at: ctx.now + transferDays * DAY, key: placed.id });
  }
  ctx.emit('placed', { order: placed.id, number: placed.number! }, { key: placed.id });
  return {
    id: placed.id,
    number: placed.number!,
    status: 'open',
    total: placed.total,
    payment: paymentShown(ctx, placed),
    url: orderUrl(ctx, placed, token),
    lines: shownLines(ctx, quote),
  };
};

function refuseTooMany(ctx: ShopContext): void {
  if (ctx.actor.kind !== 'visitor') return;
  const waiting = {
    status: { eq: 'open' },
    paymentStatus: { eq: 'awaiting' },
    createdAt: { gt: ctx.now - HOUR },
  } as const;
  ctx
    .asSystem()
    .order.expectFewer({ callerHash: { eq: ctx.callerHash }, ...waiting }, MOST_OF_ADDRESS, 'TOO_MANY_ORDERS');
}

/** One use, which the promotion's own constraint grants; a cancelled order gives it back. */
function grantCode(ctx: ShopContext, { id, perCustomer }: Promotion, person: string): void {
  const db = ctx.asSystem();
  if (perCustomer !== null) {
    const theirs = { promotion: { eq: id }, person: { eq: person }, status: { ne: 'cancelled' } } as const;
    db.order.expectFewer(theirs, perCustomer, 'CODE_USED_UP');
  }
  db.promotion.add(id, { used: 1 });
}

async function holdGoods(ctx: ShopContext, order: string, { lines, priced }: Quote): Promise<void> {
  const wanted = lines.flatMap(({ asked, offered }) => (offered ? [{ ...offered, quantity: asked.quantity }] : []));
  for (const { variant, product, at, quantity } of wanted) {
    const { total, discount, tax, rate } = priced.lines[at]!;
    ctx.asSystem().orderLine.create({
      order,
      label: lineText(quantity, product.name, optionsText(variant)),
      position: at,
      variant: variant.id,
      product: product.slug,
      name: product.name,
      options: optionsText(variant),
      sku: variant.sku,
      picture: product.pictures[0] ?? null,
      quantity,
      unit: variant.price,
      discount: inShop(ctx, discount),
      total: inShop(ctx, total),
      taxRate: String(rate / 10_000),
      tax: inShop(ctx, tax),
      tracked: variant.trackStock,
    });
  }
  await reserveGoods(ctx, order, wanted);
}
