/** One line of an order, as it was when the order was placed. */
import { entity, f } from '../../../schemas/module/index.ts';

export const orderLine = entity({
  label: 'Order line',
  labelField: 'label',
  fields: {
    order: f.ref('order', 'cascade').readOnly(),
    label: f.text({ max: 400 }).readOnly(),
    position: f.int({ min: 0 }).readOnly(),
    variant: f.ref('variant').readOnly(),
    product: f.text({ max: 60 }).readOnly().hidden(),
    name: f.text({ max: 120 }).readOnly(),
    options: f.text({ max: 200 }).readOnly(),
    sku: f.text({ max: 60 }).readOnly().label('SKU'),
    picture: f.text({ max: 60 }).optional().readOnly().hidden(),
    quantity: f.int({ min: 1 }).readOnly(),
    unit: f.money().readOnly().label('Price of one'),
    discount: f.money().readOnly(),
    total: f.money().readOnly(),
    taxRate: f.decimal({ scale: 3 }).readOnly(),
    tax: f.money().readOnly(),
    tracked: f.bool().readOnly().hidden(),
    refunded: f.int({ min: 0 }).default(0).readOnly().label('Units refunded'),
    restocked: f.int({ min: 0 }).default(0).readOnly().label('Units back in stock'),
  },
  constraints: [{ name: 'refunded_within_quantity', check: { left: 'refunded', op: 'lte', right: 'quantity' } }],
  access: { admin: { read: true }, staff: { read: true } },
  display: { columns: ['name', 'options', 'sku', 'quantity', 'unit', 'total'], sort: 'position' },
});
