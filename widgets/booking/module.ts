/** Booking: appointments on any website, from a free time to a confirmed visit. */
import { defineModule, f } from '../../schemas/module/index.ts';
import { booking as bookingEntity } from './entities/booking.ts';
import { link } from './entities/link.ts';
import { service } from './entities/service.ts';
import { ids } from './ids.ts';

const who = {
  name: f.text({ min: 1, max: 120 }),
  email: f.text({ max: 254, format: 'email' }),
  phone: f.text({ max: 30, format: 'phone' }).optional(),
  note: f.text({ max: 2000 }).optional(),
  zone: f.zone().optional(),
  locale: f.text({ max: 35 }).optional(),
};
const slot = {
  service: f.ref('service'),
  staff: f.ref('calendar.resource').optional(),
  duration: f.duration({ min: 5, max: 1440 }).optional(),
  start: f.instant(),
};
const confirmation = {
  id: f.ref('booking'),
  status: f.enum(['confirmed', 'pending']),
  service: f.object({ name: f.text() }),
  staff: f.object({ name: f.text() }),
  start: f.instant(),
  end: f.instant(),
  zone: f.zone(),
  manageUrl: f.text(),
  ics: f.text(),
};
const anyone = ['admin', 'staff', 'public'] as const;
const eventPayload = { booking: f.ref('booking'), sequence: f.int() };

export const booking = defineModule({
  id: 'inlay.booking',
  version: '1.4.0',
  ids,
  type: 'app',
  label: 'Booking',
  description: 'Appointments with staff, working hours and buffers that fit the calendar.',
  icon: 'calendar-check',
  categories: ['scheduling'],
  requires: {
    calendar: { range: '^1.0.0', actions: ['directory', 'load', 'allocate', 'move', 'firm', 'extend', 'release'] },
    party: { range: '^1.0.0', actions: ['identify'] },
  },
  roles: { admin: { label: 'Manager' }, staff: { label: 'Staff' } },
  settings: {
    holdMinutes: f.duration({ min: 1, max: 60 }).default(10).label('Minutes a chosen time is kept'),
    phone: f.enum(['off', 'optional', 'required']).default('optional').label('Ask for a phone number'),
    cancelNotice: f
      .duration({ min: 0, max: 43_200 })
      .default(0)
      .label('Minutes before the start until which customers may change or cancel'),
    replyTo: f.text({ max: 254, format: 'email' }).optional().label('Answers to mails go to'),
  },
  errors: {
    SLOT_TAKEN: { status: 409, title: 'That time was just taken' },
    SLOT_UNAVAILABLE: { status: 409, title: 'That time is not offered' },
    HOLD_EXPIRED: { status: 409, title: 'The time you chose is no longer kept for you' },
    ALREADY_CONFIRMED: { status: 409, title: 'This time is booked already' },
    HOLD_NOT_RENEWABLE: { status: 409, title: 'The time cannot be kept longer' },
    TOO_MANY_HOLDS: { status: 409, title: 'You have several times on hold already' },
    TOO_SOON: { status: 422, title: 'That time is too close' },
    TOO_LATE: { status: 409, title: 'It is too late to change this appointment' },
    PHONE_REQUIRED: { status: 422, title: 'A phone number is needed' },
    RANGE_TOO_LONG: { status: 422, title: 'Ask for at most 62 days' },
    UNKNOWN_SERVICE: { status: 404, title: 'This service is not offered' },
    UNKNOWN_HOLD: { status: 404, title: 'This hold is not known' },
    UNKNOWN_LINK: { status: 404, title: 'This link is not known' },
    LINK_REPLACED: { status: 409, title: 'A newer link has replaced this one' },
  },
  entities: { service, booking: bookingEntity, link },
  events: { confirmed: eventPayload, requested: eventPayload, rescheduled: eventPayload, cancelled: eventPayload },
  actions: {
    catalogue: {
      description: 'Services and staff as visitors see them.',
      input: {},
      output: {
        business: f.object({ name: f.text(), zone: f.zone() }),
        services: f.list(
          f.object({
            id: f.ref('service'),
            slug: f.text(),
            name: f.text(),
            description: f.text().optional(),
            durations: f.list(f.duration()),
            price: f.money().optional(),
          }),
        ),
        staff: f.list(
          f.object({
            id: f.ref('calendar.resource'),
            name: f.text(),
            title: f.text().optional(),
            services: f.list(f.ref('service')),
          }),
        ),
        phone: f.enum(['off', 'optional', 'required']),
      },
      access: anyone,
      effect: 'read',
      system: true,
    },
    availability: {
      description: "Free times by day of the visitor's zone; `to` is exclusive.",
      input: {
        service: f.ref('service'),
        staff: f.ref('calendar.resource').optional(),
        duration: f.duration({ min: 5, max: 1440 }).optional(),
        from: f.date(),
        to: f.date(),
        zone: f.zone().optional(),
      },
      output: {
        zone: f.zone(),
        days: f.list(f.object({ date: f.date(), slots: f.list(f.instant()) })),
        next: f.date().optional(),
      },
      access: anyone,
      effect: 'read',
      system: true,
      limit: { perMinute: 240 },
    },
    hold: {
      description: 'Keeps a time for a few minutes.',
      input: slot,
      output: {
        hold: f.text(),
        staff: f.object({ id: f.ref('calendar.resource'), name: f.text() }),
        start: f.instant(),
        end: f.instant(),
        expiresAt: f.instant(),
      },
      access: anyone,
      effect: 'write',
      system: true,
      limit: { perMinute: 240 },
    },
    renew: {
      description: 'Keeps a held time once more as long.',
      input: { hold: f.text({ max: 60 }) },
      output: { expiresAt: f.instant() },
      access: anyone,
      effect: 'write',
      system: true,
    },
    release: {
      description: 'Gives a held time back.',
      input: { hold: f.text({ max: 60 }) },
      output: {},
      access: anyone,
      effect: 'write',
      system: true,
    },
    confirm: {
      description: 'Turns a hold into a booking.',
      input: { hold: f.text({ max: 60 }), ...who },
      output: confirmation,
      access: anyone,
      effect: 'write',
      system: true,
      limit: { perMinute: 240 },
    },
    book: {
      description: 'Books a time in one step, without a hold.',
      input: { ...slot, ...who },
      output: confirmation,
      access: anyone,
      effect: 'write',
      system: true,
      limit: { perMinute: 240 },
    },
    move: {
      description: 'Moves a booking to another time or another member of staff.',
      input: { booking: f.ref('booking'), start: f.instant(), staff: f.ref('calendar.resource').optional() },
      output: { start: f.instant(), end: f.instant() },
      access: ['admin', 'staff'],
      effect: 'write',
      system: true,
    },
    view: {
      description: 'A booking as its manage link shows it.',
      input: { token: f.text({ max: 60 }) },
      output: {
        id: f.ref('booking'),
        status: f.enum(['held', 'pending', 'confirmed', 'completed', 'noShow', 'cancelled', 'expired']),
        current: f.bool(),
        service: f.object({ id: f.ref('service'), name: f.text(), durations: f.list(f.duration()) }),
        staff: f.object({ id: f.ref('calendar.resource'), name: f.text() }),
        start: f.instant(),
        end: f.instant(),
        zone: f.zone(),
        canReschedule: f.bool(),
        canCancel: f.bool(),
      },
      access: anyone,
      effect: 'read',
      system: true,
      limit: { perMinute: 60 },
    },
    reschedule: {
      description: 'Moves a booking by its manage link; the link is replaced.',
      input: { token: f.text({ max: 60 }), start: f.instant(), staff: f.ref('calendar.resource').optional() },
      output: { start: f.instant(), end: f.instant(), token: f.text(), manageUrl: f.text() },
      access: anyone,
      effect: 'write',
      system: true,
      limit: { perMinute: 60 },
    },
    cancel: {
      description: 'Cancels a booking by its manage link.',
      input: { token: f.text({ max: 60 }), reason: f.text({ max: 500 }).optional() },
      output: { status: f.enum(['cancelled']) },
      access: anyone,
      effect: 'write',
      system: true,
      limit: { perMinute: 60 },
    },
  },
  subscribes: {
    sendConfirmation: 'booking.confirmed',
    sendRequest: 'booking.requested',
    sendChange: 'booking.rescheduled',
    sendCancellation: 'booking.cancelled',
  },
  jobs: { expireHolds: { payload: {} } },
  widgets: {
    booking: {
      tag: 'inlay-booking',
      label: 'Booking',
      surfaces: ['site', 'page'],
      props: { service: f.text().optional(), staff: f.text().optional() },
      actions: ['catalogue', 'availability', 'hold', 'renew', 'release', 'confirm'],
      prefetch: 'catalogue',
      chooses: { service: 'services' },
      height: 500,
      // One service of one person begins with the calendar, which on a phone is above the times.
      heights: { service: 740 },
      funnel: { steps: ['inlay:booking-held'], completes: ['inlay:booking-confirmed'] },
    },
    'booking-manage': {
      tag: 'inlay-booking-manage',
      label: 'Change or cancel a booking',
      surfaces: ['page'],
      actions: ['view', 'availability', 'reschedule', 'cancel'],
      height: 320,
      events: ['inlay:booking-rescheduled', 'inlay:booking-cancelled'],
    },
  },
  screens: { day: { label: 'Day', tag: 'inlay-booking-day' } },
});
