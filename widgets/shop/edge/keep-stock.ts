/** Begins to keep stock of a new variant, so that the desk can count it. */
import type { EventHandler } from '../../../schemas/module/index.ts';
import type { ShopModule } from './context.ts';
import { optionsText } from './shown-lines.ts';
import { itemOf } from './stock.ts';

export const keepStock: EventHandler<ShopModule, { readonly id: string }> = async ({ id }, ctx) => {
  const db = ctx.asSystem();
  const variant = await db.variant.get(id);
  const product = variant && (await db.product.get(variant.product));
  if (!variant || !product) return;
  const name = [product.name, optionsText(variant)].filter(Boolean).join(', ');
  await ctx.call('stock', 'open', { item: itemOf(id), label: `${name} (${variant.sku})` });
};
