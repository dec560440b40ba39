/** One order. `status` is its state; payment and fulfilment go their own ways beside it, by transitions alone (decision 225). */
import { campaignFields, entity, f } from '../../../schemas/module/index.ts';

const desk = ['admin', 'staff'] as const;
const open = { from: ['open'], to: 'open', roles: desk } as const;
const changed = { read: true, update: { fields: ['name', 'email', 'phone', 'address', 'note', 'tracking'] } } as const;

export const order = entity({
  label: 'Order',
  labelField: 'number',
  fields: {
    number: f.sequence('{yyyy}-{####}', { reset: 'yearly' }),
    status: f.enum(['open', 'completed', 'cancelled']).default('open').readOnly().index(),
    paymentStatus: f.enum(['awaiting', 'paid', 'partiallyRefunded', 'refunded']).default('awaiting').readOnly().index(),
    fulfilmentStatus: f.enum(['unfulfilled', 'fulfilled', 'delivered']).default('unfulfilled').readOnly().index(),
    name: f.text({ max: 120 }).search().pii(),
    email: f.text({ max: 254, format: 'email' }).pii(),
    phone: f.text({ max: 30, format: 'phone' }).optional().pii(),
    address: f.address().optional().pii(),
    note: f.text({ max: 2000 }).optional().pii(),
    person: f.ref('party.person', 'setNull').optional().readOnly(),
    payment: f.enum(['transfer', 'delivery', 'pickup']).readOnly(),
    shipping: f.ref('shippingMethod', 'setNull').optional().readOnly(),
    shippingName: f.text({ max: 80 }).readOnly(),
    shippingKind: f.enum(['ship', 'pickup']).readOnly(),
    shippingPrice: f.money().readOnly(),
    tracking: f.text({ max: 200 }).optional().help('Number or address to follow the parcel by'),
    promotion: f.ref('promotion', 'setNull').optional().readOnly(),
    code: f.text({ max: 40 }).optional().readOnly(),
    subtotal: f.money().readOnly(),
    discount: f.money().readOnly(),
    tax: f.money().readOnly(),
    taxIncluded: f.bool().readOnly(),
    taxLines: f.list(f.object({ rate: f.decimal({ scale: 3 }), amount: f.money() }), { max: 20 }).readOnly(),
    total: f.money().readOnly(),
    refunded: f.money().readOnly(),
    paidAt: f.instant().optional().readOnly(),
    shippedAt: f.instant().optional().readOnly(),
    /** Where its goods are: promised, gone, or back. */
    goods: f.enum(['reserved', 'taken', 'returned']).default('reserved').readOnly().hidden(),
    site: f.text({ max: 40 }).optional().readOnly().hidden(),
    ...campaignFields,
    locale: f.text({ max: 35 }).default('en').readOnly(),
    zone: f.zone().readOnly(),
    linkHash: f.text({ max: 60 }).optional().readOnly().hidden().unique(),
    callerHash: f.text({ max: 60 }).optional().readOnly().hidden().index(),
  },
  constraints: [
    {
      name: 'refunds_within_the_total',
      check: { left: 'refunded', op: 'lte', right: 'total' },
      code: 'REFUND_TOO_LARGE',
    },
  ],
  states: {
    field: 'status',
    initial: 'open',
    transitions: {
      pay: {
        ...open,
        label: 'Mark as paid',
        where: { paymentStatus: ['awaiting'] },
        reason: 'It is paid already.',
      },
      ship: {
        ...open,
        label: 'Mark as shipped',
        where: { fulfilmentStatus: ['unfulfilled'] },
        reason: 'It has left already.',
      },
      deliver: {
        ...open,
        label: 'Mark as delivered',
        where: { fulfilmentStatus: ['fulfilled'] },
        reason: 'What is delivered has left first, and arrives once.',
      },
      complete: {
        label: 'Complete',
        from: ['open'],
        to: 'completed',
        roles: desk,
        where: { fulfilmentStatus: ['delivered'], paymentStatus: ['paid', 'partiallyRefunded', 'refunded'] },
        reason: 'An order is complete when it is paid and delivered.',
      },
      cancel: {
        label: 'Cancel',
        from: ['open'],
        to: 'cancelled',
        roles: desk,
        danger: true,
        askReason: 'optional',
        where: { fulfilmentStatus: ['unfulfilled'], paymentStatus: ['awaiting', 'refunded'] },
        reason: 'What has left cannot be cancelled, and what is paid is refunded first.',
      },
    },
  },
  access: { admin: changed, staff: changed },
  display: {
    columns: ['number', 'name', 'total', 'paymentStatus', 'fulfilmentStatus', 'status'],
    sort: '-createdAt',
  },
});
