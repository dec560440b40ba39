/** What can be booked. */
import { entity, f } from '../../../schemas/module/index.ts';

export const service = entity({
  label: 'Service',
  labelField: 'name',
  fields: {
    name: f.text({ max: 120 }).search(),
    slug: f.text({ max: 60, format: 'slug' }).unique(),
    description: f.text({ max: 500 }).optional(),
    durations: f.list(f.duration({ min: 5, max: 1440 }), { max: 10 }).help('Minutes; the first is the usual one'),
    price: f.money().optional(),
    staff: f.list(f.ref('calendar.resource'), { max: 200 }).default([]).help('Who offers it; empty: everyone'),
    bufferBefore: f.duration({ min: 0, max: 480 }).default(0),
    bufferAfter: f.duration({ min: 0, max: 480 }).default(0),
    bufferMode: f.enum(['sum', 'max']).default('sum').help('Whether neighbouring buffers add up or overlap'),
    slotStep: f.duration({ min: 5, max: 240 }).default(30).help('Minutes between offered times'),
    minNotice: f.duration({ min: 0, max: 525_600 }).default(60).help('Minutes before the start when booking closes'),
    horizonDays: f.int({ min: 1, max: 730 }).default(90).help('How many days ahead can be booked'),
    approval: f.enum(['auto', 'manual']).default('auto'),
    active: f.bool().default(true).index(),
    position: f.int({ min: 0, max: 10_000 }).default(0),
  },
  access: {
    admin: { read: true, create: true, update: true, delete: true },
    staff: { read: true },
    public: {
      read: {
        where: { active: { eq: true } },
        fields: ['name', 'slug', 'description', 'durations', 'price', 'position'],
      },
    },
  },
  display: { columns: ['name', 'durations', 'price', 'active'], sort: 'position' },
});
