/** What the desk does. */
import { f } from '../../../schemas/module/index.ts';
import { clientId, conversation, deskMessage, status, text } from './shapes.ts';

const desk = ['admin', 'staff'] as const;
const of = { conversation: f.ref('conversation') };
const read = { access: desk, effect: 'read', system: true } as const;
const write = { access: desk, effect: 'write', system: true } as const;
const said = { input: { ...of, clientId: clientId(), text: text() }, output: { message: f.object(deskMessage) } };

export const deskActions = {
  inbox: {
    description: 'Conversations, the latest first.',
    input: {
      status: status().optional(),
      mine: f.bool().optional(),
      /** Nobody's; it goes before `mine`. */
      unassigned: f.bool().optional(),
      q: f.text({ max: 100 }).optional(),
      cursor: f.text({ max: 100 }).optional(),
    },
    output: {
      conversations: f.list(f.object(conversation)),
      counts: f.object({ open: f.int(), mine: f.int(), unassigned: f.int(), snoozed: f.int() }),
      next: f.text().optional(),
    },
    ...read,
  },
  attend: {
    description: 'Says that whoever calls is at the desk; good for two minutes.',
    input: {},
    output: {},
    ...write,
  },
  open: {
    description: 'One conversation whole, with its notes: its latest messages, and those before them by `before`.',
    input: { ...of, before: f.int({ min: 1 }).optional() },
    output: {
      conversation: f.object(conversation),
      messages: f.list(f.object(deskMessage)),
      more: f.bool(),
      /** The highest seq that the visitor has seen. */
      seen: f.int(),
      typing: f.bool(),
      visitor: f.object({
        page: f.object({ url: f.text(), title: f.text().optional() }).optional(),
        locale: f.text(),
        zone: f.zone().optional(),
        past: f.list(f.object({ id: f.ref('conversation'), number: f.text(), at: f.instant() })),
      }),
    },
    ...read,
  },
  claim: {
    description: 'Takes a conversation that is nobody’s.',
    input: of,
    output: { assignee: f.object({ id: f.ref('agent'), name: f.text() }) },
    ...write,
  },
  assign: {
    description: 'Gives a conversation to somebody, or without `member` to nobody.',
    input: { ...of, member: f.ref('agent').optional() },
    output: {},
    ...write,
  },
  reply: { description: 'Answers the visitor.', ...said, ...write },
  note: { description: 'Writes what only colleagues see.', ...said, ...write },
  snooze: {
    description: 'Puts a conversation away until then, or until the visitor writes.',
    input: { ...of, until: f.instant() },
    output: {},
    ...write,
  },
  resolve: { description: 'Ends a conversation; the visitor may rate it.', input: of, output: {}, ...write },
  reopen: { description: 'Opens a conversation again.', input: of, output: {}, ...write },
  label: {
    description: 'Sets labels and how urgent it is.',
    input: {
      ...of,
      labels: f.list(f.text({ min: 1, max: 40 }), { max: 20 }).optional(),
      priority: f.enum(['low', 'medium', 'high', 'urgent']).optional(),
    },
    output: {},
    ...write,
  },
  block: {
    description: 'Lets what this visitor writes no longer come up; with `blocked: false` again.',
    input: { ...of, blocked: f.bool().default(true) },
    output: {},
    ...write,
  },
  look: {
    description: 'Says how far the desk has read, and whether somebody is typing.',
    input: { ...of, seen: f.int({ min: 0 }), typing: f.bool().default(false) },
    output: {},
    ...write,
  },
  identitySecret: {
    description:
      'The secret with which the website vouches for its users; a new `version` in the settings makes a new one.',
    input: {},
    output: { secret: f.text() },
    access: ['admin'],
    effect: 'read',
  },
} as const;
