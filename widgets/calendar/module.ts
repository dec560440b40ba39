/** Calendar: resources, their working time and what is already allotted. */
import { defineModule, entity, f, weeklyWindows } from '../../schemas/module/index.ts';
import { ids } from './ids.ts';

/** Minutes kept free beside an appointment. */
const buffer = () => f.duration({ min: 0, max: 1440 }).default(0);

const admins = { read: true, create: true, update: true, delete: true } as const;

/** Only these take up room: firm ones, and held ones that have not run out. */
const live = {
  or: [{ status: { eq: 'firm' } }, { status: { eq: 'held' }, expiresAt: { gt: { var: 'now' } } }],
} as const;

export const calendar = defineModule({
  id: 'inlay.calendar',
  version: '1.0.1',
  ids,
  type: 'system',
  label: 'Calendar',
  description: 'Staff, rooms and equipment, when they work, and what is allotted to whom.',
  icon: 'calendar',
  categories: ['system'],
  settings: {},
  errors: {
    SLOT_TAKEN: { status: 409, title: 'That time was just taken' },
    INVALID_WINDOW: { status: 422, title: 'These hours do not make sense' },
  },
  entities: {
    schedule: entity({
      label: 'Schedule',
      labelField: 'name',
      fields: {
        name: f.text({ max: 80 }),
        zone: f.zone(),
        windows: weeklyWindows().label('Weekly hours'),
      },
      access: { admin: admins, staff: { read: true } },
      display: { columns: ['name', 'zone'], sort: 'name' },
    }),
    resource: entity({
      label: 'Staff or resource',
      plural: 'Staff and resources',
      labelField: 'name',
      fields: {
        name: f.text({ max: 80 }).search(),
        title: f.text({ max: 80 }).optional().help('What customers see below the name'),
        kind: f.enum(['person', 'room', 'table', 'bed', 'equipment', 'chair']).default('person'),
        capacity: f.int({ min: 1, max: 10_000 }).default(1),
        schedule: f.ref('schedule').optional(),
        priority: f.int({ min: 0, max: 1000 }).default(100).help('Lower is offered first'),
        active: f.bool().default(true),
      },
      access: { admin: admins, staff: { read: true } },
      display: { columns: ['name', 'title', 'kind', 'active'], sort: 'name' },
    }),
    override: entity({
      label: 'Date override',
      fields: {
        date: f.date().index(),
        resource: f.ref('resource', 'cascade').optional().help('Empty: everyone, such as a public holiday'),
        windows: f
          .list(f.object({ start: f.localTime(), end: f.localTime(), endsNextDay: f.bool().default(false) }), {
            max: 20,
          })
          .help('Empty: closed all day'),
        note: f.text({ max: 200 }).optional(),
      },
      access: { admin: admins, staff: { read: true } },
      display: { columns: ['date', 'resource', 'note'], sort: '-date' },
    }),
    timeOff: entity({
      label: 'Time off',
      plural: 'Time off',
      fields: {
        resource: f.ref('resource', 'cascade'),
        start: f.instant(),
        end: f.instant().index(),
        reason: f.text({ max: 200 }).optional(),
      },
      constraints: [
        { name: 'time_off_ends_after_start', check: { left: 'start', op: 'lt', right: 'end' }, code: 'INVALID_WINDOW' },
      ],
      access: { admin: admins, staff: { read: true, create: true } },
      display: { columns: ['resource', 'start', 'end', 'reason'], sort: '-start' },
    }),
    allocation: entity({
      label: 'Allocation',
      fields: {
        resource: f.ref('resource'),
        start: f.instant(),
        end: f.instant(),
        before: buffer(),
        after: buffer(),
        /** The span with its buffers. */
        clearStart: f.instant(),
        clearEnd: f.instant(),
        /** The span that no other may touch: with its buffers, or without them where buffers may overlap each other. */
        blockStart: f.instant(),
        blockEnd: f.instant().index(),
        quantity: f.int({ min: 1 }).default(1),
        limit: f.int({ min: 1 }).default(1),
        status: f.enum(['held', 'firm', 'released']),
        expiresAt: f.instant().optional(),
        sourceType: f.text({ max: 80 }),
        sourceId: f.text({ max: 60 }).index(),
      },
      constraints: [
        { name: 'ends_after_start', check: { left: 'start', op: 'lt', right: 'end' }, code: 'INVALID_WINDOW' },
        {
          name: 'no_double_booking',
          noOverlap: { start: 'blockStart', end: 'blockEnd', scope: ['resource'] },
          where: { limit: { eq: 1 }, ...live },
          code: 'SLOT_TAKEN',
          retry: true,
        },
        {
          name: 'within_capacity',
          capacity: { start: 'blockStart', end: 'blockEnd', scope: ['resource'], quantity: 'quantity', limit: 'limit' },
          // Of every limit: places may have been added while others were booked.
          where: live,
          code: 'SLOT_TAKEN',
          retry: true,
        },
      ],
      access: { admin: { read: true }, staff: { read: true } },
      display: { columns: ['resource', 'start', 'end', 'status'], sort: '-start', internal: true },
    }),
  },
  events: {},
  actions: {
    directory: {
      description: 'Every resource by name, also those no longer active.',
      input: {},
      output: { resources: f.json() },
      access: ['module'],
      effect: 'read',
      system: true,
    },
    load: {
      description: 'Working time and live allocations of active resources in a span.',
      input: { from: f.instant(), to: f.instant(), except: f.ref('allocation').optional() },
      output: { resources: f.json() },
      access: ['module'],
      effect: 'read',
      system: true,
    },
    allocate: {
      description: 'Allots a resource for a span, held until `expiresAt` or firm.',
      input: {
        resource: f.ref('resource'),
        start: f.instant(),
        end: f.instant(),
        before: buffer(),
        after: buffer(),
        bufferMode: f.enum(['sum', 'max']).default('sum'),
        limit: f.int({ min: 1 }).default(1),
        quantity: f.int({ min: 1 }).default(1),
        expiresAt: f.instant().optional(),
        sourceType: f.text(),
        sourceId: f.text(),
      },
      output: { allocation: f.ref('allocation') },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    move: {
      description: 'Moves an allocation; its own old span does not stand in its way.',
      input: {
        allocation: f.ref('allocation'),
        resource: f.ref('resource'),
        start: f.instant(),
        end: f.instant(),
        before: buffer(),
        after: buffer(),
        bufferMode: f.enum(['sum', 'max']).default('sum'),
        limit: f.int({ min: 1 }).default(1),
      },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    firm: {
      description: 'Makes a held allocation firm, also after it ran out if nobody took its place.',
      input: { allocation: f.ref('allocation') },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    extend: {
      input: { allocation: f.ref('allocation'), expiresAt: f.instant() },
      access: ['module'],
      effect: 'write',
      system: true,
    },
    release: {
      description: 'Frees the span.',
      input: { allocation: f.ref('allocation') },
      access: ['module'],
      effect: 'write',
      system: true,
    },
  },
});
