/** Parts that several of the shop's actions take or give. */
import { f } from '../../schemas/module/index.ts';

/** Lines of a cart: what the page keeps, and all that it may say of a price. */
export const cart = {
  lines: f.list(f.object({ variant: f.ref('variant'), quantity: f.int({ min: 1, max: 99 }) }), { max: 50 }),
  code: f.text({ max: 40 }).optional(),
  country: f.text({ min: 2, max: 2 }).optional(),
};

/** Pixels are those of the picture's frame, whose shape it has. */
export const picture = () => f.object({ url: f.text(), width: f.int(), height: f.int(), alt: f.text() });

/** `total` is what is paid for the line, its discount taken off; `left` is told where it is 5 or fewer, or fewer than asked for. */
const line = f.object({
  variant: f.ref('variant'),
  product: f.text(),
  name: f.text(),
  options: f.text(),
  image: picture().optional(),
  quantity: f.int(),
  unit: f.money(),
  total: f.money(),
  discount: f.money(),
  left: f.int().optional(),
  problem: f.enum(['OUT_OF_STOCK', 'NOT_OFFERED']).optional(),
});

export const lines = () => f.list(line);

export const payments = ['transfer', 'delivery', 'pickup'] as const;

/** `amount` is what is in the total, or comes on top of it where it is not `included`. */
export const tax = () =>
  f.object({
    included: f.bool(),
    amount: f.money(),
    lines: f.list(f.object({ rate: f.decimal({ scale: 3 }), amount: f.money() })),
  });

/** Whoever buys. */
export const customer = {
  name: f.text({ min: 1, max: 120 }),
  email: f.text({ max: 254, format: 'email' }),
  phone: f.text({ max: 30, format: 'phone' }).optional(),
  address: f.address().optional(),
  note: f.text({ max: 2000 }).optional(),
  locale: f.text({ max: 35 }).optional(),
  zone: f.zone().optional(),
};
