/** Stock: how much there is of what, how much of it is promised, and every change of either. */
import { defineModule, entity, f } from '../../schemas/module/index.ts';
import { ids } from './ids.ts';

const desk = ['admin', 'staff'] as const;
/** What a thing is known by: `module.entity:id` of whoever keeps stock of it. */
const item = () => f.text({ min: 1, max: 120 });
const quantity = () => f.int({ min: 1, max: 1_000_000 });
const several = { items: f.list(f.object({ item: item(), quantity: quantity() }), { max: 200 }) };
const source = { source: f.text({ max: 120 }).optional() };
const changed = { read: true, update: { fields: ['onHand'] } } as const;

export const stock = defineModule({
  id: 'inlay.stock',
  version: '1.0.0',
  ids,
  type: 'system',
  label: 'Stock',
  description: 'How much there is of what, and how much of it is promised.',
  icon: 'box',
  categories: ['system'],
  settings: {},
  errors: {
    OUT_OF_STOCK: { status: 409, title: 'There is not enough left' },
    UNKNOWN_ITEM: { status: 404, title: 'No stock is kept of this' },
    NOT_RESERVED: { status: 409, title: 'So much is not reserved' },
  },
  entities: {
    level: entity({
      label: 'Stock level',
      labelField: 'label',
      fields: {
        item: item().readOnly(),
        label: f.text({ max: 200 }).search().readOnly(),
        onHand: f.int({ min: -1_000_000, max: 10_000_000 }).default(0).help('What is there, promised or not'),
        reserved: f.int({ min: 0 }).default(0).readOnly().help('Promised to orders that have not left'),
        backorder: f.bool().default(false).readOnly().help('Whether more may be promised than there is'),
      },
      constraints: [
        { name: 'one_level_per_item', unique: ['item'], retry: true },
        {
          name: 'enough_on_hand',
          check: { left: 'reserved', op: 'lte', right: 'onHand' },
          where: { backorder: { eq: false } },
          code: 'OUT_OF_STOCK',
          retry: true,
        },
        { name: 'reserved_is_not_negative', check: { reserved: { gte: 0 } }, code: 'NOT_RESERVED', retry: true },
      ],
      access: { admin: changed, staff: changed },
      display: { columns: ['label', 'onHand', 'reserved'], sort: 'label' },
    }),
    movement: entity({
      label: 'Stock movement',
      fields: {
        level: f.ref('level', 'cascade').readOnly(),
        kind: f.enum(['reserve', 'release', 'take', 'put']).readOnly(),
        quantity: f.int().readOnly(),
        source: f.text({ max: 120 }).optional().readOnly().index(),
      },
      access: { admin: { read: true }, staff: { read: true } },
      display: { columns: ['level', 'kind', 'quantity', 'source'], sort: '-createdAt' },
    }),
  },
  events: {},
  actions: {
    levels: {
      description: 'What there is of these things; those of which no stock is kept are left out.',
      input: { items: f.list(item(), { max: 500 }) },
      output: {
        levels: f.list(f.object({ item: item(), onHand: f.int(), reserved: f.int(), backorder: f.bool() })),
      },
      access: ['module', ...desk],
      effect: 'read',
      system: true,
    },
    open: {
      description: 'Begins to keep stock of a thing, with nothing there; once more changes nothing.',
      input: { item: item(), label: f.text({ max: 200 }) },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    reserve: {
      description: 'Promises several things at once: all of them, or none.',
      input: {
        items: f.list(f.object({ item: item(), quantity: quantity(), backorder: f.bool().default(false) }), {
          max: 200,
        }),
        ...source,
      },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    release: {
      description: 'Takes promises back.',
      input: { ...several, ...source },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    take: {
      description: 'What was promised leaves.',
      input: { ...several, ...source },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    put: {
      description: 'Things arrive, or come back; of what is new, stock is kept from now on.',
      input: { ...several, ...source },
      access: ['module', ...desk],
      effect: 'write',
      system: true,
    },
  },
});
