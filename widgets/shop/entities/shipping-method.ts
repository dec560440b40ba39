/** A way for goods to reach whoever bought them. */
import { entity, f } from '../../../schemas/module/index.ts';

export const shippingMethod = entity({
  label: 'Shipping method',
  labelField: 'name',
  fields: {
    name: f.text({ min: 1, max: 80 }),
    kind: f.enum(['ship', 'pickup']).default('ship'),
    price: f.money(),
    freeFrom: f.money().optional().label('Free from goods worth'),
    countries: f
      .list(f.text({ min: 2, max: 2 }), { max: 250 })
      .default([])
      .help('Country codes such as CZ; empty: everywhere'),
    note: f.text({ max: 300 }).optional().help('Such as how long it takes, or where to collect'),
    active: f.bool().default(true),
    position: f.int({ min: 0, max: 10_000 }).default(0),
  },
  constraints: [{ name: 'price_is_not_negative', check: { 'price.amount': { gte: 0 } } }],
  access: {
    admin: { read: true, create: true, update: true, delete: true },
    staff: { read: true },
  },
  display: { columns: ['name', 'kind', 'price', 'active'], sort: 'position' },
});
