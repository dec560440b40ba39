/** A page of products as visitors see them; the first one comes with every widget's session. */
import type { ActionHandler, WhereOf } from '../../../schemas/module/index.ts';
import { isInShop, type Product, type ShopContext, type ShopModule, type Variant } from './context.ts';
import { after, cursorOf } from './cursor.ts';
import { cardOf } from './pictures.ts';
import { loadStock, type Stock } from './stock.ts';

const PAGE = 24;
/** Words of a search that are looked at. */
const WORDS = 5;

type Where = WhereOf<ShopModule, 'product'>;

/** Every word, in the name or in what is written of it. */
const found = (q: string): Where[] =>
  q
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, WORDS)
    .map(word => ({ or: [{ name: { contains: word } }, { description: { contains: word } }] }));

/** Nothing where it has no variant to sell. */
function shown(ctx: ShopContext, product: Product, all: readonly Variant[], stock: Stock) {
  const variants = all.filter(variant => variant.product === product.id && isInShop(ctx, variant.price));
  const cheapest = variants.toSorted((a, b) => a.price.amount - b.price.amount)[0];
  if (!cheapest) return [];
  const { id, slug, name } = product;
  const { price, compareAt } = cheapest;
  const image = cardOf(ctx, product);
  return [
    {
      id,
      slug,
      name,
      ...(image ? { image } : {}),
      price,
      from: variants.some(variant => variant.price.amount !== price.amount),
      ...(isInShop(ctx, compareAt) && compareAt.amount > price.amount ? { compareAt } : {}),
      available: variants.some(variant => (stock(variant) ?? 1) > 0),
      ...(variants.length === 1 ? { variant: cheapest.id } : {}),
    },
  ];
}

const pageOf = async (ctx: ShopContext, filters: readonly Where[], cursor: string | null | undefined) => {
  const db = ctx.asSystem();
  const and = [...filters, ...after(ctx, cursor)];
  const where: Where = { status: { eq: 'active' }, ...(and.length > 0 ? { and } : {}) };
  const rows = await db.product.list({ where, sort: ['position', 'name'], limit: PAGE + 1 });
  const page = rows.slice(0, PAGE);
  const ids = page.map(({ id }) => id);
  const variants =
    ids.length > 0 ? await db.variant.list({ where: { product: { in: ids }, active: { eq: true } }, limit: 5000 }) : [];
  const stock = await loadStock(ctx, variants);
  return {
    products: page.flatMap(product => shown(ctx, product, variants, stock)),
    ...(rows.length > PAGE ? { next: cursorOf(page.at(-1)!) } : {}),
  };
};

export const catalogue: ActionHandler<ShopModule, 'catalogue'> = async ({ category, q, cursor }, ctx) => {
  const words = found(q ?? '');
  const shelves = ctx.asSystem().category.list({ where: { active: { eq: true } }, sort: ['position', 'name'] });
  const within = async (): Promise<Where[] | undefined> => {
    if (!category) return words;
    const shelf = (await shelves).find(({ slug }) => slug === category);
    return shelf && [...words, { categories: { some: { eq: shelf.id } } }];
  };
  const page = async () => {
    const filters = await within();
    return filters ? pageOf(ctx, filters, cursor) : { products: [] };
  };
  const [categories, products] = await Promise.all([shelves, page()]);
  return {
    business: { name: ctx.client.name, currency: ctx.settings.currency },
    categories: categories.map(({ slug, name }) => ({ slug, name })),
    ...products,
  };
};
