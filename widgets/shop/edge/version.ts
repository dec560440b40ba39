/** The version of a total: whoever orders names the one that was shown, and is told what differs where it is not the same (EC-10). */
import { formatMoney } from '../../../schemas/money/index.ts';
import { inShop, type ShopContext } from './context.ts';
import type { Quote } from './quote.ts';

/** All amounts that a total is made of, in their order: units, then what follows. */
const amountsOf = ({ lines, priced }: Quote): number[] => [
  ...lines.map(({ offered }) => offered?.variant.price.amount ?? 0),
  priced.discount,
  priced.delivery.price,
  priced.tax,
  priced.total,
];

/** A hash of everything, and the amounts beside it: they tell a later call what was shown, and nobody relies on them for more. */
export const versionOf = async (ctx: ShopContext, quote: Quote): Promise<string> => {
  const { lines, priced, code, chosen } = quote;
  const all = [
    ctx.settings.currency,
    ctx.settings.taxIncluded,
    lines.map(({ asked, offered }) => [asked.variant, asked.quantity, offered !== undefined]),
    priced,
    code && !code.problem ? code.promotion?.id : null,
    chosen?.id ?? null,
  ];
  const hash = await ctx.hash(JSON.stringify(all));
  return `${hash.slice(0, 22)}.${amountsOf(quote)
    .map(amount => amount.toString(36))
    .join('.')}`;
};

const pointers = ['/code', '/shipping', '/tax', '/total'];

/** What differs between the amounts in a version and those of now; empty where the version cannot be read. */
export const changesSince = (ctx: ShopContext, version: string, quote: Quote, locale: string) => {
  const before = version
    .split('.')
    .slice(1)
    .map(text => (/^[0-9a-z]{1,10}$/.test(text) ? Number.parseInt(text, 36) : Number.NaN));
  const now = amountsOf(quote);
  if (before.length !== now.length || !before.every(Number.isSafeInteger)) return [];
  const text = (amount: number) => formatMoney(inShop(ctx, amount), locale);
  return now.flatMap((amount, i) => {
    const was = before[i]!;
    if (amount === was) return [];
    const pointer = i < quote.lines.length ? `/lines/${i}` : pointers[i - quote.lines.length]!;
    return [{ pointer, code: 'PRICE_CHANGED', message: `${text(was)} → ${text(amount)}` }];
  });
};
