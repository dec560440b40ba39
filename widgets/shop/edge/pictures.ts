/** Pictures of products as visitors get them. */
import type { Product, ShopContext } from './context.ts';

const sizes = { card: 640, page: 1280 } as const;

/** The frame is square; a picture that is smaller keeps its size and the shape. */
export const pictureOf = (ctx: ShopContext, file: string, alt: string, size: keyof typeof sizes) => ({
  url: ctx.pictureUrl(file, `product.pictures.${size}`),
  width: sizes[size],
  height: sizes[size],
  alt,
});

/** The first, as lists show it. */
export const cardOf = (ctx: ShopContext, { pictures, name }: Pick<Product, 'pictures' | 'name'>) =>
  pictures[0] === undefined ? undefined : pictureOf(ctx, pictures[0], name, 'card');
