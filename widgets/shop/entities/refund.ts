/** Money that went back to a customer; written by the action `refund` alone. */
import { entity, f } from '../../../schemas/module/index.ts';

export const refund = entity({
  label: 'Refund',
  labelField: 'label',
  fields: {
    order: f.ref('order', 'cascade').readOnly(),
    label: f.text({ max: 600 }).readOnly(),
    amount: f.money().readOnly(),
    /** Of the amount, what the units it pays back were taxed with. */
    tax: f.money().readOnly(),
    lines: f
      .list(f.object({ line: f.ref('orderLine', 'cascade'), quantity: f.int({ min: 1 }) }), { max: 50 })
      .default([])
      .readOnly(),
    reason: f.text({ max: 500 }).optional().readOnly(),
  },
  access: { admin: { read: true }, staff: { read: true } },
  display: { columns: ['order', 'amount', 'reason'], sort: '-createdAt' },
});
