/** A code that makes an order cheaper. */
import { entity, f } from '../../../schemas/module/index.ts';

export const promotion = entity({
  label: 'Promotion',
  labelField: 'code',
  fields: {
    code: f.text({ min: 1, max: 40 }).unique().search(),
    label: f.text({ max: 120 }).optional().help('What customers see beside the code'),
    kind: f.enum(['freeShipping', 'percent', 'fixed']),
    percent: f.decimal({ scale: 2 }).optional().help('Of the goods'),
    amount: f.money().optional().help('Off the goods together, at most what they cost'),
    minSubtotal: f.money().optional().label('From goods worth'),
    startsAt: f.instant().optional(),
    endsAt: f.instant().optional(),
    usageLimit: f.int({ min: 1, max: 1_000_000 }).optional().label('Uses at most'),
    perCustomer: f.int({ min: 1, max: 1000 }).optional().label('Uses per customer at most'),
    active: f.bool().default(true),
    used: f.int({ min: 0 }).default(0).readOnly(),
  },
  constraints: [
    { name: 'percent_is_a_part', check: { percent: { between: ['0.01', '100'] } } },
    {
      name: 'kind_has_its_value',
      check: {
        or: [
          { kind: { eq: 'freeShipping' } },
          { kind: { eq: 'percent' }, percent: { null: false } },
          { kind: { eq: 'fixed' }, 'amount.amount': { gt: 0 } },
        ],
      },
      code: 'PROMOTION_INCOMPLETE',
    },
    {
      name: 'within_its_limit',
      check: { left: 'used', op: 'lte', right: 'usageLimit' },
      code: 'CODE_USED_UP',
      retry: true,
    },
    { name: 'ends_after_start', check: { left: 'startsAt', op: 'lt', right: 'endsAt' } },
  ],
  access: {
    admin: { read: true, create: true, update: true, delete: true },
    staff: { read: true },
  },
  display: { columns: ['code', 'kind', 'used', 'usageLimit', 'endsAt', 'active'], sort: 'code' },
});
