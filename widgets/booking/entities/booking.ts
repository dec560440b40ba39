/** One appointment, from hold to history. */
import { campaignFields, entity, f } from '../../../schemas/module/index.ts';

const desk = ['admin', 'staff'] as const;

export const booking = entity({
  label: 'Booking',
  labelField: 'name',
  fields: {
    status: f
      .enum(['held', 'pending', 'confirmed', 'completed', 'noShow', 'cancelled', 'expired'])
      .default('held')
      .readOnly()
      .index(),
    start: f.instant().readOnly().index(),
    end: f.instant().readOnly(),
    service: f.ref('service').readOnly(),
    resource: f.ref('calendar.resource').readOnly().label('With'),
    person: f.ref('party.person', 'setNull').optional().readOnly(),
    name: f.text({ max: 120 }).default('').search().pii(),
    email: f.text({ max: 254, format: 'email' }).optional().pii(),
    phone: f.text({ max: 20, format: 'phone' }).optional().pii(),
    note: f.text({ max: 2000 }).optional().pii(),
    price: f.money().optional().readOnly(),
    zone: f.zone().readOnly().label("Customer's time zone"),
    locale: f.text({ max: 35 }).default('en').readOnly(),
    cancelReason: f.text({ max: 500 }).optional(),
    site: f.text({ max: 40 }).optional().readOnly(),
    ...campaignFields,
    allocation: f.ref('calendar.allocation').optional().readOnly().hidden(),
    expiresAt: f.instant().optional().readOnly(),
    renewed: f.bool().default(false).readOnly().hidden(),
    holdHash: f.text({ max: 60 }).optional().readOnly().hidden().unique(),
    /** The visit, by its embed token, that holds the time. */
    visitor: f.text({ max: 60 }).optional().readOnly().hidden().index(),
    callerHash: f.text({ max: 60 }).optional().readOnly().hidden().index(),
    /** Counts published changes (RFC 5545 section 3.8.7.4). */
    sequence: f.int({ min: 0 }).default(0).readOnly(),
  },
  constraints: [{ name: 'ends_after_start', check: { left: 'start', op: 'lt', right: 'end' } }],
  states: {
    field: 'status',
    initial: 'held',
    transitions: {
      book: { from: ['held'], to: 'confirmed', roles: [] },
      request: { from: ['held'], to: 'pending', roles: [] },
      expire: { from: ['held'], to: 'expired', roles: [] },
      confirm: { label: 'Confirm', from: ['held', 'pending'], to: 'confirmed', roles: desk },
      complete: { label: 'Complete', from: ['confirmed'], to: 'completed', roles: desk },
      noShow: { label: 'No-show', from: ['confirmed'], to: 'noShow', roles: desk },
      cancel: { label: 'Cancel', from: ['held', 'pending', 'confirmed'], to: 'cancelled', roles: desk, danger: true },
    },
  },
  access: {
    admin: { read: true, update: { fields: ['name', 'email', 'phone', 'note', 'cancelReason'] } },
    staff: { read: true, update: { fields: ['name', 'email', 'phone', 'note', 'cancelReason'] } },
  },
  display: { columns: ['start', 'name', 'service', 'resource', 'status'], sort: '-start' },
});
