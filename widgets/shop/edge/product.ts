/** One product with its variants. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { isInShop, type ShopModule } from './context.ts';
import { pictureOf } from './pictures.ts';
import { leftOf, loadStock } from './stock.ts';

export const product: ActionHandler<ShopModule, 'product'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const named = { or: [{ id: { eq: input.product } }, { slug: { eq: input.product } }] };
  const found = await db.product.first({ status: { eq: 'active' }, ...named });
  if (!found) return ctx.fail('UNKNOWN_PRODUCT');
  const { id, slug, name, description, pictures, options } = found;
  const active = { product: { eq: id }, active: { eq: true } } as const;
  const all = await db.variant.list({ where: active, sort: ['position', 'createdAt'] });
  const variants = all.filter(({ price }) => isInShop(ctx, price));
  const stock = await loadStock(ctx, variants);
  return {
    id,
    slug,
    name,
    description,
    images: pictures.map(file => pictureOf(ctx, file, name, 'page')),
    options: options.map((option, i) => ({
      name: option,
      values: [...new Set(variants.map(({ values }) => values[i] ?? ''))].filter(Boolean),
    })),
    variants: variants.map(variant => {
      const { price, compareAt } = variant;
      const left = leftOf(stock, variant);
      return {
        id: variant.id,
        values: options.map((_, i) => variant.values[i] ?? ''),
        price,
        ...(isInShop(ctx, compareAt) && compareAt.amount > price.amount ? { compareAt } : {}),
        available: (stock(variant) ?? 1) > 0,
        ...(left === undefined ? {} : { left }),
      };
    }),
  };
};
