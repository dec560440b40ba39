/** One form of a product that can be put into a cart. */
import { entity, f } from '../../../schemas/module/index.ts';

export const variant = entity({
  label: 'Variant',
  labelField: 'sku',
  fields: {
    product: f.ref('product'),
    sku: f.text({ min: 1, max: 60 }).unique().search().label('SKU'),
    values: f
      .list(f.text({ min: 1, max: 60 }), { max: 3 })
      .default([])
      .help("One for each of the product's options"),
    price: f.money(),
    compareAt: f.money().optional().label('Price before').help('Shown struck through where it is higher'),
    weight: f.int({ min: 0, max: 10_000_000 }).optional().help('Grams'),
    trackStock: f.bool().default(true).help('Sells what the stock level says is left'),
    allowBackorder: f.bool().default(false).help('Sells on when nothing is left'),
    active: f.bool().default(true),
    position: f.int({ min: 0, max: 10_000 }).default(0),
  },
  constraints: [{ name: 'price_is_not_negative', check: { 'price.amount': { gte: 0 } } }],
  access: {
    admin: { read: true, create: true, update: true, delete: true },
    staff: { read: true, create: true, update: true },
  },
  display: { columns: ['sku', 'product', 'values', 'price', 'active'], sort: 'position' },
});
