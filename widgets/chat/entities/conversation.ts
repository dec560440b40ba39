/** One visitor's talk with the business, from the first message over every later visit. */
import { campaignFields, entity, f } from '../../../schemas/module/index.ts';

const kept = { read: true, update: { fields: ['name', 'email', 'priority', 'labels'] } } as const;

export const conversation = entity({
  label: 'Conversation',
  labelField: 'name',
  fields: {
    number: f.sequence('{#}'),
    status: f.enum(['open', 'snoozed', 'resolved']).default('open').readOnly().index(),
    name: f.text({ max: 120 }).default('').search().pii(),
    email: f.text({ max: 254, format: 'email' }).optional().search().index().pii().label('E-mail'),
    /** Who it is at the business, where its website has vouched for it. */
    user: f.text({ max: 120 }).optional().readOnly().pii(),
    assignee: f.ref('agent', 'setNull').optional().readOnly().index(),
    priority: f.enum(['low', 'medium', 'high', 'urgent']).default('medium'),
    labels: f.list(f.text({ min: 1, max: 40 }), { max: 20 }).default([]),
    /** The last message that the visitor may see. */
    lastText: f.text({ max: 200 }).default('').readOnly().pii().label('Last message'),
    lastKind: f.enum(['visitor', 'agent', 'activity']).default('visitor').readOnly(),
    lastAt: f.instant().readOnly().index(),
    lastSeq: f.int({ min: 0 }).default(0).readOnly().hidden(),
    unread: f.int({ min: 0 }).default(0).readOnly(),
    /** Since the first message that nobody has answered. */
    waitingSince: f.instant().optional().readOnly(),
    dueAt: f.instant().optional().readOnly().index(),
    firstReplyAt: f.instant().optional().readOnly(),
    /** Of business hours, from the first message to the first answer. */
    replyMinutes: f.int({ min: 0 }).optional().readOnly().index().label('First reply, minutes'),
    snoozedUntil: f.instant().optional().readOnly(),
    /** When it is resolved by itself, unless somebody writes. */
    quietUntil: f.instant().optional().readOnly().hidden(),
    resolvedAt: f.instant().optional().readOnly(),
    /** Counts them; a rating is of one. */
    resolutions: f.int({ min: 0 }).default(0).readOnly().hidden(),
    rating: f.int({ min: 1, max: 5 }).optional().readOnly().help('Of the last resolution'),
    blocked: f.bool().default(false).readOnly(),
    pageUrl: f.text({ max: 2000 }).optional().readOnly(),
    pageTitle: f.text({ max: 200 }).optional().readOnly(),
    zone: f.zone().optional().readOnly().label("Visitor's time zone"),
    locale: f.text({ max: 35 }).default('en').readOnly().label('Language'),
    site: f.text({ max: 40 }).optional().readOnly(),
    ...campaignFields,
    tokenHash: f.text({ max: 60 }).optional().readOnly().hidden(),
    /** Counts tokens: a new one makes those before it void. */
    generation: f.int({ min: 1 }).default(1).readOnly().hidden(),
    /** The wait that the business was told of. */
    toldOf: f.instant().optional().readOnly().hidden(),
    /** Up to where messages went out by mail. */
    mailedSeq: f.int({ min: 0 }).default(0).readOnly().hidden(),
    transcriptAt: f.instant().optional().readOnly().hidden(),
  },
  constraints: [{ name: 'one_of_each_user', unique: ['user'], retry: true }],
  states: {
    field: 'status',
    initial: 'open',
    transitions: {
      snooze: { from: ['open', 'snoozed'], to: 'snoozed', roles: [] },
      wake: { from: ['snoozed'], to: 'open', roles: [], after: { field: 'snoozedUntil' } },
      resolve: { from: ['open', 'snoozed'], to: 'resolved', roles: [] },
      rest: { from: ['open'], to: 'resolved', roles: [], after: { field: 'quietUntil' } },
      reopen: { from: ['snoozed', 'resolved'], to: 'open', roles: [] },
    },
  },
  retention: { after: 730, from: 'lastAt', action: 'anonymise', where: { status: { eq: 'resolved' } } },
  access: { admin: kept, staff: kept },
  display: { columns: ['number', 'name', 'lastText', 'assignee', 'status'], sort: '-lastAt' },
});
