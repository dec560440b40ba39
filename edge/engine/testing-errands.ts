/** A module that hears its own events, runs jobs and asks for some, for the engine's own tests. */
import { entity, f, implement } from '../../schemas/module/index.ts';
import { testModule } from './testing-module.ts';

const errands = testModule({
  id: 'inlay.errands',
  description: 'Notes what it was told and when.',
  entities: {
    note: entity({
      label: 'Note',
      fields: { text: f.text(), source: f.text().optional() },
      access: { admin: { read: true } },
    }),
    ticket: entity({
      label: 'Ticket',
      fields: { state: f.enum(['open', 'closed']).default('open').readOnly(), title: f.text() },
      states: {
        field: 'state',
        initial: 'open',
        transitions: { expire: { from: ['open'], to: 'closed', roles: [] } },
      },
      access: { admin: { read: true, create: true, update: true } },
    }),
  },
  events: { told: { text: f.text() } },
  subscribes: { hear: 'errands.told', overhear: 'errands.told' },
  jobs: {
    tick: { everySeconds: 60 },
    nightly: { cron: '30 2 * * *' },
    remind: { payload: { text: f.text(), due: f.instant() } },
  },
  actions: {
    tell: {
      input: { text: f.text(), key: f.text().optional() },
      access: ['admin'],
      effect: 'write',
    },
    ask: {
      input: { text: f.text(), at: f.instant(), key: f.text().optional() },
      access: ['admin'],
      effect: 'write',
    },
    forget: { input: { key: f.text() }, access: ['admin'], effect: 'write' },
    open: {
      input: { title: f.text(), until: f.instant() },
      output: { id: f.ref('ticket') },
      access: ['admin'],
      effect: 'write',
      system: true,
    },
  },
});

export type Errand = 'hear' | 'overhear' | 'tick' | 'nightly' | 'remind';

/** `before` runs before a handler writes its note, `after` when the note is only to be committed; either may throw or wait. */
export interface Hooks {
  before?(errand: Errand, text: string): unknown;
  after?(errand: Errand, text: string): unknown;
}

export function errandsModule(hooks: Hooks = {}) {
  const code = implement(errands, {
    actions: {
      tell: ({ text, key }, ctx) => void ctx.emit('told', { text }, key ? { key } : {}),
      ask: ({ text, at, key }, ctx) => void ctx.schedule('remind', { text, due: at }, key ? { at, key } : { at }),
      forget: ({ key }, ctx) => void ctx.unschedule('remind', key),
      open({ title, until }, ctx) {
        const ticket = ctx.asSystem().ticket.create({ title });
        ctx.transitionAt('ticket', ticket, 'expire', until);
        return { id: ticket.id };
      },
    },
    subscribers: {
      async hear({ text }, ctx) {
        await hooks.before?.('hear', text);
        await ctx.mail({ to: { address: 'a@b.test' }, subject: text, text: '', html: '' });
        ctx.asSystem().note.create({ text, source: 'hear' });
        await hooks.after?.('hear', text);
      },
      async overhear({ text }, ctx) {
        await hooks.before?.('overhear', text);
        ctx.asSystem().note.create({ text, source: 'overhear' });
        await hooks.after?.('overhear', text);
      },
    },
    jobs: {
      async tick(ctx) {
        await hooks.before?.('tick', '');
        ctx.asSystem().note.create({ text: new Date(ctx.job.at).toISOString(), source: 'tick' });
        await hooks.after?.('tick', '');
      },
      async nightly(ctx) {
        await hooks.before?.('nightly', '');
        ctx.asSystem().note.create({ text: new Date(ctx.job.at).toISOString(), source: 'nightly' });
      },
      async remind(ctx, { text, due }) {
        await hooks.before?.('remind', text);
        await ctx.mail({ to: { address: 'a@b.test' }, subject: text, text: '', html: '' });
        ctx.asSystem().note.create({ text: `${text} ${new Date(due).toISOString()}`, source: 'remind' });
        await hooks.after?.('remind', text);
      },
    },
  });
  return { module: errands, code };
}
