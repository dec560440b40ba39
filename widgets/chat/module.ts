/** Chat: visitors write from any website, the desk answers, and the talk goes on over their visits. */
import { defineModule, f, weeklyWindows } from '../../schemas/module/index.ts';
import { deskActions } from './actions/desk.ts';
import { visitorActions } from './actions/visitor.ts';
import { agent } from './entities/agent.ts';
import { attendance } from './entities/attendance.ts';
import { canned } from './entities/canned.ts';
import { conversation } from './entities/conversation.ts';
import { message } from './entities/message.ts';
import { rating } from './entities/rating.ts';
import { ids } from './ids.ts';

const eventPayload = { conversation: f.ref('conversation') };
const jobPayload = { payload: eventPayload };
const asked = ['off', 'optional', 'required'] as const;

export const chat = defineModule({
  id: 'inlay.chat',
  version: '1.1.0',
  ids,
  type: 'app',
  label: 'Chat',
  description: 'Talk with visitors of any website, and an inbox to answer from.',
  icon: 'chat',
  categories: ['customers'],
  roles: { admin: { label: 'Manager' }, staff: { label: 'Staff' } },
  settings: {
    greeting: f.text({ max: 300 }).optional(),
    hours: weeklyWindows().default([]).label('Hours').help('When somebody answers; empty: always'),
    zone: f.zone().optional().label('Time zone of the hours').help("Empty: the business's"),
    askName: f.enum(asked).default('optional').label('Ask for a name'),
    askEmail: f
      .enum(asked)
      .default('optional')
      .label('Ask for an e-mail address')
      .help('Outside the hours it is needed'),
    notify: f.text({ max: 254, format: 'email' }).optional().label('Tell this address of what nobody has answered'),
    notifyAfter: f.duration({ min: 1, max: 1440 }).default(5).label('Minutes until it is told'),
    firstReply: f.duration({ min: 1, max: 10_080 }).default(30).label('Minutes of the hours within which we answer'),
    capacity: f
      .int({ min: 0, max: 100 })
      .default(0)
      .label('Conversations that one person gets by itself')
      .help('0: everybody takes their own'),
    requeueAfter: f
      .duration({ min: 1, max: 1440 })
      .default(10)
      .label('Minutes until what an absent person has goes to another'),
    resolveAfter: f
      .duration({ min: 0, max: 43_200 })
      .default(0)
      .label('Minutes until what we have answered is resolved by itself')
      .help('0: never'),
    identityVersion: f.int({ min: 1, max: 1000 }).default(1).label('Version of the identity secret'),
  },
  errors: {
    UNKNOWN_CONVERSATION: { status: 404, title: 'This conversation is not known' },
    NAME_REQUIRED: { status: 422, title: 'A name is needed' },
    EMAIL_REQUIRED: { status: 422, title: 'An e-mail address is needed' },
    IDENTITY_INVALID: { status: 403, title: 'The website has not vouched for this user' },
    NO_ADDRESS: { status: 422, title: 'There is no address to send it to' },
    NOT_RESOLVED: { status: 409, title: 'Only what is resolved can be rated' },
    ALREADY_ASSIGNED: { status: 409, title: 'Somebody else has taken it' },
    SNOOZE_PAST: { status: 422, title: 'Choose a time ahead' },
  },
  entities: { conversation, message, canned, agent, attendance, rating },
  events: { started: eventPayload, answered: eventPayload, resolved: eventPayload },
  actions: { ...visitorActions, ...deskActions },
  jobs: {
    tellDesk: { payload: { ...eventPayload, to: f.text({ max: 254, format: 'email' }) } },
    tellVisitor: jobPayload,
    mailTranscript: jobPayload,
    requeue: jobPayload,
  },
  widgets: {
    chat: {
      tag: 'inlay-chat',
      label: 'Chat',
      surfaces: ['site', 'page'],
      props: { open: f.bool().optional() },
      actions: ['hello', 'start', 'send', 'since', 'presence', 'rate', 'identify', 'transcript'],
      prefetch: 'hello',
      height: 560,
      mode: 'float',
      funnel: { steps: ['inlay:chat-opened'], completes: ['inlay:chat-started'] },
      events: ['inlay:chat-unread'],
    },
  },
  screens: { inbox: { label: 'Inbox', tag: 'inlay-chat-inbox' } },
});
