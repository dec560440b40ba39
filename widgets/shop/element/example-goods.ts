/** What the shop in memory sells: pottery, with pictures that ask no network. */
import type { Money, Picture, Product, Variant } from './shop-types.ts';

export const eur = (amount: number): Money => ({ amount, currency: 'EUR' });

/** A vessel on a quiet ground, drawn as text so that no test asks the network. */
const still = (ground: string, glaze: string, shape: string, alt: string): Picture => ({
  url: `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500"><rect width="400" height="500" fill="${ground}"/><ellipse cx="205" cy="404" rx="120" ry="14" fill="#0002"/><path d="${shape}" fill="${glaze}"/></svg>`,
  )}`,
  width: 800,
  height: 1000,
  alt,
});

const shapes = {
  mug: 'M120 220h130v150a34 34 0 0 1-34 34h-62a34 34 0 0 1-34-34zM250 250h22a44 44 0 0 1 0 96h-22v-24h20a20 20 0 0 0 0-48h-20z',
  bowl: 'M80 260h240a120 120 0 0 1-84 132v12h-72v-12a120 120 0 0 1-84-132z',
  vase: 'M168 90h64v70c0 40 68 70 68 150 0 60-40 94-100 94s-100-34-100-94c0-80 68-110 68-150z',
  plate: 'M60 330h280c-10 44-60 74-140 74s-130-30-140-74z',
  jug: 'M140 150h110l20-24 10 34-20 34c20 40 44 70 44 120 0 60-44 90-108 90s-108-30-108-90c0-60 52-100 52-164z',
};

export interface Sold extends Product {
  readonly category: string;
  readonly compareAt?: Money;
}

const one = (
  id: string,
  name: string,
  category: string,
  price: number,
  picture: readonly [ground: string, glaze: string, shape: keyof typeof shapes],
  more: Partial<Variant> = {},
): Sold => ({
  id,
  slug: id,
  name,
  category,
  description: 'Thrown by hand and fired twice. Each piece is a little different.',
  images: [still(picture[0], picture[1], shapes[picture[2]], name)],
  options: [],
  variants: [{ id: `${id}-1`, values: [], price: eur(price), available: true, ...more }],
});

const mug: Sold = {
  ...one('mug', 'Morning mug', 'cups', 2400, ['#e8e2d8', '#7d8f86', 'mug']),
  description: 'Holds a large coffee and keeps it warm.\nThrown by hand, safe in the dishwasher.',
  images: [
    still('#e8e2d8', '#7d8f86', shapes.mug, 'Morning mug'),
    still('#dfe3e4', '#37474f', shapes.mug, 'The mug in slate'),
    still('#efe3d6', '#c98a5e', shapes.mug, 'The mug in clay'),
  ],
  options: [
    { name: 'Glaze', values: ['Sage', 'Slate', 'Clay'] },
    { name: 'Size', values: ['Small', 'Large'] },
  ],
  variants: ['Sage', 'Slate', 'Clay'].flatMap((glaze, g) =>
    ['Small', 'Large'].map((size, s) => ({
      id: `mug-${g}${s}`,
      values: [glaze, size],
      price: eur(2400 + s * 400),
      available: !(g === 2 && s === 1),
      ...(g === 1 && s === 0 ? { left: 3 } : {}),
    })),
  ),
};

export const products: readonly Sold[] = [
  mug,
  one('vase', 'Tall vase', 'vases', 6800, ['#d9dfe2', '#3f5a6b', 'vase'], { compareAt: eur(8500) }),
  one('bowl', 'Breakfast bowl', 'plates', 1950, ['#efe6dc', '#b9674a', 'bowl'], { left: 2 }),
  one('plate', 'Dinner plate', 'plates', 2800, ['#e4e6df', '#8a927b', 'plate']),
  one('jug', 'Milk jug', 'cups', 3200, ['#ece4e1', '#a9837a', 'jug'], { available: false }),
  one('cup', 'Espresso cup', 'cups', 1450, ['#e1e1e6', '#4b4a63', 'mug']),
  one('bud', 'Bud vase', 'vases', 2900, ['#eae7da', '#c9a84f', 'vase']),
  one('salad', 'Salad bowl', 'plates', 5400, ['#dde5e0', '#4f7a6a', 'bowl']),
];

/** More than are seen at a glance. */
export const many: readonly Sold[] = [
  ...products,
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(n =>
    one(`tile-${n}`, `Tile ${n}`, 'tiles', 500 + n * 10, ['#e6e6e6', '#777777', 'plate']),
  ),
];
