/** Shop: products on any website, from a shelf to an order that is paid, sent and refunded. */
import { defineModule, f } from '../../schemas/module/index.ts';
import { category } from './entities/category.ts';
import { order } from './entities/order.ts';
import { orderLine } from './entities/order-line.ts';
import { product } from './entities/product.ts';
import { promotion } from './entities/promotion.ts';
import { refund } from './entities/refund.ts';
import { shippingMethod } from './entities/shipping-method.ts';
import { variant } from './entities/variant.ts';
import { ids } from './ids.ts';
import { cart, customer, lines, payments, picture, tax } from './shapes.ts';

const anyone = ['admin', 'staff', 'public'] as const;
const eventPayload = { order: f.ref('order') };
const orderEvent = { order: f.ref('order'), number: f.text() };

export const shop = defineModule({
  id: 'inlay.shop',
  version: '1.1.0',
  ids,
  type: 'app',
  label: 'Shop',
  description: 'Products with variants and stock, a cart, promo codes, and orders that are paid, sent and refunded.',
  icon: 'bag',
  categories: ['commerce'],
  requires: {
    stock: { range: '^1.0.0', actions: ['levels', 'open', 'reserve', 'release', 'take', 'put'] },
    party: { range: '^1.0.0', actions: ['identify'] },
  },
  roles: { admin: { label: 'Manager' }, staff: { label: 'Staff' } },
  settings: {
    currency: f.text({ min: 3, max: 3 }).default('EUR').label('Currency').help('Such as EUR; all prices are in it'),
    taxIncluded: f.bool().default(true).label('Prices have the tax in them'),
    taxRate: f.decimal({ scale: 3 }).default('0').label('Tax rate').help('Per cent, where a product says no other'),
    transfer: f.bool().default(true).label('Payment by transfer'),
    transferInstructions: f
      .text({ max: 1000 })
      .optional()
      .label('How to transfer')
      .help('Account and name; the number of the order is added'),
    transferDays: f
      .int({ min: 0, max: 365 })
      .default(14)
      .label('Days an order waits for a transfer')
      .help('It is cancelled then, and its goods are free again; 0: it waits'),
    onDelivery: f.bool().default(false).label('Payment on delivery'),
    atPickup: f.bool().default(true).label('Payment at pickup'),
    replyTo: f.text({ max: 254, format: 'email' }).optional().label('Answers to mails go to'),
  },
  errors: {
    PRICE_CHANGED: { status: 409, title: 'The price has changed' },
    OUT_OF_STOCK: { status: 409, title: 'There is not enough left' },
    NOT_OFFERED: { status: 409, title: 'This is not offered any more' },
    UNKNOWN_CODE: { status: 422, title: 'This code is not known' },
    CODE_EXPIRED: { status: 409, title: 'This code is not valid now' },
    CODE_USED_UP: { status: 409, title: 'This code is used up' },
    CODE_NOT_APPLICABLE: { status: 422, title: 'This code does not fit what is in the cart' },
    PROMOTION_INCOMPLETE: { status: 422, title: 'A promotion needs its per cent, or its amount' },
    EMPTY_CART: { status: 422, title: 'There is nothing in the cart' },
    ADDRESS_REQUIRED: { status: 422, title: 'An address is needed' },
    UNKNOWN_SHIPPING: { status: 422, title: 'Choose how it gets to you' },
    UNKNOWN_PAYMENT: { status: 422, title: 'Choose how to pay' },
    TOO_MANY_ORDERS: { status: 409, title: 'Several of your orders wait to be paid already' },
    UNKNOWN_PAGE: { status: 422, title: 'This page is not known' },
    UNKNOWN_PRODUCT: { status: 404, title: 'This product is not offered' },
    UNKNOWN_LINK: { status: 404, title: 'This link is not known' },
    TOO_LATE: { status: 409, title: 'It is too late to cancel this order' },
    UNKNOWN_ORDER: { status: 404, title: 'This order is not known' },
    NOT_PAID: { status: 409, title: 'There is nothing to refund' },
    REFUND_TOO_LARGE: { status: 409, title: 'That is more than there is to refund' },
  },
  entities: { order, product, variant, category, promotion, shippingMethod, orderLine, refund },
  events: { placed: orderEvent, paid: eventPayload, shipped: eventPayload, cancelled: eventPayload },
  actions: {
    catalogue: {
      description: 'A page of products as visitors see them, of one category or found by words.',
      input: {
        category: f.text({ max: 60 }).optional(),
        q: f.text({ max: 80 }).optional(),
        cursor: f.text({ max: 400 }).optional(),
      },
      output: {
        business: f.object({ name: f.text(), currency: f.text() }),
        categories: f.list(f.object({ slug: f.text(), name: f.text() })),
        products: f.list(
          f.object({
            id: f.ref('product'),
            slug: f.text(),
            name: f.text(),
            image: picture().optional(),
            price: f.money(),
            from: f.bool(),
            compareAt: f.money().optional(),
            available: f.bool(),
            variant: f.ref('variant').optional(),
          }),
        ),
        next: f.text().optional(),
      },
      access: anyone,
      effect: 'read',
      system: true,
      limit: { perMinute: 240 },
    },
    product: {
      description: 'One product with its variants, by id or slug.',
      input: { product: f.text({ max: 60 }) },
      output: {
        id: f.ref('product'),
        slug: f.text(),
        name: f.text(),
        description: f.text().optional(),
        images: f.list(picture()),
        options: f.list(f.object({ name: f.text(), values: f.list(f.text()) })),
        variants: f.list(
          f.object({
            id: f.ref('variant'),
            values: f.list(f.text()),
            price: f.money(),
            compareAt: f.money().optional(),
            available: f.bool(),
            left: f.int().optional(),
          }),
        ),
      },
      access: anyone,
      effect: 'read',
      system: true,
      limit: { perMinute: 240 },
    },
    price: {
      description: 'What a cart costs, and why; `version` is what an order of it names.',
      input: { ...cart, shipping: f.ref('shippingMethod').optional() },
      output: {
        version: f.text(),
        lines: lines(),
        subtotal: f.money(),
        discount: f.money(),
        code: f
          .object({
            code: f.text(),
            label: f.text().optional(),
            problem: f.enum(['UNKNOWN_CODE', 'CODE_EXPIRED', 'CODE_USED_UP', 'CODE_NOT_APPLICABLE']).optional(),
          })
          .optional(),
        shipping: f.object({
          options: f.list(
            f.object({
              id: f.ref('shippingMethod'),
              name: f.text(),
              kind: f.enum(['ship', 'pickup']),
              price: f.money(),
              note: f.text().optional(),
            }),
          ),
          chosen: f.ref('shippingMethod').optional(),
          price: f.money(),
        }),
        tax: tax(),
        total: f.money(),
        payments: f.list(f.object({ id: f.enum(payments), name: f.text() })),
        why: f.list(f.object({ label: f.text(), amount: f.money() })),
      },
      access: anyone,
      effect: 'read',
      system: true,
      limit: { perMinute: 240 },
    },
    order: {
      description: 'Places an order and holds its goods.',
      input: {
        ...cart,
        shipping: f.ref('shippingMethod'),
        payment: f.enum(payments),
        version: f.text({ max: 2000 }),
        ...customer,
      },
      output: {
        id: f.ref('order'),
        number: f.text(),
        status: f.enum(['open']),
        total: f.money(),
        payment: f.object({ id: f.enum(payments), instructions: f.text().optional() }),
        url: f.text(),
        lines: lines(),
      },
      access: anyone,
      effect: 'write',
      system: true,
      limit: { perMinute: 60 },
    },
    view: {
      description: 'An order as its link shows it.',
      input: { token: f.text({ max: 60 }) },
      output: {
        id: f.ref('order'),
        number: f.text(),
        placedAt: f.instant(),
        status: f.enum(['open', 'completed', 'cancelled']),
        paymentStatus: f.enum(['awaiting', 'paid', 'partiallyRefunded', 'refunded']),
        fulfilmentStatus: f.enum(['unfulfilled', 'fulfilled', 'delivered']),
        lines: lines(),
        subtotal: f.money(),
        discount: f.money(),
        shipping: f.object({ name: f.text(), kind: f.enum(['ship', 'pickup']), price: f.money() }),
        tax: tax(),
        total: f.money(),
        payment: f.object({ id: f.enum(payments), instructions: f.text().optional() }),
        tracking: f.text().optional(),
        canCancel: f.bool(),
        name: f.text(),
      },
      access: anyone,
      effect: 'read',
      system: true,
      limit: { perMinute: 60 },
    },
    cancel: {
      description: 'Cancels an order by its link.',
      input: { token: f.text({ max: 60 }) },
      output: { status: f.enum(['cancelled']) },
      access: anyone,
      effect: 'write',
      system: true,
      limit: { perMinute: 60 },
    },
    refund: {
      description: 'Notes money that goes back: for units of lines, else an amount, else all that is left.',
      input: {
        order: f.ref('order'),
        lines: f
          .list(f.object({ line: f.ref('orderLine'), quantity: f.int({ min: 1, max: 99 }) }), { max: 50 })
          .optional(),
        amount: f.money().optional(),
        restock: f.bool().default(false),
        reason: f.text({ max: 500 }).optional(),
      },
      output: {
        refund: f.ref('refund'),
        amount: f.money(),
        tax: f.money(),
        paymentStatus: f.enum(['partiallyRefunded', 'refunded']),
      },
      access: ['admin', 'staff'],
      effect: 'write',
      system: true,
    },
  },
  subscribes: {
    keepStock: 'shop.variant.created',
    sendPlaced: 'shop.placed',
    sendShipped: 'shop.shipped',
    sendCancelled: 'shop.cancelled',
  },
  jobs: { lapse: { payload: { order: f.ref('order') } } },
  widgets: {
    shop: {
      tag: 'inlay-shop',
      label: 'Shop',
      surfaces: ['site', 'page'],
      props: { product: f.text().optional(), category: f.text().optional() },
      actions: ['catalogue', 'product', 'price', 'order'],
      prefetch: 'catalogue',
      height: 780,
      funnel: {
        steps: ['inlay:shop-added', 'inlay:shop-checkout'],
        completes: ['inlay:shop-ordered'],
      },
    },
    'shop-order': {
      tag: 'inlay-shop-order',
      label: 'An order and how far it is',
      surfaces: ['page'],
      actions: ['view', 'cancel'],
      height: 320,
      events: ['inlay:shop-cancelled'],
    },
  },
});
