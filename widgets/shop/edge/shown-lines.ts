/** Lines of a cart or an order in the form that visitors get. */
import { inShop, type ShopContext, type Variant } from './context.ts';
import { cardOf } from './pictures.ts';
import type { Quote } from './quote.ts';
import { leftOf } from './stock.ts';

/** 'Blue, large' */
export const optionsText = ({ values }: Pick<Variant, 'values'>): string => values.filter(Boolean).join(', ');

/** '2 × Mug, Blue, large' */
export const lineText = (quantity: number, name: string, options: string): string =>
  `${quantity} × ${[name, options].filter(Boolean).join(', ')}`;

export const shownLines = (ctx: ShopContext, { lines, priced, stock }: Quote) =>
  lines.map(({ asked, offered, problem }) => {
    const nothing = inShop(ctx, 0);
    const { variant, quantity } = asked;
    if (!offered) {
      return {
        variant,
        product: '',
        name: '',
        options: '',
        quantity,
        unit: nothing,
        total: nothing,
        discount: nothing,
        problem,
      };
    }
    const { total, discount } = priced.lines[offered.at]!;
    // Who wants more than there is gets what there is.
    const left = (problem ? stock : (one: Variant) => leftOf(stock, one))(offered.variant);
    const image = cardOf(ctx, offered.product);
    return {
      variant,
      product: offered.product.slug,
      name: offered.product.name,
      options: optionsText(offered.variant),
      ...(image ? { image } : {}),
      quantity,
      unit: offered.variant.price,
      total: inShop(ctx, total),
      discount: inShop(ctx, discount),
      ...(left === undefined ? {} : { left }),
      ...(problem ? { problem } : {}),
    };
  });
