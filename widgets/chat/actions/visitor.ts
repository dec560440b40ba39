/** What visitors do. */
import { f } from '../../../schemas/module/index.ts';
import { clientId, message, status, text, token } from './shapes.ts';

const anyone = ['admin', 'staff', 'public'] as const;
const ask = () => f.enum(['off', 'optional', 'required']);
const name = () => f.text({ max: 120 }).optional();
const email = () => f.text({ max: 254, format: 'email' }).optional();

export const visitorActions = {
  hello: {
    description: 'What the panel shows before anybody has written.',
    input: {},
    output: {
      business: f.object({ name: f.text() }),
      greeting: f.text().optional(),
      online: f.bool(),
      opensAt: f.instant().optional(),
      asks: f.object({ name: ask(), email: ask() }),
      replyMinutes: f.int().optional(),
    },
    access: anyone,
    effect: 'read',
    system: true,
  },
  start: {
    description: 'Begins a conversation with its first message.',
    input: {
      clientId: clientId(),
      text: text(),
      name: name(),
      email: email(),
      page: f.object({ url: f.text({ max: 2000 }), title: f.text({ max: 200 }).optional() }).optional(),
      locale: f.text({ max: 35 }).optional(),
      zone: f.zone().optional(),
    },
    output: {
      token: f.text(),
      conversation: f.object({ id: f.ref('conversation'), number: f.text(), status: status() }),
      message: f.object(message),
    },
    access: anyone,
    effect: 'write',
    system: true,
    limit: { perMinute: 10 },
    captcha: true,
  },
  send: {
    description: 'Adds a message; the same clientId again gives the message that is there.',
    input: { token: token(), clientId: clientId(), text: text() },
    output: { message: f.object(message), status: status() },
    access: anyone,
    effect: 'write',
    system: true,
    limit: { perMinute: 120 },
  },
  since: {
    description: 'The messages after `seq`, at most 100 of them, and how the conversation is.',
    input: { token: token(), seq: f.int({ min: 0 }) },
    output: {
      messages: f.list(f.object(message)),
      more: f.bool(),
      status: status(),
      agent: f.object({ name: f.text() }).optional(),
      seen: f.int(),
      typing: f.bool(),
      rating: f.int().optional(),
      canRate: f.bool(),
    },
    access: anyone,
    effect: 'read',
    system: true,
    limit: { perMinute: 600 },
  },
  presence: {
    description: 'Says how far the visitor has read, and whether they are typing.',
    input: { token: token(), seen: f.int({ min: 0 }), typing: f.bool() },
    output: {},
    access: anyone,
    effect: 'write',
    system: true,
    limit: { perMinute: 240 },
  },
  rate: {
    description: 'Rates how a conversation was resolved.',
    input: { token: token(), score: f.int({ min: 1, max: 5 }), comment: f.text({ max: 1000 }).optional() },
    output: {},
    access: anyone,
    effect: 'write',
    system: true,
    limit: { perMinute: 30 },
  },
  identify: {
    description: 'Takes a visitor for a user of the website that vouches for them; gives the token of their history.',
    input: {
      token: token().optional(),
      userId: f.text({ min: 1, max: 120 }),
      hash: f.text({ max: 64 }),
      name: name(),
      email: email(),
    },
    output: { token: f.text() },
    access: anyone,
    effect: 'write',
    system: true,
    limit: { perMinute: 60 },
  },
  transcript: {
    description: "Mails the conversation to the visitor's address.",
    input: { token: token() },
    output: {},
    access: anyone,
    effect: 'write',
    system: true,
    limit: { perMinute: 6 },
  },
} as const;
