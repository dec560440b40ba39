/** A module that uses every rule a record can have; the engine's tests of those rules run on it. */
import { entity, f, implement } from '../../schemas/module/index.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { testModule } from './testing-module.ts';

const bill = entity({
  label: 'Bill',
  fields: {
    customer: f.text({ max: 40 }).default('walk-in'),
    slip: f.sequence('S-{####}'),
    number: f.sequence('INV-{yyyy}-{mm}-{####}', { reset: 'monthly', gapless: true, on: 'finalise' }),
    state: f.enum(['draft', 'final', 'void']).default('draft').readOnly(),
    quantity: f.int({ min: 0 }).default(1),
    price: f.money(),
    total: f.money().computed('{"amount": record.quantity * record.price.amount, "currency": record.price.currency}'),
    large: f.bool().computed('record.total.amount > 10000'),
    note: f.text().optional(),
    iban: f.text().optional().encrypted(),
    source: f.text().optional().immutable(),
    owner: f.text().optional(),
    title: f.text({ max: 80 }).translated().optional(),
    at: f.geo().optional(),
    to: f.address().optional(),
    paper: f.file().optional(),
    due: f.instant().optional(),
  },
  states: {
    field: 'state',
    initial: 'draft',
    transitions: {
      finalise: {
        from: ['draft'],
        to: 'final',
        roles: ['admin', 'staff'],
        guard: 'record.total.amount > 0 && (actor.role == "admin" || record.total.amount <= settings.limit)',
        reason: 'The total is nothing, or above your limit.',
        effects: [{ emit: 'finalised', with: { bill: 'id', amount: 'total' } }],
      },
      void: { from: ['final'], to: 'void', roles: ['admin'], after: { field: 'due' } },
    },
  },
  lockWhen: { when: 'record.state != "draft"', except: ['note'] },
  access: {
    admin: { read: true, create: true, update: true, delete: true },
    staff: {
      read: true,
      create: { presets: { owner: { var: 'actor.id' } } },
      update: {
        where: { customer: { ne: 'house' } },
        presets: { owner: { var: 'actor.id' } },
        check: { quantity: { lte: 5 } },
      },
    },
  },
});
const ticket = entity({
  label: 'Ticket',
  fields: {
    desk: f.text(),
    number: f.sequence('{yy}-{###}', { scope: 'desk', reset: 'yearly' }),
    closed: f.bool().default(false),
    text: f.text().optional(),
  },
  lockWhen: { when: { closed: { eq: true } }, except: ['text'] },
  access: { admin: { read: true, create: true, update: true, delete: true } },
});

const module = testModule({
  id: 'inlay.ledgers',
  settings: { limit: f.int().default(500) },
  entities: { bill, ticket },
  events: { finalised: { bill: f.ref('bill'), number: f.text(), amount: f.money() } },
  actions: {
    close: {
      input: { bill: f.ref('bill'), quantity: f.int(), fail: f.bool().default(false) },
      output: { number: f.text().optional() },
      access: ['admin'],
      effect: 'write',
      system: true,
    },
  },
});
const code = implement(module, {
  actions: {
    close({ bill: id, quantity, fail }, ctx) {
      ctx.db.bill.update(id, { quantity });
      ctx.db.bill.transition(id, 'finalise');
      if (fail) ctx.db.ticket.expectNone({}, 'CONFLICT');
      return {};
    },
  },
});

export const startLedger = (zone?: string): TestEngine =>
  createTestEngine({ modules: [{ module, code }], now: '2026-01-05T09:00:00Z', zone });
